// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Testing

@Suite struct JSONReaderTests {
  static func accepts(_ text: String) -> Bool {
    do {
      _ = try JSONReader.read(text)
      return true
    } catch {
      return false
    }
  }

  @Test(
    "What JSON allows is read",
    arguments: [
      "0", "-0", "1.5e+3", "1E5", "\"\"", "\"\\u1EbF\\n\\/\"", "\"\\ud83d\\ude00\"", "[]", "{}",
      " [ 1 , 2 ]\r\n", "{\"a\":{\"b\":[null,true,false]}}",
    ])
  func allowed(text: String) { #expect(Self.accepts(text)) }

  @Test(
    "What JSON does not allow is refused",
    arguments: [
      "", " ", "01", "+1", ".5", "1.", "1e", "-", "NaN", "nul", "'a'", "\"", "\"\t\"", "\"\\x\"",
      "\"\\ud83d\"", "\"\\ude00\"", "\"\\u12\"", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}",
      "1 2", "[", "{\"a\":", "// a\n1", "\u{FEFF}1",
    ])
  func refused(text: String) { #expect(!Self.accepts(text)) }

  @Test("Escapes mean what they stand for")
  func escapes() throws {
    let node = try JSONReader.read("\"\\u0110\\t\\\"\\\\\\ud83d\\ude00\"")
    guard case .scalar(let text, .quoted) = node.content else {
      Issue.record("not a string")
      return
    }
    #expect(text == "Đ\t\"\\😀")
  }

  @Test("Damaged files are read where Foundation reads them, and no others", arguments: 1...40)
  func agreesWithFoundation(seed: UInt64) throws {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array("{}[]\",:0123456789.-+eE \\ntfu".utf8)
    for _ in 0..<50 {
      var bytes = Array(exampleJSON.utf8)
      for _ in 0...next(2) {
        let at = next(bytes.count)
        switch next(3) {
        case 0: bytes.remove(at: at)
        case 1: bytes[at] = alphabet[next(alphabet.count)]
        default: bytes.insert(alphabet[next(alphabet.count)], at: at)
        }
      }
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      // Foundation takes a comma after the last item, which RFC 8259 does not.
      guard !text.contains(/,\s*[\]}]/) else {
        #expect(!Self.accepts(text), "seed \(seed): \(text)")
        continue
      }
      let foundation =
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      #expect(Self.accepts(text) == foundation, "seed \(seed): \(text)")
    }
  }
}

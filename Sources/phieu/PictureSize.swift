// SPDX-License-Identifier: Apache-2.0
import Foundation
import Language

/// The size of a blank's picture, from the first bytes of its file.
///
/// - Parameters:
///   - path: A PNG.
///   - language: Of the words of an error.
/// - Returns: Width and height in pixels, as the file says; the picture is not decoded.
/// - Throws: ``CommandError`` where the file cannot be read or is no PNG.
func pictureSize(_ path: String, _ language: Language) throws -> (width: Int, height: Int) {
  let vietnamese = language == .vietnamese
  let head: Data
  do {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    head = try file.read(upToCount: 24) ?? Data()
  } catch {
    throw CommandError(.noInput, "\(path): \(error.localizedDescription)")
  }
  // PNG, third edition, 5.2 and 11.2.1: the signature, then IHDR with the size first.
  let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  guard head.count == 24, head.starts(with: signature),
    head[12..<16].elementsEqual("IHDR".utf8)
  else {
    throw CommandError(
      .nonsense, "\(path): " + (vietnamese ? "không phải ảnh PNG" : "not a PNG picture"))
  }
  func number(_ range: Range<Int>) -> Int { head[range].reduce(0) { $0 << 8 | Int($1) } }
  return (number(16..<20), number(20..<24))
}

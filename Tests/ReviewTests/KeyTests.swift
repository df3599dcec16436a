// SPDX-License-Identifier: Apache-2.0
import Review
import Testing

@Suite struct KeyTests {
  static let examples: [([UInt8], [Key])] = [
    (Array("1a ".utf8), [.character("1"), .character("a"), .character(" ")]),
    ([13], [.enter]), ([9], [.tab]), ([127], [.backspace]), ([3], [.control("c")]),
    ([21], [.control("u")]), ([27], [.escape]), ([27, 91, 67], [.right]),
    ([27, 79, 68], [.left]), ([27, 91, 49, 59, 53, 67], [.right]), ([27, 91, 51, 126], [.other]),
    (Array("ố".utf8), [.character("ố")]), ([0xFF], [.other]), ([0xC3], [.other]), ([0], [.other]),
  ]

  @Test("Bytes of the terminal are keys", arguments: examples)
  func parses(bytes: [UInt8], keys: [Key]) {
    var parser = KeyParser()
    #expect(parser.keys(bytes, isComplete: true) == keys)
    #expect(!parser.isWaiting)
  }

  @Test("A key that comes in pieces is one key")
  func joins() {
    var parser = KeyParser()
    #expect(parser.keys([27], isComplete: false).isEmpty)
    #expect(parser.isWaiting)
    #expect(parser.keys([91, 68, 49], isComplete: false) == [.left, .character("1")])
  }
}

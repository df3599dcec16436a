// SPDX-License-Identifier: Apache-2.0
import Scanner
import Testing

@Suite("Page sources")
struct PageSourceTests {
  @Test(
    "What is no picture fails as a file, without a page",
    arguments: [
      "phieu\n", "BM", "P7\n", "PK\u{3}\u{4}", "<html>", "II", "\u{0}", "GIF88a", "RIFF1234WAVE",
    ])
  func unknown(text: String) throws {
    let pages = try Made.pages(Array(text.utf8))
    #expect(pages.count == 1 && pages[0].page == nil)
    #expect(throws: ScanFailure.unknownFormat) { try pages[0].result.get() }
  }

  @Test("A format is told by its bytes, and a picture is page 1")
  func single() throws {
    let file = try ScannedFile(
      path: "wrong.tif", bytes: Made.png(Made.slope(), bits: 8, kind: 0))
    let source = PageSource(file)
    #expect(source.next()?.page == 1)
    #expect(source.next()?.page == nil)
    #expect(source.next()?.page == nil)
    #expect(try source.page(1).get().number == 1)
    #expect(throws: ScanFailure.noSuchPage(number: 2)) { try source.page(2).get() }
  }

  @Test("Workers side by side decode the same pages")
  func sideBySide() async throws {
    let seeds = try HostileFileTests.seeds()
    let alone = try seeds.map { try Made.pages($0.bytes).map { try $0.result.get().picture } }
    try await withThrowingTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          try seeds.map { try Made.pages($0.bytes).map { try $0.result.get().picture } }
        }
      }
      for try await pictures in group { #expect(pictures == alone) }
    }
  }

  @Test("Headers alone fail, whatever the format")
  func headers() throws {
    let starts: [[UInt8]] = [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0],
      Array("II*\0".utf8), Array("MM\0*".utf8), Array("%PDF-1.7\n".utf8), Array("GIF89a".utf8),
      Array("P5 ".utf8), Array("RIFF\0\0\0\0WEBPVP8 ".utf8), [0xFF, 0x4F, 0xFF, 0x51],
    ]
    for start in starts { #expect(isBroken(try Made.failure(start)), "\(start)") }
  }
}

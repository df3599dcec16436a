// SPDX-License-Identifier: Apache-2.0
import Ballot
import Imaging
import Reader
import Scanner
import Testing

/// A file of so many pages that takes its time.
private struct PaintedFile: PageStream {
  var pages: Int
  var damaged: Int?
  var number = 0

  mutating func next() -> DecodedPage? {
    guard number < pages else { return nil }
    number += 1
    if number == damaged { return .failed(page: number, .truncated(format: "TIFF")) }
    return .page(
      ScannedPage(number: number, picture: GrayPicture(width: number, height: 1)))
  }
}

/// Rejects every page, the longer the wider it is, so that later ones overtake.
private final class SlowReader: PageReadingContext {
  func read(_ page: ScannedPage, from path: String) -> PageOutcome {
    var sum = 0
    for step in 0..<((page.number % 3) * 200_000) { sum &+= step ^ sum }
    return .rejected(.notAPageOf(forms: [], agreeing: page.picture.width, places: sum & 0))
  }
}

@Suite struct BatchReaderTests {
  struct Stop: Error {}

  private static func lines(
    _ files: [String: PaintedFile], paths: [String], workers: Int, skipped: Set<Int> = []
  ) async throws -> [String] {
    let batch = BatchReader<String>(
      workers: workers,
      open: { OpenedFile(context: $0, pages: files[$0], skipped: skipped) },
      makeReader: { SlowReader() })
    return try await batch.read(paths, into: [String]()) { lines, file, event in
      let line =
        switch event {
        case .began(let path): "\(file) \(path)"
        case .page(let number, .rejected): "\(file) page \(number ?? 0)"
        case .page(let number, .failed): "\(file) page \(number ?? 0) failed"
        case .page: "?"
        case .ended: "\(file) end"
        }
      lines.append(line)
    }
  }

  @Test("Outcomes come in the order of the input, whoever is faster", arguments: [1, 2, 3, 8])
  func keepsOrder(workers: Int) async throws {
    var files: [String: PaintedFile] = [:]
    var expected: [String] = []
    for file in 0..<40 {
      let pages = (file * 7) % 5 + (file == 3 ? 60 : 0)
      files["f\(file)"] = PaintedFile(pages: pages)
      expected.append("\(file) f\(file)")
      for page in 0..<pages { expected.append("\(file) page \(page + 1)") }
      expected.append("\(file) end")
    }
    let paths = (0..<40).map { "f\($0)" }
    #expect(try await Self.lines(files, paths: paths, workers: workers) == expected)
  }

  @Test("A page that cannot be decoded stops neither its file nor the others")
  func goesOnAfterFailures() async throws {
    let files = ["a": PaintedFile(pages: 3, damaged: 2), "b": PaintedFile(pages: 1)]
    let lines = try await Self.lines(files, paths: ["a", "b"], workers: 2)
    #expect(
      lines == [
        "0 a", "0 page 1", "0 page 2 failed", "0 page 3", "0 end", "1 b", "1 page 1", "1 end",
      ])
  }

  @Test("Pages that are there already are left out")
  func skips() async throws {
    let lines = try await Self.lines(
      ["a": PaintedFile(pages: 3)], paths: ["a"], workers: 2, skipped: [1, 3])
    #expect(lines == ["0 a", "0 page 2", "0 end"])
  }

  @Test("An empty batch ends at once")
  func empty() async throws {
    #expect(try await Self.lines([:], paths: [], workers: 4).isEmpty)
  }

  @Test("An error of whoever is told ends the batch, for all workers")
  func stops() async throws {
    let batch = BatchReader<Int>(
      workers: 4, open: { _ in OpenedFile(context: 0, pages: PaintedFile(pages: 5)) },
      makeReader: { SlowReader() })
    await #expect(throws: Stop.self) {
      _ = try await batch.read((0..<200).map { "\($0)" }, into: 0) { told, file, _ in
        told += 1
        if file == 3 { throw Stop() }
      }
    }
  }
}

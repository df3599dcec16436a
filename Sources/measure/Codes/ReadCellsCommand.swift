// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Codes
import Foundation
import Imaging

/// `measure read-cells`: what both readers say of painted cells, for fitting the accept score.
struct ReadCellsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-cells",
    abstract: "Read painted cells with both digit readers, for tools/train-digits.py.")

  @Option(help: "Write a table here: a row a cell.")
  var out: String

  @OptionGroup var work: WorkerOptions

  @Argument(help: "A file of `measure paint-cells`.")
  var cells: String

  func run() async throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: cells)))
    let count = bytes.count / CellRecord.size
    let chunks = stride(from: 0, to: count, by: 800).map { $0..<min(count, $0 + 800) }
    let parts = try await inParallel(chunks, workers: work.workers) { chunk in
      Self.rows(bytes, chunk)
    }
    let head = "label\tstate\twear\tkind\tsymbol\tsymbolConfidence\tbest\tfirst\tsecond\tjunk\n"
    try (head + parts.joined()).write(toFile: out, atomically: true, encoding: .utf8)
  }

  private static func rows(_ bytes: [UInt8], _ chunk: Range<Int>) -> String {
    let records: [ArraySlice<UInt8>] = chunk.map {
      bytes[$0 * CellRecord.size..<($0 + 1) * CellRecord.size]
    }
    let pictures = records.compactMap { CellRecord.pictures($0) }
    var seen = CodeReader().evidence(pictures: pictures)[...]
    var text = ""
    for record in records {
      let head = Array(record.prefix(8))
      text += "\(head[0])\t\(head[1])\t\(head[2])\t\(head[4])\t"
      if head[1] != 0, let cell = seen.popFirst(), let best = cell.best {
        var rest = cell.digits
        let first = rest.remove(at: best)
        text += "\(cell.symbol ?? "-")\t\(cell.symbolConfidence)\t\(best)\t"
        text += "\(first)\t\(rest.max() ?? 0)\t\(cell.junk)\n"
      } else {
        text += "-\t0\t-\t0\t0\t0\n"
      }
    }
    return text
  }
}

extension CellRecord {
  /// A record's pictures for both readers; `nil` where it is empty.
  static func pictures(_ record: ArraySlice<UInt8>) -> (network: [UInt8], line: GrayPicture)? {
    let bytes = Array(record)
    let width = Int(bytes[3])
    guard bytes[1] != 0, width > 0 else { return nil }
    var line: [UInt8] = []
    for y in 0..<CellPictures.lineHeight {
      let at = 792 + y * CellPictures.digitWidth
      line += bytes[at..<at + width]
    }
    return (
      Array(bytes[8..<792]),
      GrayPicture(width: width, height: CellPictures.lineHeight, pixels: line)
    )
  }
}

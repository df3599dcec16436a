// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codes
import Foundation
import Geometry
import Imaging
import Simulator

/// `measure paint-cells`: cells for training the digit readers, painted and then isolated by the
/// product's own isolation.
struct PaintCellsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paint-cells",
    abstract: "Paint comb cells and isolate them, for tools/train-digits.py.")

  @Option(help: "Written digits, as tools/train-digits.py packs them.")
  var digits: String

  @Option(help: "How many cells at least.")
  var count: Int

  @Option(help: "The same seed paints the same cells.")
  var seed: UInt64 = 1

  @Option(help: "How many of 10 strips are clean, office and hard: \"3,4,3\".")
  var levels = "3,4,3"

  @Option(help: "How many to paint at a time.")
  var workers = 2

  @Option(help: "Write the records (docs/codes.md) here.")
  var out: String

  func validate() throws {
    guard (1...5_000_000).contains(count) else { throw ValidationError("--count: 1 to 5000000") }
  }

  func run() async throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: digits)))
    let painter = StripPainter(try WrittenDigits(bytes))
    let shares = levels.split(separator: ",").compactMap { Int($0) }
    guard shares.count == 3, shares.allSatisfy({ $0 >= 0 }), shares.contains(where: { $0 > 0 })
    else { throw ValidationError("--levels: three numbers") }
    let order = zip(StripWear.allCases, shares).flatMap { Array(repeating: $0, count: $1) }
    try Data().write(to: URL(fileURLWithPath: out))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    defer { try? file.close() }
    var written = 0
    var next: UInt64 = 0
    while written < count {
      let chunks = (0..<UInt64(64)).map { next + $0 }
      next += 64
      let base = seed
      let parts = try await inParallel(chunks, workers: workers) { number in
        let wear = order[Int(number % UInt64(order.count))]
        return Self.records(
          painter.paint(wear, seed: base &* 0x9E37_79B9_7F4A_7C15 &+ number), wear)
      }
      for part in parts {
        written += part.count / CellRecord.size
        try file.write(contentsOf: part)
      }
    }
    FileHandle.standardError.write(Data("\(out): \(written) cells\n".utf8))
  }

  private static func records(_ strip: CellStrip, _ wear: StripWear) -> Data {
    var data = Data()
    for (cell, truth) in zip(strip.isolated(), strip.truth) {
      data.append(contentsOf: CellRecord(cell, truth: truth, wear: wear).bytes)
    }
    return data
  }
}

extension CellStrip {
  /// Its cells as the product isolates them; none where the strip is no field.
  func isolated() -> [IsolatedCell] {
    let blank = GrayPicture(width: blankWidth, height: blankHeight, pixels: blank)
    let page = GrayPicture(width: pageWidth, height: pageHeight, pixels: page)
    let boxes = cells.map { BlankBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }
    guard
      let field = PreparedField(
        question: "strip", cells: boxes, blank: blank, pixelsPerMM: CellStrip.blankPerMM)
    else { return [] }
    return CellIsolation.isolate(
      page,
      map: {
        PagePoint(
          x: map[0] * $0.x + map[1] * $0.y + map[2], y: map[3] * $0.x + map[4] * $0.y + map[5])
      }, field: field)
  }
}

/// One painted and isolated cell in the training's files: label (0–9, 10 junk, 11 empty), state
/// (0 empty, 1 ink, 2 ink cut from a neighbour's), wear (0–2), width of the line's digit, kind,
/// strength, two bytes zero; the network's 28 × 28 bytes; the line's 36 rows of 34 bytes.
struct CellRecord {
  static let size = 8 + 784 + 36 * 34
  /// The kinds of content, in the order of their numbers.
  static let kinds = [
    "empty", "picture", "lines", "struckOut", "crossedOut", "overwritten", "scribble", "zigzag",
    "blackened", "twoDigits", "letter", "dash", "wave",
  ]
  var bytes = [UInt8](repeating: 0, count: CellRecord.size)

  init(_ cell: IsolatedCell, truth: CellTruth, wear: StripWear) {
    bytes[0] = UInt8(truth.label)
    bytes[2] = UInt8(StripWear.allCases.firstIndex(of: wear) ?? 0)
    bytes[4] = UInt8(Self.kinds.firstIndex(of: truth.kind) ?? 255)
    bytes[5] = UInt8(min(255, cell.strength))
    guard let ink = cell.ink else { return }
    bytes[1] = cell.isCut ? 2 : 1
    bytes.replaceSubrange(8..<792, with: CellPictures.forNetwork(ink))
    let line = CellPictures.forLine(ink)
    bytes[3] = UInt8(line.width)
    for y in 0..<line.height {
      for x in 0..<line.width { bytes[792 + y * 34 + x] = line[x, y] }
    }
  }
}

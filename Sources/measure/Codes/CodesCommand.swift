// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Codes
import Foundation
import Simulator

/// `measure codes`: written digits and whole codes, painted, isolated, read and decided as the
/// product does it.
struct CodesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "Paint comb cells of written digits, read them, print how many are accepted.")

  @Option(help: "Written digits, as tools/pack-digits.py packs them.")
  var digits = "out/digits/validation.digits"

  @Option(help: "How many cells of offices at least; a third as many clean and hard ones.")
  var count = 28_000

  @Option(help: "How many codes of each sort at each level.")
  var codes = 3_000

  @Option(help: "The same seed paints the same cells; 1 and 2 paint those that train.")
  var seed: UInt64 = 5

  @Option(help: "Write pictures of strips with misread cells here.")
  var crops: String?

  @OptionGroup var work: WorkerOptions
  @OptionGroup var output: TableOptions

  func validate() throws {
    guard (1...1_000_000).contains(count) else { throw ValidationError("--count: 1 to 1000000") }
    guard (1...1_000_000).contains(codes) else { throw ValidationError("--codes: 1 to 1000000") }
  }

  func run() async throws {
    let painter = StripPainter(
      try WrittenDigits([UInt8](try Data(contentsOf: URL(fileURLWithPath: digits)))))
    var table = CodesTable()
    for (number, wear) in StripWear.allCases.enumerated() {
      let cells = try await read(
        painter, wear, count: wear == .office ? count : count / 3,
        seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number) << 40)
      table.add(wear, cells)
      var drawing = CodeDrawing(cells, seed: seed &+ UInt64(number))
      for sort in CodeSort.allCases {
        table.add(wear, sort, (0..<codes).map { _ in drawing.code(sort) })
      }
    }
    try output.give(table.markdown(), heading: CodesTable.heading)
  }

  /// At least `count` cells of strips, each strip read as the one code of a page.
  private func read(
    _ painter: StripPainter, _ wear: StripWear, count: Int, seed: UInt64
  ) async throws -> [ReadCell] {
    var cells: [ReadCell] = []
    var next: UInt64 = 0
    let (crops, chunk) = (crops, chunk)
    while cells.count < count {
      let chunks = (0..<UInt64(work.workers)).map { next + $0 * chunk }
      next += UInt64(work.workers) * chunk
      cells += try await inParallel(chunks, workers: work.workers) { first in
        let reader = CodeReader()
        return try (first..<first + chunk).flatMap { number in
          let strip = painter.paint(wear, seed: seed &+ number)
          let cells = ReadCell.read(strip, by: reader)
          if let crops, cells.contains(where: \.isMisread) {
            try Self.write(strip, cells, to: "\(crops)/\(wear.rawValue)-\(number)")
          }
          return cells
        }
      }.joined()
    }
    return cells
  }

  /// A strip as it was scanned, named by what was written and read: `_` is an empty cell, `?` one
  /// that was asked or is no digit.
  private static func write(_ strip: CellStrip, _ cells: [ReadCell], to path: String) throws {
    let written = cells.map { $0.isDigit ? "\($0.truth.label)" : $0.isEmpty ? "_" : "?" }.joined()
    let read = cells.map { cell in
      if case .accepted(let text, _) = cell.answer { text.isEmpty ? "_" : text } else { "?" }
    }.joined()
    let head = "P5 \(strip.pageWidth) \(strip.pageHeight) 255\n"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try (Data(head.utf8) + Data(strip.page))
      .write(to: URL(fileURLWithPath: "\(path)-\(written)-\(read).pgm"))
  }

  /// Strips that one engine reads, one after the other: few where few cells are wanted.
  private var chunk: UInt64 { UInt64(max(8, min(200, count / 20))) }
}

/// A painted cell, what was seen of it and what the rules say of it alone.
struct ReadCell: Sendable {
  let truth: CellTruth
  let seen: CellEvidence
  let answer: CellAnswer

  var isDigit: Bool { truth.label < CellTruth.junk }
  var isEmpty: Bool { truth.label == CellTruth.empty }

  /// Whether a digit was accepted as nothing.
  var isLost: Bool {
    if isDigit, case .accepted("", _) = answer { true } else { false }
  }

  /// Whether something else than what was written was accepted.
  var isMisread: Bool {
    isLost || accepted.map { !isDigit || $0 != String(truth.label) } ?? false
  }

  /// The accepted digit; `nil` where a person is asked, or the cell was accepted as empty.
  var accepted: String? {
    if case .accepted(let digit, _) = answer, !digit.isEmpty { digit } else { nil }
  }

  static func read(_ strip: CellStrip, by reader: CodeReader) -> [ReadCell] {
    let seen = reader.evidence(strip.isolated())
    guard seen.count == strip.truth.count else { return [] }
    let answer = CodeDrawing.decide(seen, rule: nil)
    return zip(strip.truth, zip(seen, answer.cells)).map {
      ReadCell(truth: $0, seen: $1.0, answer: $1.1)
    }
  }
}

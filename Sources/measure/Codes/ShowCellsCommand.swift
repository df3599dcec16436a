// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Codes
import Form
import Foundation
import Imaging
import OMR
import Scanner

/// `measure show-cells`: the isolated cells of a set's codes on one picture, to be looked at.
///
/// For people alone: nothing is trained on the sheets that measure.
struct ShowCellsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show-cells",
    abstract: "Draw the isolated cells of a set's codes, a row a page, and tell what is not right.")

  @Option(help: "Write a picture (PGM) here.")
  var out: String

  @Option(help: "Only files whose name has this in it.")
  var only: String = ""

  @Argument(help: "A folder of sheets with truth.")
  var folder: String

  private static let tile = 40

  func run() async throws {
    let sheets = try SheetFolder(folder)
    let truth = try Truth(folder: sheets.url)
    let codes = sheets.pages.map { PreparedCodes($0.page, blank: $0.blank) }
    let registrar = Registrar()
    let reader = CodeReader()
    var rows: [[GrayPicture]] = []
    for sheet in truth.sheets where only.isEmpty || sheet.file.contains(only) {
      guard let file = try? ScannedFile(path: sheets.path(sheet.file)),
        case .success(let page) = PageSource(file).page(sheet.page ?? 1),
        case .success(let placed) = registrar.register(page.picture, on: sheets.blanks)
      else { continue }
      var row: [GrayPicture] = []
      for field in codes[placed.blank].fields {
        row += CellIsolation.isolate(
          page.picture, map: { placed.fit.pagePoint($0) }, field: field
        ).map { Self.tile($0) }
      }
      rows.append(row)
      say("\(rows.count): \(sheet.file)#\(sheet.page ?? 1)")
      let written = reader.read(page.picture, map: placed.fit, on: codes[placed.blank])
      Self.tell(sheet, written, sheets.pages[placed.blank].page)
    }
    try Self.pgm(rows).write(to: URL(fileURLWithPath: out))
  }

  /// Tells of each cell that was accepted and is wrong, or that asks and holds a digit or nothing.
  private static func tell(
    _ sheet: Truth.Sheet, _ written: [String: [CellEvidence]], _ page: FormPage
  ) {
    var evidence = PageEvidence(
      noise: 0, printResidual: 0, pixelsPerMM: 1,
      questions: page.questions.map { QuestionEvidence(question: $0.id, targets: []) })
    evidence.note(written)
    for answer in Rules().decide(evidence, questions: page.questions) {
      let wanted = sheet.answers?[answer.question] ?? []
      let seen = written[answer.question] ?? []
      for (index, cell) in answer.cells.enumerated() where index < wanted.count {
        let one = seen[index]
        let facts =
          "\(answer.question)/\(index): \(wanted[index].isEmpty ? "nothing" : wanted[index]), "
          + "\(one.symbol ?? "-") \(one.symbolConfidence), \(one.best.map { String($0) } ?? "-") "
          + "\(one.digits.max() ?? 0), junk \(one.junk), ink \(one.inkMM2), "
          + "dirt \(one.dirtMM2), strength \(one.strength)\(one.isCut ? ", cut" : "")"
        switch cell {
        case .accepted(let value, _) where value != wanted[index]: say("  WRONG \(value) \(facts)")
        case .review where wanted[index] != "?": say("  asks \(facts)")
        default: break
        }
      }
    }
  }

  private static func tile(_ cell: IsolatedCell) -> GrayPicture {
    var result = GrayPicture(width: tile, height: tile, filledWith: cell.isCut ? 220 : 255)
    guard let ink = cell.ink else { return result }
    let digit = CellPictures.forNetwork(ink)
    for y in 0..<CellPictures.side {
      for x in 0..<CellPictures.side {
        let level = 255 - digit[y * CellPictures.side + x]
        result[x + 6, y + 6] = min(result[x + 6, y + 6], level)
      }
    }
    return result
  }

  private static func pgm(_ rows: [[GrayPicture]]) -> Data {
    let columns = rows.map(\.count).max() ?? 0
    let (width, height) = (columns * tile, rows.count * tile)
    var pixels = [UInt8](repeating: 255, count: width * height)
    for (y, row) in rows.enumerated() {
      for (x, cell) in row.enumerated() {
        for line in 0..<tile {
          for at in 0..<tile {
            pixels[(y * tile + line) * width + x * tile + at] =
              at == 0 || line == 0 ? 200 : cell[at, line]
          }
        }
      }
    }
    return Data("P5 \(width) \(height) 255\n".utf8) + Data(pixels)
  }
}

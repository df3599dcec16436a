// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codes
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
    abstract: "Draw the isolated cells of a set's codes, a row a code, for people to look at.")

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
    var rows: [[GrayPicture]] = []
    for sheet in truth.sheets where only.isEmpty || sheet.file.contains(only) {
      guard let file = try? ScannedFile(path: sheets.path(sheet.file)),
        case .success(let page) = PageSource(file).page(sheet.page ?? 1),
        case .success(let placed) = registrar.register(page.picture, on: sheets.blanks)
      else { continue }
      var row: [GrayPicture] = []
      var words: [String] = []
      for field in codes[placed.blank].fields {
        let cells = CellIsolation.isolate(
          page.picture, map: { placed.fit.pagePoint($0) }, field: field)
        let wanted = sheet.answers?[field.question] ?? []
        row += cells.map { Self.tile($0) }
        words.append(wanted.map { $0.isEmpty ? "_" : $0 }.joined())
      }
      rows.append(row)
      FileHandle.standardError.write(
        Data(
          "\(rows.count): \(sheet.file)#\(sheet.page ?? 1) \(words.joined(separator: " "))\n".utf8))
    }
    try Self.pgm(rows).write(to: URL(fileURLWithPath: out))
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

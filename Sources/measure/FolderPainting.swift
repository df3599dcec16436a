// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Print
import Simulator

/// Paints a folder of filled, worn sheets of a form, with their truth and the form's coordinates
/// and blanks beside them (contract §1).
struct FolderPainting: Sendable {
  var painter: SheetPainter
  /// How many sheets; a sheet has all the form's pages.
  var sheets: Int
  /// Sheets take turns.
  var levels: [Level]
  var use: SheetUse
  var seed: UInt64
  var workers: Int
  /// The folder to write.
  var out: String
  /// Whether the questions are given the drilled kinds in turn.
  var drills = false

  /// Paints the sheets and writes them, `truth.json` and `places.json`.
  func paint() async throws {
    try FileManager.default.createDirectory(
      atPath: out + "/scans", withIntermediateDirectories: true)
    let done = try await paintAll().sorted { $0.truth.file < $1.truth.file }
    try SheetTruth.file(
      form: painter.form.name,
      origin: "painted by measure, seed \(seed), for \(use.rawValue)",
      sheets: done.map(\.truth)
    ).write(to: URL(filePath: out + "/truth.json"))
    let places = Dictionary(
      done.map { ($0.truth.file + "#1", $0.places) }, uniquingKeysWith: { a, _ in a })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(places).write(to: URL(filePath: out + "/places.json"))
  }

  /// The painter of a form's folder; its coordinates and blanks are written where the sheets
  /// will lie.
  static func painter(of form: String, to out: String) throws -> SheetPainter {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let files = FileManager.default
    guard files.fileExists(atPath: form + "/form.json") else {
      let own = try OwnForm(folder: form, look: nil, fonts: PrintFonts())
      try own.writeBlanks(to: out)
      return own.painter
    }
    let source = try Data(contentsOf: URL(filePath: form + "/form.json"))
    let painter = try SheetPainter(form: ContractForm.decode(source), folder: form)
    guard URL(filePath: form).standardizedFileURL != URL(filePath: out).standardizedFileURL else {
      return painter
    }
    for name in ["form.json"] + painter.form.pages.map(\.blank.file) {
      let (from, to) = (form + "/" + name, out + "/" + name)
      if files.fileExists(atPath: to) { try files.removeItem(atPath: to) }
      try files.copyItem(atPath: from, toPath: to)
    }
    return painter
  }

  /// A page without its picture, which is written already.
  private struct Done: Sendable {
    var truth: SheetTruth
    var places: [String: [Double]]
  }

  private func paintAll() async throws -> [Done] {
    let pages = painter.form.pages.count
    let jobs = sheets * pages
    return try await withThrowingTaskGroup(of: Done.self) { group in
      var next = 0
      var done: [Done] = []
      func start() {
        guard next < jobs else { return }
        let job = next
        next += 1
        group.addTask { try paint(sheet: job / pages, page: job % pages) }
      }
      for _ in 0..<workers { start() }
      while let one = try await group.next() {
        done.append(one)
        start()
      }
      return done
    }
  }

  private func paint(sheet: Int, page: Int) throws -> Done {
    let level = levels[sheet % levels.count]
    var name = String(sheet + 1)
    name = level.rawValue + "-" + String(repeating: "0", count: max(0, 4 - name.count)) + name
    if painter.form.pages.count > 1 { name += "-\(page + 1)" }
    var order = SheetOrder(seed: ownSeed(painter.form.name, sheet * 64 + page))
    order.drillFrom = drills ? drilledBefore(sheet: sheet, page: page) : nil
    let painted = try painter.paint(
      page: page, level: level, use: use, order: order, file: "scans/" + name)
    try PictureFile.write(painted.picture, to: out + "/" + painted.truth.file)
    return Done(truth: painted.truth, places: painted.places)
  }

  /// How many drilled questions there are before this page: each sheet goes on where the one
  /// before it ended.
  private func drilledBefore(sheet: Int, page: Int) -> Int {
    let counts = painter.form.pages.map { $0.questions.count(where: DrilledKind.drills) }
    return sheet * counts.reduce(0, +) + counts.prefix(page).reduce(0, +)
  }

  /// Far apart for sheets that are near, and others for another form: painted in any order,
  /// always the same, and never the same hand twice (FNV-1a over the form's name).
  private func ownSeed(_ form: String, _ number: Int) -> UInt64 {
    let name = form.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return (seed &* 0x9E37_79B9_7F4A_7C15) ^ name ^ (UInt64(number) &* 0xBF58_476D_1CE4_E5B9)
  }
}

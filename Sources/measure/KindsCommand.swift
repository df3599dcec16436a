// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Simulator

/// `measure kinds`: the twelve drilled kinds, each as often as any other, on a printed sheet of
/// our own and on a bubble sheet.
struct KindsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds",
    abstract: "Paint each of twelve kinds of marks a hundred times, read them, print the table.")

  @Option(help: "A form's folder, with coordinates or written; may be given several times.")
  var form = ["templates/one-stop-9", "../shared/sheets/real/openmcr-75"]

  @Option(help: "How many of each kind at least.")
  var count = 100

  @Option(help: "The same seed paints the same sheets.")
  var seed: UInt64 = 21

  @Option(help: "clean, office, hard or photo.")
  var level = Level.office

  @OptionGroup var work: WorkerOptions
  @OptionGroup var painted: PaintedOptions
  @OptionGroup var output: TableOptions
  @OptionGroup var cases: CaseOptions

  func validate() throws {
    guard (1...10_000).contains(count) else { throw ValidationError("--count: 1 to 10000") }
  }

  func run() async throws {
    PictureFile.keepFreedMemory()
    try await painted.withFolder(measure)
  }

  private func measure(in folder: String) async throws {
    var table = KindsTable(level: level)
    var report = cases.report
    for form in form {
      guard FileManager.default.fileExists(atPath: form) else {
        table.note("No form at \(form): its columns are missing.")
        say("no form at \(form): its columns are missing")
        continue
      }
      let name = (form as NSString).lastPathComponent
      try await measure(form, in: folder + "/" + name, &table, &report)
    }
    try output.give(table.markdown(), heading: KindsTable.heading)
  }

  private func measure(
    _ form: String, in folder: String, _ table: inout KindsTable, _ report: inout FindingsReport
  ) async throws {
    let painter = try FolderPainting.painter(of: form, to: folder)
    let drilled = painter.form.questions.count(where: DrilledKind.drills)
    guard drilled > 0 else {
      table.note("\(form) has no question of one answer: nothing is drilled on it.")
      return
    }
    let wanted = count * DrilledKind.allCases.count
    var painting = FolderPainting(
      painter: painter, sheets: (wanted + drilled - 1) / drilled, levels: [level], use: .measuring,
      seed: seed, workers: work.workers, out: folder)
    painting.drills = true
    try await painting.paint()
    let sheets = try SheetFolder(folder)
    let pages = try await SetReading.read(
      Truth(folder: sheets.url), of: sheets, workers: work.workers)
    var all = Score()
    for page in pages {
      for (question, name) in page.sheet.drilled ?? [:] {
        guard let kind = DrilledKind(rawValue: name) else { continue }
        var score = Score()
        var sheet = page.sheet
        sheet.answers = page.sheet.answers?.filter { $0.key == question }
        sheet.ask = page.sheet.ask?.filter { $0.key == question }
        score.add(
          sheet, form: sheets.form.name, codes: [], reading: page.reading, reason: page.reason)
        table.add(kind, on: sheets.form.name, score.total, isRead: page.reading != nil)
      }
      all.add(
        page.sheet, form: sheets.form.name, codes: [], reading: page.reading, reason: page.reason)
    }
    try report.add(sheets.form.name, score: all, pages: pages, path: sheets.path)
    cases.list(sheets.form.name, of: report)
  }
}

/// The table of the twelve kinds, a row a kind, three columns a form.
struct KindsTable {
  static let heading = """
    # Twelve kinds of marks

    Written by `make accuracy` (`measure kinds`); never by hand. Each kind is painted as often as \
    any other, in turn over the questions of one answer ([the simulator](simulator.md)), on a \
    printed sheet of ours and on a bubble sheet of others; the reader trained on neither. \
    *Silent* is an accepted answer that is not what the sheet says; *review* is what a person is \
    asked beyond what a careful person would ask (two crosses are to be asked; on our boxes, so \
    are a blackened box alone and marks beside or round a box, which the sheet says not to make).


    """

  /// What became of a kind on a form.
  private struct Cell {
    var counts = Score.Counts()
    var unread = 0
  }

  let level: Level
  private var forms: [String] = []
  private var cells: [String: [DrilledKind: Cell]] = [:]
  private var notes: [String] = []

  init(level: Level) { self.level = level }

  mutating func add(_ kind: DrilledKind, on form: String, _ counts: Score.Counts, isRead: Bool) {
    if !forms.contains(form) { forms.append(form) }
    var cell = cells[form, default: [:]][kind] ?? Cell()
    cell.counts = cell.counts + counts
    if !isRead { cell.unread += 1 }
    cells[form, default: [:]][kind] = cell
  }

  mutating func note(_ text: String) { notes.append(text) }

  func markdown() -> String {
    let head =
      ["kind"] + forms.flatMap { ["\($0): read", "silent", "review", "rightly asked"] }
    var rows = DrilledKind.allCases.map { kind in
      [kind.rawValue] + forms.flatMap { Self.columns(cells[$0]?[kind] ?? Cell()) }
    }
    rows.append(
      ["**all**"]
        + forms.flatMap { form in
          let sum = DrilledKind.allCases.compactMap { cells[form]?[$0] }.reduce(into: Cell()) {
            $0.counts = $0.counts + $1.counts
            $0.unread += $1.unread
          }
          let share = 100 * Double(sum.counts.review) / Double(max(1, sum.counts.questions))
          var columns = Self.columns(sum)
          columns[2] += String(format: " (%.1f %%)", share)
          return columns.map { "**\($0)**" }
        })
    return "Level: \(level.rawValue).\n\n" + markdownTable(head, rows) + "\n"
      + notes.map { "\n- \($0)\n" }.joined()
  }

  private static func columns(_ cell: Cell) -> [String] {
    let counts = cell.counts
    let read = "\(counts.questions)" + (cell.unread > 0 ? " (\(cell.unread) not)" : "")
    return [read, "\(counts.silent)", "\(counts.review)", "\(counts.asked)"]
  }
}

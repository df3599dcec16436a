// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import Print
import Reader
import Simulator

/// `measure own`: whole ballots of the project's own forms, painted, read and joined.
struct OwnCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "own",
    abstract: "Paint ballots of our own forms, read them and print the table of accuracy.")

  /// A form's folder, and the look after a colon.
  struct FormChoice: ExpressibleByArgument, Sendable {
    var folder: String
    var look: FormLook?

    init?(argument: String) {
      let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
      guard let first = parts.first else { return nil }
      folder = first
      if parts.count > 1 {
        guard let named = FormLook(rawValue: parts[1]) else { return nil }
        look = named
      }
    }

    static let shipped = [
      "templates/sipas-2024:boxes", "templates/sipas-2024:digits", "templates/one-stop-9",
      "templates/five-factors-25",
    ].compactMap { FormChoice(argument: $0) }
  }

  @Option(help: "A form's folder, FOLDER or FOLDER:LOOK; may be given several times.")
  var form: [FormChoice] = FormChoice.shipped

  @Option(help: "How many pages at least, LEVEL=COUNT; may be given several times.")
  var pages = ["clean=400", "office=400", "hard=100", "photo=100"]

  @Option(help: "Written digits as tools/pack-digits.py packs them; codes stay empty without.")
  var digits = "out/digits/validation.digits"

  @Flag(help: "Only digits that were written on a tablet, as lines.")
  var strokes = false

  @Flag(help: "Paint and keep, but do not read.")
  var paintOnly = false

  @Option(help: "The same seed paints the same ballots.")
  var seed: UInt64 = 12

  @OptionGroup var work: WorkerOptions
  @OptionGroup var painted: PaintedOptions
  @OptionGroup var output: TableOptions
  @OptionGroup var cases: CaseOptions

  @Option(help: "Keep the readings here, to be decided again by measure decide.")
  var readings: String?

  func validate() throws {
    if paintOnly, painted.keep == nil { throw ValidationError("--paint-only: say where to --keep") }
    _ = try wanted()
  }

  /// The levels and how many pages of each.
  private func wanted() throws -> [(level: Level, count: Int)] {
    try pages.map { text in
      let parts = text.split(separator: "=").map(String.init)
      guard parts.count == 2, let level = Level(rawValue: parts[0]), let count = Int(parts[1]),
        (1...100_000).contains(count)
      else { throw ValidationError("--pages: as office=400, not \(text)") }
      return (level, count)
    }
  }

  func run() async throws {
    PictureFile.keepFreedMemory()
    try await painted.withFolder(measure)
  }

  private func measure(in folder: String) async throws {
    let fonts = try PrintFonts()
    let forms = try form.map { try OwnForm(folder: $0.folder, look: $0.look, fonts: fonts) }
    let folders = Set(try forms.map { try $0.freeze(in: folder + "/templates") }).sorted()
    let prepared = try PreparedForms(folders: folders)
    var table = OwnTable()
    let hands = try loadDigits(&table)
    var report = cases.report
    var honesty = Reliability()
    var costs = RateTable()
    for (level, count) in try wanted() {
      let plan = OwnPlan(
        forms.map(\.form), pages: count, level: level, seed: seed, digits: hands)
      let batch = OwnBatch(
        forms: forms, plan: plan, level: level, folder: folder, workers: work.workers)
      try await measure(batch, with: prepared, &table, &report, &honesty, &costs)
    }
    guard !paintOnly else { return }
    try output.give(
      table.markdown(), heading: OwnTable.heading,
      after: [report.summary("all levels"), honesty.markdown(), costs.markdown()])
  }

  private func loadDigits(_ table: inout OwnTable) throws -> DigitHands? {
    guard FileManager.default.fileExists(atPath: digits) else {
      table.note(
        "No digits at hand (`\(digits)`, made by tools/pack-digits.py): codes were left empty.")
      say("no digits at \(digits): codes stay empty")
      return nil
    }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: digits)))
    let hands = DigitHands(try WrittenDigits(bytes), linesOnly: strokes)
    table.note("Digits of \(hands.count) writers, none of whom trained a reader.")
    return hands
  }

  private func measure(
    _ batch: OwnBatch, with prepared: PreparedForms, _ table: inout OwnTable,
    _ report: inout FindingsReport, _ honesty: inout Reliability, _ costs: inout RateTable
  ) async throws {
    let level = batch.level.rawValue
    let start = ContinuousClock.now
    let files = try await batch.paint()
    let seconds = start.duration(to: .now) / .seconds(1)
    let speed = String(format: "%.1f", Double(files.count) / seconds)
    let cost = files.reduce(0) { $0 + $1.milliseconds } / Double(max(1, files.count))
    say(
      "\(level): \(files.count) pages painted, \(speed) a second, "
        + String(format: "%.0f ms of CPU a page", cost))
    if painted.keep != nil { try write(files, batch) }
    guard !paintOnly else { return }
    let read = try await batch.read(files, with: prepared)
    for page in read {
      guard let reading = page.reading else { continue }
      honesty.add(
        page.file.truth, reading, look: batch.forms[page.file.plan.form].form.look)
    }
    let joined = try batch.join(read)
    let scorer = OwnScorer(
      forms: batch.forms, plan: batch.plan, pages: read, ballots: joined.ballots)
    var sum = OwnScore()
    for (index, form) in batch.forms.enumerated() {
      let (score, answers) = scorer.score(form: index)
      table.add(level: level, form: form.name, score)
      sum = sum + score
      let name = "\(level) \(form.name)"
      try report.add(
        name, score: answers, pages: read.map(MeasuredPage.init),
        path: { batch.folder + "/" + $0 })
      let mine = KeptReadings(
        form: form.form,
        pages: read.filter { $0.file.plan.form == index }.map(MeasuredPage.init))
      costs.add(mine, level: level)
      if let readings { try mine.write(name, below: URL(fileURLWithPath: readings)) }
      cases.list(name, of: report)
    }
    table.add(level: level, form: "all", sum)
    if joined.typed > 0 { table.note("\(level): serials typed: \(joined.typed).") }
    if painted.keep == nil {
      try FileManager.default.removeItem(atPath: batch.folder + "/" + level)
      try FileManager.default.removeItem(atPath: batch.folder + "/workspace-" + level)
    }
  }

  /// The truth of kept pages, a file a form.
  private func write(_ files: [PaintedFile], _ batch: OwnBatch) throws {
    for (index, form) in batch.forms.enumerated() {
      let mine = files.filter { $0.plan.form == index }.map(\.truth).sorted { $0.file < $1.file }
      try SheetTruth.file(
        form: form.form.id, origin: "painted by measure own, seed \(seed)", sheets: mine
      ).write(
        to: URL(fileURLWithPath: batch.folder + "/truth-\(batch.level.rawValue)-\(index).json"))
    }
  }
}

extension MeasuredPage {
  init(_ page: ReadPage) {
    self.init(
      sheet: Truth.Sheet(page.file.truth), reading: page.reading, reason: page.reason,
      failed: false,
      decodeMS: page.milliseconds, registerMS: 0, scoreMS: 0)
  }
}

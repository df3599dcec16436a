// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
import Form
import Foundation
import Print
public import Simulator

/// `measure paint`: a folder of filled, worn sheets of a form with their truth (contract §1).
struct PaintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paint",
    abstract: "Paints filled and worn sheets of a form, with what is true of them.")

  @Option(
    help: "The form's folder: form.json and the blank's pictures (PNG), or a written form.yaml.")
  var form: String

  @Option(help: "How many sheets; a sheet has all the form's pages.")
  var sheets: Int

  @Option(help: "The same seed paints the same sheets.")
  var seed: UInt64 = 1

  @Option(
    help: "clean, office, hard or photo; given several times, sheets take turns.")
  var level: [Level] = [.office]

  @Option(
    help: "measuring, calibrating (without what is kept for measuring) or training (rare raised).")
  var use = SheetUse.measuring

  @Option(help: "How many to paint at a time.")
  var workers: Int = 2

  @Option(help: "The folder to write.")
  var out: String

  func validate() throws {
    guard (1...100_000).contains(sheets) else { throw ValidationError("--sheets: 1 to 100000") }
    guard (1...64).contains(workers) else { throw ValidationError("--workers: 1 to 64") }
    guard !level.isEmpty else { throw ValidationError("--level: at least one") }
  }

  func run() async throws {
    PictureFile.keepFreedMemory()
    try FileManager.default.createDirectory(
      atPath: out + "/scans", withIntermediateDirectories: true)
    let painter = try takeForm()
    let done = try await paintAll(painter).sorted { $0.truth.file < $1.truth.file }
    try SheetTruth.file(
      form: painter.form.name,
      origin: "painted by measure paint, seed \(seed), for \(use.rawValue)",
      sheets: done.map(\.truth)
    ).write(to: URL(filePath: out + "/truth.json"))
    let places = Dictionary(
      done.map { ($0.truth.file + "#1", $0.places) }, uniquingKeysWith: { a, _ in a })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(places).write(to: URL(filePath: out + "/places.json"))
  }

  /// The form's painter; its coordinates and blanks then lie beside the sheets.
  private func takeForm() throws -> SheetPainter {
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

  private func paintAll(_ painter: SheetPainter) async throws -> [Done] {
    let pages = painter.form.pages.count
    let jobs = sheets * pages
    return try await withThrowingTaskGroup(of: Done.self) { group in
      var next = 0
      var done: [Done] = []
      func start() {
        guard next < jobs else { return }
        let job = next
        next += 1
        group.addTask { try paint(painter, sheet: job / pages, page: job % pages) }
      }
      for _ in 0..<workers { start() }
      while let one = try await group.next() {
        done.append(one)
        start()
      }
      return done
    }
  }

  private func paint(_ painter: SheetPainter, sheet: Int, page: Int) throws -> Done {
    let level = level[sheet % level.count]
    var name = String(sheet + 1)
    name = level.rawValue + "-" + String(repeating: "0", count: max(0, 4 - name.count)) + name
    if painter.form.pages.count > 1 { name += "-\(page + 1)" }
    let painted = try painter.paint(
      page: page, level: level, use: use,
      seed: ownSeed(painter.form.name, sheet * 64 + page), file: "scans/" + name)
    try PictureFile.write(painted.picture, to: out + "/" + painted.truth.file)
    return Done(truth: painted.truth, places: painted.places)
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

extension Level: ExpressibleByArgument {}
extension SheetUse: ExpressibleByArgument {}

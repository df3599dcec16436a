// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Language
import OMR
import Print
import Reader
import Scanner
import Simulator

/// `measure foreign`: a thousand pages that are no sheet of the forms at hand.
struct ForeignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foreign",
    abstract: "Paint pages that are no sheet of the forms, read them, print what became of them.")

  @Option(help: "A form's folder, FOLDER or FOLDER:LOOK; may be given several times.")
  var form: [OwnCommand.FormChoice] =
    OwnCommand.FormChoice.shipped
    + ["../shared/sheets/office-form", "../shared/sheets/real/openmcr-75"]
    .compactMap { OwnCommand.FormChoice(argument: $0) }

  @Option(help: "How many pages.")
  var pages = 1000

  @Option(help: "The same seed paints the same pages.")
  var seed: UInt64 = 33

  @Flag(help: "List every page that was read.")
  var list = false

  @OptionGroup var work: WorkerOptions
  @OptionGroup var painted: PaintedOptions
  @OptionGroup var output: TableOptions

  func validate() throws {
    guard (1...1_000_000).contains(pages) else { throw ValidationError("--pages: 1 to 1000000") }
  }

  func run() async throws {
    PictureFile.keepFreedMemory()
    try await painted.withFolder(measure)
  }

  private func measure(in folder: String) async throws {
    let fonts = try PrintFonts()
    var notes: [String] = []
    let sources = try form.compactMap { choice -> ForeignSource? in
      guard FileManager.default.fileExists(atPath: choice.folder) else {
        notes.append("No form at `\(choice.folder)`: it and its sheets are missing.")
        return nil
      }
      return try Self.source(choice, in: folder, fonts)
    }
    let plan = try ForeignPlan(sources, count: pages, seed: seed, in: folder, fonts: fonts)
    try FileManager.default.createDirectory(
      atPath: folder + "/scans", withIntermediateDirectories: true)
    var table = ForeignTable(notes: notes + plan.notes)
    // One set of forms after the other: each takes some hundred megabytes.
    let sets = Dictionary(grouping: plan.pages, by: \.atHand).sorted {
      $0.key.lexicographicallyPrecedes($1.key)
    }
    for (folders, pages) in sets {
      let outcomes = try await read(
        pages, with: PreparedForms(folders: folders), in: folder + "/scans")
      for (page, outcome) in zip(pages, outcomes) {
        table.add(page.kind, outcome)
        guard list, case .read(let reading) = outcome else { continue }
        say(
          "read: \(page.name), a sheet of \(page.source.name), "
            + "as \(reading.form)/\(reading.formPage)")
      }
    }
    try output.give(table.markdown(), heading: ForeignTable.heading)
  }

  private static func source(
    _ choice: OwnCommand.FormChoice, in folder: String, _ fonts: PrintFonts
  ) throws -> ForeignSource {
    guard FileManager.default.fileExists(atPath: choice.folder + "/form.json") else {
      let own = try OwnForm(folder: choice.folder, look: choice.look, fonts: fonts)
      let place = folder + "/templates-" + (own.form.look?.rawValue ?? "")
      return ForeignSource(
        name: own.layout.form.name, painter: own.painter, folder: try own.freeze(in: place),
        own: own)
    }
    let text = try Data(contentsOf: URL(fileURLWithPath: choice.folder + "/form.json"))
    let painter = try SheetPainter(form: ContractForm.decode(text), folder: choice.folder)
    return ForeignSource(name: painter.form.name, painter: painter, folder: choice.folder)
  }

  private func read(
    _ pages: [ForeignPage], with forms: PreparedForms, in folder: String
  ) async throws -> [PageOutcome] {
    try await inParallel(pages.chunks(of: 8), workers: work.workers) { pages in
      let fonts = try PrintFonts()
      let reader = PageReader(forms, model: .trained)
      return try pages.map { try Self.read(Self.paint($0, in: folder, fonts), reader) }
    }.flatMap { $0 }
  }

  private static func read(_ path: String, _ reader: PageReader) -> PageOutcome {
    do throws(ScanFailure) {
      let page = try PageSource(try ScannedFile(path: path)).page(1).get()
      return reader.read(page, from: path)
    } catch {
      return .failed(error)
    }
  }

  /// Paints a page and writes it.
  ///
  /// - Returns: Its path.
  private static func paint(
    _ page: ForeignPage, in folder: String, _ fonts: PrintFonts
  ) throws -> String {
    var chance = SeededGenerator(seed: page.seed).branch(1)
    func sheet(_ seed: UInt64) throws -> PaintedSheet {
      var order = SheetOrder(seed: seed)
      order.scanSeed = page.seed
      if page.isLabelled, let own = page.source.own {
        order.print = try own.print(page: page.page + 1, serial: "004711", fonts: fonts)
      }
      return try page.source.painter.paint(
        page: page.page, level: page.level, order: order, file: page.name)
    }
    let picture =
      switch page.kind {
      case .otherForm, .otherOffice, .otherLook, .otherVersion, .letter:
        try sheet(page.seed).picture
      case .back: ForeignPictures.back(try sheet(page.seed).picture, &chance)
      case .two:
        ForeignPictures.two(
          try sheet(page.seed).picture, try sheet(page.seed &+ 1).picture, &chance)
      case .torn:
        ForeignPictures.torn(try sheet(page.seed), most: 0.7, &chance)
          ?? ForeignPictures.noise(&chance)
      case .noise: ForeignPictures.noise(&chance)
      }
    let path = folder + "/" + page.name + "." + picture.format.suffix
    try PictureFile.write(picture, to: path)
    return path
  }
}

// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import OMR
import Print
import Reader
import Scanner
import Simulator
import Store

/// A painted page on the disk, with what is true of it.
struct PaintedFile: Sendable {
  var plan: PlannedPage
  var truth: SheetTruth
  /// CPU of laying it out, filling, wearing, scanning and writing it, in milliseconds.
  var milliseconds: Double
}

/// What the reader made of a painted page.
struct ReadPage: Sendable {
  var file: PaintedFile
  var outcome: PageOutcome
  /// CPU of the page's whole way, in milliseconds.
  var milliseconds: Double
}

/// Paints the pages of a plan into a folder, has them read as `phieu scan` does, and stores what
/// became of them in a workspace of their own, which joins them to ballots.
///
/// The rooms are called, not the command: the evidence stays at hand for pictures of what was
/// misread. The command's own way is what the demo runs.
struct OwnBatch: Sendable {
  let forms: [OwnForm]
  let plan: OwnPlan
  let level: Level
  /// The folder of the pages; the workspace lies in it.
  let folder: String
  let workers: Int

  /// How many pages a worker takes at a time: fonts and engines are opened once for these.
  private static let chunk = 8

  /// Paints all pages and writes them.
  func paint() async throws -> [PaintedFile] {
    try FileManager.default.createDirectory(
      atPath: folder + "/" + level.rawValue, withIntermediateDirectories: true)
    return try await inParallel(plan.pages.chunks(of: Self.chunk), workers: workers) { pages in
      let fonts = try PrintFonts()
      return try pages.map { try paint($0, fonts) }
    }.flatMap { $0 }
  }

  private func paint(_ page: PlannedPage, _ fonts: PrintFonts) throws -> PaintedFile {
    let start = threadMilliseconds()
    let form = forms[page.form]
    var order = page.order
    order.print = try form.print(page: page.page, serial: page.serial, fonts: fonts)
    let sheet = try form.painter.paint(
      page: page.page - 1, level: level, order: order, file: page.file)
    try PictureFile.write(sheet.picture, to: folder + "/" + sheet.truth.file)
    return PaintedFile(
      plan: page, truth: sheet.truth, milliseconds: threadMilliseconds() - start)
  }

  /// Reads the files, those twice that the batch helps.
  func read(_ files: [PaintedFile], with prepared: PreparedForms) async throws -> [ReadPage] {
    let prints = BatchPrints()
    var pages = try await read(files, with: prepared, .first(prints))
    var doubts = SecondLook()
    for (index, page) in pages.enumerated() { doubts.note(page.outcome, page: 1, file: index) }
    let look = doubts.narrowed(to: prints, of: prepared)
    let again = try await read(look.files.map { files[$0] }, with: prepared, .second(prints))
    for (index, page) in zip(look.files, again) {
      pages[index].milliseconds += page.milliseconds
      if let reading = look.reading(page.outcome, page: 1, file: index) {
        pages[index].outcome = .read(reading)
      }
    }
    return pages
  }

  private func read(
    _ files: [PaintedFile], with prepared: PreparedForms, _ look: BatchLook
  ) async throws -> [ReadPage] {
    try await inParallel(files.chunks(of: Self.chunk), workers: workers) { files in
      let reader = PageReader(prepared, model: .trained, look: look)
      return files.map { file in
        let start = threadMilliseconds()
        let outcome = read(file, reader)
        return ReadPage(
          file: file, outcome: outcome, milliseconds: threadMilliseconds() - start)
      }
    }.flatMap { $0 }
  }

  private func read(_ file: PaintedFile, _ reader: PageReader) -> PageOutcome {
    do throws(ScanFailure) {
      let path = folder + "/" + file.truth.file
      let page = try PageSource(try ScannedFile(path: path)).page(1).get()
      return reader.read(page, from: path)
    } catch {
      return .failed(error)
    }
  }

  /// Stores what was read, as a scan does, and types the serials that it asks for.
  ///
  /// - Returns: The ballots, and how many serials were typed.
  func join(_ pages: [ReadPage]) throws -> (ballots: [BallotRecord], typed: Int) {
    let workspace = Workspace(folder: folder + "/workspace-" + level.rawValue)
    let store = try BallotStore(workspace, makingNew: true)
    let now = Date()
    for page in pages {
      let file = try ScannedFile(path: folder + "/" + page.file.truth.file)
      let kept = try unsafe file.withUnsafeBytes {
        try unsafe workspace.keep(page.file.truth.file, sha256: file.sha256, bytes: $0)
      }
      guard let pass = try store.begin(kept, at: now) else { continue }
      let outcome: StoredOutcome =
        switch page.outcome {
        case .read(let reading): .read(reading)
        case .rejected(let rejection): .rejected(rejection)
        case .failed(let failure): .failed(facts: "\(failure)")
        }
      try store.store(outcome, page: 1, in: pass, at: now)
      try store.end(pass, at: now)
    }
    let serials = Dictionary(pages.map { ($0.file.truth.file, $0.file.plan.serial) }) { a, _ in a }
    var typed = 0
    for item in try store.openItems() where item.question == LabelPlaces.serialQuestion {
      guard let serial = serials[item.origin.file] else { continue }
      let settlement = Settlement(
        question: item.question, value: [serial], reviewer: "measure", date: now, note: "typed")
      _ = try store.settle(item.reading, settlement)
      typed += 1
    }
    return (try store.ballots(of: forms.map(\.form)), typed)
  }
}

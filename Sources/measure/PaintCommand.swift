// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
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

  @OptionGroup var work: WorkerOptions

  @Option(help: "The folder to write.")
  var out: String

  func validate() throws {
    guard (1...100_000).contains(sheets) else { throw ValidationError("--sheets: 1 to 100000") }
    guard !level.isEmpty else { throw ValidationError("--level: at least one") }
  }

  func run() async throws {
    PictureFile.keepFreedMemory()
    let painting = try FolderPainting(
      painter: FolderPainting.painter(of: form, to: out), sheets: sheets, levels: level, use: use,
      seed: seed, workers: work.workers, out: out)
    try await painting.paint()
  }
}

extension Level: ExpressibleByArgument {}
extension SheetUse: ExpressibleByArgument {}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import OMR
import Scanner

/// Writes the figures of all targets of painted sheets, for training.
struct Figures: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the figures of painted sheets' targets, for tools/train-marks.py.")

  @Option(help: "Writes FILE.f32 (figures) and FILE.tsv (sheet, question, value, label, kind).")
  var out: String

  @Flag(help: "Also writes FILE.u8: each target's patch and FILE.facts.f32.")
  var patches = false

  @Argument(help: "Folders of painted sheets, with `targets` in their truth.")
  var folders: [String]

  func run() async throws {
    let figures = try file(".f32")
    let pictures = patches ? try file(".u8") : nil
    let facts = patches ? try file(".facts.f32") : nil
    var rows = TargetFigures.names.joined(separator: "|") + "\n"
    for folder in folders {
      let sheets = try SheetFolder(folder)
      let truth = try Truth(folder: sheets.url)
      let parts = try await inParallel(truth.sheets.chunks(of: 8), workers: 2) { chunk in
        try Self.measure(chunk, of: sheets, patches: patches)
      }
      for part in parts {
        try figures.write(contentsOf: part.figures)
        try pictures?.write(contentsOf: part.patches)
        try facts?.write(contentsOf: part.facts)
        rows += part.rows
      }
      say("\(folder): \(truth.sheets.count) sheets")
    }
    for file in [figures, pictures, facts] { try file?.close() }
    try rows.write(to: URL(fileURLWithPath: out + ".tsv"), atomically: true, encoding: .utf8)
  }

  private func file(_ ending: String) throws -> FileHandle {
    let url = URL(fileURLWithPath: out + ending)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// What was measured of some sheets.
  private struct Part: Sendable {
    var figures = Data()
    var patches = Data()
    var facts = Data()
    var rows = ""
  }

  private static func measure(
    _ chunk: [Truth.Sheet], of folder: SheetFolder, patches: Bool
  ) throws -> Part {
    let registrar = Registrar()
    // Which targets serve as examples of untouched ones is the trained trees' word.
    let reader = MarkReader(
      patches
        ? .forPatches : JoinedReader(trees: try MarkModel(text: MarkModel.untrainedText)))
    var part = Part()
    for sheet in chunk {
      guard let targets = sheet.targets,
        let file = try? ScannedFile(path: folder.path(sheet.file)),
        case .success(let page) = PageSource(file).page(sheet.page ?? 1),
        case .success(let placed) = registrar.register(page.picture, on: folder.blanks),
        placed.blank + 1 == sheet.formPage,
        let look = reader.look(
          page.picture, map: placed.fit, agreement: { placed.fit.agreement(around: $0) },
          on: folder.marks[placed.blank], key: folder.form.name + "#\(placed.blank)")
      else {
        say("left out: \(sheet.file)")
        continue
      }
      var index = 0
      for question in folder.form.pages[placed.blank].questions {
        for target in question.targets {
          let label = targets[question.id]?[target.value] ?? "doubtful"
          let kind =
            (sheet.marks ?? []).first { $0.question == question.id && $0.value == target.value }?
            .kind ?? ""
          unsafe look.figures[index].values.withUnsafeBytes {
            unsafe part.figures.append(contentsOf: $0)
          }
          if patches {
            let patch = look.patch(index)
            part.patches.append(contentsOf: patch.values)
            unsafe patch.facts.withUnsafeBytes { unsafe part.facts.append(contentsOf: $0) }
          }
          let place = folder.form.name + "/" + sheet.file
          part.rows += [place, question.id, target.value, label, kind].joined(separator: "\t")
          part.rows += "\n"
          index += 1
        }
      }
    }
    return part
  }
}

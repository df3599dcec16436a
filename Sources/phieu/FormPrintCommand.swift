// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Form
import Foundation
import Language
import Print
import Scanner

struct FormPrintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Prints sheets of a form into a PDF, each with its own serial.",
    discussion: """
      The geometry is frozen in the form's folder, versions/VERSION/: sheets that are out are read \
      with it, whatever becomes of the form.
      """)

  @Argument(help: "The form's name in templates/, its folder or its file.")
  var form: String

  @Option(help: "boxes (to be ticked) or digits (to be circled); the form's own look if left out.")
  var look: FormLook?

  @Option(help: "How many sheets, numbered from --first.")
  var sheets: Int?

  @Option(help: "The first sheet's number.")
  var first = 1

  @Option(help: "A CSV of serials: its column `serial`, or else its first.")
  var serials: String?

  @Option(name: .shortAndLong, help: "The PDF to write.")
  var out: String

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func validate() throws {
    if sheets != nil, serials != nil { throw ValidationError("--sheets or --serials, not both") }
    if let sheets, !(1...SerialList.most).contains(sheets) {
      throw ValidationError("--sheets: 1 to \(SerialList.most)")
    }
    if !(0...999_999_999).contains(first) { throw ValidationError("--first: 0 to 999999999") }
  }

  func run() throws {
    let language = speech.language
    try CommandError.catching(language) {
      let folder = try place.writtenFolder(form, language)
      let numbers =
        try serials.map { try SerialList.read($0, language) }
        ?? SheetPrinter.serials(from: first, count: sheets ?? 1)
      let fonts = try PrintFonts()
      let layout = try PrintLayout(folder.form, look: look, fonts: fonts)
      try Self.freeze(layout, in: folder, fonts)
      let pages = try Self.replace(out) {
        try SheetPrinter(layout, fonts: fonts).write(serials: numbers, to: $0)
      }
      let id = layout.placed.id
      try Console.give(
        language.say(
          "\(out): \(numbers.count) phiếu, \(pages) trang, \(id)",
          "\(out): sheets: \(numbers.count), pages: \(pages), \(id)"
        ).shown)
    }
  }

  /// Freezes a layout's version, unless it is there already.
  static func freeze(
    _ layout: PrintLayout, in folder: WrittenFolder, _ fonts: PrintFonts
  ) throws {
    guard !FileManager.default.fileExists(atPath: folder.versionPath(layout.version)) else {
      return
    }
    do {
      let blanks = try BlankPicture.pictures(of: layout, fonts: fonts).map {
        try encodePNG($0, isSmall: true)
      }
      try folder.freeze(layout.placed, blanks: blanks)
    } catch let failure as ScanFailure {
      throw FormError.cannotWrite(folder.path, reason: "\(failure)")
    }
  }

  /// Writes a file beside its place and puts it there when it is whole.
  private static func replace<T>(_ path: String, _ body: (String) throws -> T) throws -> T {
    let temporary = path + ".part-\(ProcessInfo.processInfo.processIdentifier)"
    defer { unsafe unlink(temporary) }
    let result: T
    do { result = try body(temporary) } catch PrintFailure.cannotWrite {
      throw PrintFailure.cannotWrite(path)
    }
    guard unsafe rename(temporary, path) == 0 else { throw PrintFailure.cannotWrite(path) }
    return result
  }
}

/// A file of serials.
enum SerialList {
  /// More sheets are printed in several runs.
  static let most = 1_000_000

  /// The serials of a CSV file, one a line: the column named `serial`, or else the first. A first
  /// line that is no serial is a header.
  static func read(_ path: String, _ language: Language) throws -> [String] {
    let text: String
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      let bytes = try handle.read(upToCount: 64 << 20) ?? Data()
      text = String(decoding: bytes, as: UTF8.self)
    } catch {
      throw CommandError(.noInput, "\(path): \(error.localizedDescription)".shown)
    }
    var rows = text.split(whereSeparator: \.isNewline).map(cells)
    var column = 0
    if let header = rows.first, let found = header.firstIndex(of: "serial") {
      column = found
      rows.removeFirst()
    } else if let first = rows.first?.first, !SheetLabel.isSerial(first) {
      rows.removeFirst()
    }
    let serials = rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
    guard !serials.isEmpty, serials.count <= most else {
      throw CommandError(
        .nonsense,
        language.say(
          "\(path): cần 1 đến \(most) số phiếu, mỗi dòng một số",
          "\(path): expected 1 to \(most) serials, one a line"
        ).shown)
    }
    return serials
  }

  private static func cells(_ line: Substring) -> [String] {
    line.drop { $0 == "\u{FEFF}" }.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: ["\""])
    }
  }
}

extension FormLook: ExpressibleByArgument {}

extension WorkspaceOption {
  /// Loads a form that a person wrote, by its file, its folder, or its name in the workspace.
  func writtenFolder(_ name: String, _ language: Language) throws -> WrittenFolder {
    switch try formSource(name) {
    case .written(let folder): return folder
    case .placed(let folder):
      throw CommandError(
        .nonsense,
        language.say(
          "\(folder.file): mẫu này có toạ độ sẵn, chỉ in được mẫu viết bằng chữ (sections)",
          "\(folder.file): this form has coordinates; only a written one (sections) is printed"
        ).shown)
    }
  }
}

extension CommandError {
  /// What a failure to print means for the command.
  init(_ failure: PrintFailure, _ language: Language) {
    let status: Status =
      switch failure {
      case .cannotWrite: .cannotWrite
      case .noFonts, .noMemory: .inputOutput
      default: .nonsense
      }
    self.init(status, failure.words(language).shown)
  }
}

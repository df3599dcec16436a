// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import Language
import Print
import Store

struct FormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form",
    abstract: "Brings forms in, gives them out, checks, shows and prints them.",
    subcommands: [
      FormImportCommand.self, FormExportCommand.self, FormCheckCommand.self,
      FormShowCommand.self, FormPrintCommand.self,
    ])
}

struct FormImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes a form of the project's own out of form.json and its blank pictures.")

  @Argument(help: "The folder that holds form.json, or the file.")
  var source: String

  @Option(help: "The folder to make, such as templates/NAME.")
  var out: String

  @Flag(help: "Replace the form that is there.")
  var force = false

  @OptionGroup var speech: Speech

  func run() throws {
    let language = speech.language
    try CommandError.catching(language) {
      let form = try FormImport(from: source) { try pictureSize($0, language) }
      try form.write(to: out, replacing: force)
      try Console.give("\(out): ".shown + form.source.form.summary(language))
    }
  }
}

struct FormExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Gives a form's coordinates as form.json.")

  @Argument(help: "The form's name in templates/, its folder or its file.")
  var form: String

  @Option(help: "The file to write; standard output if left out.")
  var out: String?

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() throws {
    let language = speech.language
    try CommandError.catching(language) {
      let text = FormJSON.text(try place.formFolder(form).form)
      guard let out else {
        try Console.giveText(text)
        return
      }
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
      } catch {
        throw FormError.cannotWrite(out, reason: error.localizedDescription)
      }
    }
  }
}

struct FormCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tells all that is wrong with forms: file, line, column, what was expected.")

  @Argument(help: "form.yaml or form.json files, or their folders.")
  var forms: [String]

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() throws {
    let language = speech.language
    var worst: CommandError?
    for form in forms {
      do {
        try CommandError.catching(language) {
          switch try place.formSource(form) {
          case .placed(let folder):
            try folder.checkBlanks { try pictureSize($0, language) }
            try Console.give("\(folder.file): ".shown + folder.form.summary(language))
          case .written(let folder): try Self.check(folder, language)
          }
        }
      } catch let error as CommandError {
        // Every form is looked at; what is wrong with all of them is told together.
        worst = CommandError(
          worst?.status ?? error.status,
          [worst?.message, error.message].compactMap { $0 }.joined(separator: "\n"))
      }
    }
    if let worst { throw worst }
  }

  /// Checks a written form: its words against the fonts, its layout in both looks, its versions.
  private static func check(_ folder: WrittenFolder, _ language: Language) throws {
    let fonts = try PrintFonts()
    let problems = folder.printed.compactMap { words -> FormProblem? in
      let missing = fonts.missing(in: words.text)
      return missing.isEmpty ? nil : FormProblem(words, missingSigns: String(missing))
    }
    guard problems.isEmpty else {
      throw FormError.nonsense(file: folder.file, problems: problems)
    }
    let layout = try PrintLayout(folder.form, fonts: fonts)
    for version in try folder.versions() {
      try version.checkBlanks { try pictureSize($0, language) }
    }
    let pages = layout.placed.pages.count
    try Console.give(
      "\(folder.file): ".shown + folder.form.summary(language)
        + language.say(", \(pages) trang", ", pages: \(pages)"))
  }
}

struct FormShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what a form asks, and where.")

  @Argument(help: "The form's name in templates/, its folder or its file.")
  var form: String

  @Option(help: "boxes or digits, of a written form; its own look if left out.")
  var look: FormLook?

  @Option(
    help: """
      A PNG to draw every target into, boxed and named; of a form of several pages, FILE-1.png, \
      FILE-2.png and so on.
      """)
  var picture: String?

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() throws {
    let language = speech.language
    try CommandError.catching(language) {
      let source = try place.formSource(form)
      let lines =
        switch source {
        case .placed(let folder): folder.form.outline(language)
        case .written(let folder): folder.form.outline(language)
        }
      for line in lines { try Console.give(line) }
      guard let picture else { return }
      for path in try FormPicture(source, look: look).write(to: picture) {
        try Console.give(path.shown)
      }
    }
  }
}

extension WorkspaceOption {
  /// Loads a form by its file, its folder, or its name in the workspace.
  func formFolder(_ name: String) throws(FormError) -> FormFolder {
    switch try formSource(name) {
    case .placed(let folder): return folder
    case .written(let folder): throw .notPrinted(folder.file)
    }
  }

  /// Loads a form, with or without coordinates, by its file, its folder, or its name.
  func formSource(_ name: String) throws(FormError) -> FormSource {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
    if exists, !isFolder.boolValue { return try FormSource.load(file: name) }
    if exists || name.contains("/") { return try FormSource.load(name) }
    return try FormSource.load("\(workspace.templates)/\(name)")
  }
}

extension CommandError {
  /// What a form's error means for the command.
  init(_ error: FormError, _ language: Language) {
    let status: Status =
      switch error {
      case .noSuchFile: .noInput
      case .unreadable: .inputOutput
      case .tooLarge, .nonsense, .notPrinted: .nonsense
      case .exists, .notAForm, .cannotWrite: .cannotWrite
      }
    // A form's problems stand one a line.
    let lines = error.words(language).split(separator: "\n").map { String($0).shown }
    self.init(status, lines.joined(separator: "\n"))
  }

  /// Runs what works with forms, and gives its errors the status and words of a command.
  static func catching(_ language: Language, _ body: () throws -> Void) throws {
    do { try body() } catch let error as FormError {
      throw CommandError(error, language)
    } catch let failure as PrintFailure {
      throw CommandError(failure, language)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import Language
import Store

struct FormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form",
    abstract: "Brings forms in, gives them out, checks and shows them.",
    subcommands: [
      FormImportCommand.self, FormExportCommand.self, FormCheckCommand.self,
      FormShowCommand.self,
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
          let folder = try place.formFolder(form)
          try folder.checkBlanks { try pictureSize($0, language) }
          try Console.give("\(folder.file): ".shown + folder.form.summary(language))
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
}

struct FormShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what a form asks.")

  @Argument(help: "The form's name in templates/, its folder or its file.")
  var form: String

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() throws {
    let language = speech.language
    try CommandError.catching(language) {
      for line in try place.formFolder(form).form.outline(language) { try Console.give(line) }
    }
  }
}

extension WorkspaceOption {
  /// Loads a form by its file, its folder, or its name in the workspace.
  func formFolder(_ name: String) throws(FormError) -> FormFolder {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
    if exists, !isFolder.boolValue { return try FormFolder.load(file: name) }
    if exists || name.contains("/") { return try FormFolder.load(name) }
    return try FormFolder.load("\(workspace.templates)/\(name)")
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
    do { try body() } catch let error as FormError { throw CommandError(error, language) }
  }
}

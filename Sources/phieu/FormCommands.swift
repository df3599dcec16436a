// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import Language

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

  func run() throws {
    let language = Language.ofTerminal()
    try CommandError.catching(language) {
      let form = try FormImport(from: source) { try pictureSize($0, language) }
      try form.write(to: out, replacing: force)
      print("\(out): " + form.source.form.summary(language))
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

  @OptionGroup var place: FormPlace

  func run() throws {
    let language = Language.ofTerminal()
    try CommandError.catching(language) {
      let text = FormJSON.text(try place.load(form).form)
      guard let out else {
        print(text, terminator: "")
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

  @OptionGroup var place: FormPlace

  func run() throws {
    let language = Language.ofTerminal()
    var worst: CommandError?
    for form in forms {
      do {
        try CommandError.catching(language) {
          let folder = try place.load(form)
          try folder.checkBlanks { try pictureSize($0, language) }
          print("\(folder.file): " + folder.form.summary(language))
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

  @OptionGroup var place: FormPlace

  func run() throws {
    let language = Language.ofTerminal()
    try CommandError.catching(language) {
      for line in try place.load(form).form.outline(language) { print(line) }
    }
  }
}

/// Where forms are looked for by name.
struct FormPlace: ParsableArguments {
  @Option(help: "The workspace's folder.")
  var workspace = "."

  /// Loads a form by its name in the workspace, its folder or its file.
  func load(_ name: String) throws(FormError) -> FormFolder {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
    if exists, !isFolder.boolValue { return try FormFolder.load(file: name) }
    if exists || name.contains("/") { return try FormFolder.load(name) }
    let templates = workspace == "." ? "templates" : "\(workspace)/templates"
    return try FormFolder.load("\(templates)/\(name)")
  }
}

extension CommandError {
  /// Runs what works with forms, and gives its errors the status and words of a command.
  static func catching(_ language: Language, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as FormError {
      let status: Status =
        switch error {
        case .noSuchFile: .noInput
        case .unreadable: .inputOutput
        case .tooLarge, .nonsense: .nonsense
        case .exists, .notAForm, .cannotWrite: .cannotWrite
        }
      throw CommandError(status, error.words(language))
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
import Foundation
public import Language

/// Words to standard error, results to standard output.
enum Console {
  /// Says a line on standard error.
  static func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Writes to standard error as it is.
  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Gives a line of results on standard output, at once.
  ///
  /// - Throws: `CommandError` where nobody can take it.
  static func give(_ line: String) throws { try giveText(line + "\n") }

  /// Gives text on standard output, at once.
  static func giveText(_ text: String) throws {
    do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
      throw CommandError(.inputOutput, "standard output: \(error.localizedDescription)")
    }
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// The language to speak in.
struct Speech: ParsableArguments {
  @Option(help: "vi or en; the environment's language if left out.")
  var lang: Language?

  var language: Language { lang ?? .ofTerminal() }
}

extension Language: ExpressibleByArgument {}

extension Language {
  /// The words of this language.
  func say(_ vietnamese: String, _ english: String) -> String {
    self == .vietnamese ? vietnamese : english
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Form
import Foundation
import Language
import Store

/// Which folder is worked in.
struct WorkspaceOption: ParsableArguments {
  @Option(name: .customLong("workspace"), help: "The workspace's folder.")
  var folder = "."

  var workspace: Workspace { Workspace(folder: folder) }

  /// The folders of the workspace's forms that sheets are read with, in natural order: of a form
  /// that a person wrote, its versions; none where it was not printed yet.
  func formFolders(_ language: Language) throws -> [String] {
    let templates = workspace.templates
    guard FileManager.default.fileExists(atPath: templates) else { return [] }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: templates) } catch {
      throw CommandError(.inputOutput, "\(templates.shown): \(error.localizedDescription)")
    }
    let folders = names.sorted { $0.isNaturallyBefore($1) }.map { "\(templates)/\($0)" }.filter {
      folder in
      [FormFolder.yamlName, FormFolder.jsonName].contains {
        FileManager.default.fileExists(atPath: "\(folder)/\($0)")
      }
    }
    return try folders.flatMap { folder in
      do { return try FormSource.load(folder).readable().map(\.path) } catch FormError.notPrinted {
        return []
      }
    }
  }

  /// The workspace's forms, without their pictures.
  func forms(_ language: Language) throws -> [BallotForm] {
    try formFolders(language).map { try FormFolder.load($0).form }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a form's folder holds: a form with coordinates, or one that a person wrote.
public enum FormSource: Sendable {
  case placed(FormFolder)
  case written(WrittenFolder)

  /// Loads the form of a folder: its `form.yaml`, or its `form.json` where there is none.
  ///
  /// - Throws: ``FormError``: no such file, or what is wrong with it.
  public static func load(_ path: String) throws(FormError) -> FormSource {
    let yaml = FormFolder.join(path, FormFolder.yamlName)
    let json = FormFolder.join(path, FormFolder.jsonName)
    let manager = FileManager.default
    if manager.fileExists(atPath: yaml) { return try load(file: yaml) }
    if manager.fileExists(atPath: json) { return try load(file: json) }
    throw .noSuchFile(yaml)
  }

  /// Loads a form's file; its language is told by the name's ending, `.json` or else YAML.
  public static func load(file: String) throws(FormError) -> FormSource {
    let text = try FormFolder.text(of: file)
    let folder = (file as NSString).deletingLastPathComponent
    let content: FormContent =
      file.hasSuffix(".json")
      ? .placed(try FormJSON.read(text, file: file)) : try FormYAML.content(text, file: file)
    switch content {
    case .placed(let form): return .placed(FormFolder(path: folder, file: file, form: form))
    case .written(let form, let printed):
      return .written(WrittenFolder(path: folder, file: file, form: form, printed: printed))
    }
  }

  /// The form's name.
  public var name: String {
    switch self {
    case .placed(let folder): folder.form.name
    case .written(let folder): folder.form.name
    }
  }

  /// The form with coordinates.
  func placed() throws(FormError) -> FormFolder {
    switch self {
    case .placed(let folder): return folder
    case .written(let folder): throw .notPrinted(folder.file)
    }
  }

  /// What sheets of the form are read with: the form itself, or its versions.
  ///
  /// - Returns: At least one folder.
  /// - Throws: ``FormError``: `notPrinted` where a written form has no version yet.
  public func readable() throws(FormError) -> [FormFolder] {
    switch self {
    case .placed(let folder): return [folder]
    case .written(let folder):
      let versions = try folder.versions()
      if versions.isEmpty { throw .notPrinted(folder.file) }
      return versions
    }
  }
}

/// The folder of a form that a person wrote. Its versions stand in `versions/VERSION/`: what was
/// printed, with coordinates and blank pictures. They are never changed, so that sheets that are
/// out are read as they were printed, whatever becomes of the written form.
public struct WrittenFolder: Sendable {
  /// The folder's path as it was given.
  public let path: String
  /// The path of the form's file.
  public let file: String
  public let form: WrittenForm
  /// All words that will be printed, with their places in the file.
  public let printed: [PrintedText]

  /// Where the versions stand.
  public var versionsPath: String { FormFolder.join(path, "versions") }

  /// The folder of a version.
  public func versionPath(_ version: String) -> String {
    (versionsPath as NSString).appendingPathComponent(version)
  }

  /// The versions that there are, by name.
  ///
  /// - Throws: ``FormError`` where a version's form is damaged or in a folder that is not its own.
  public func versions() throws(FormError) -> [FormFolder] {
    let path = versionsPath
    guard FormFolder.isFolder(path) == true else { return [] }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
    var versions: [FormFolder] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      var folder = try FormFolder.load(versionPath(name))
      // No matter of what was printed: it holds for all sheets that are out.
      folder.form.silentRate = form.silentRate
      guard folder.form.version == name, folder.form.name == form.name else {
        let found = folder.form.id
        throw .nonsense(
          file: folder.file,
          problems: [
            FormProblem(
              place: nil, path: "version",
              fault: .expected(
                .oneOf([BallotForm.id(name: form.name, version: name)]), found: found))
          ])
      }
      versions.append(folder)
    }
    return versions
  }

  /// Writes a version's folder, whole or not at all. Where the version is there already, nothing
  /// is touched.
  ///
  /// - Parameters:
  ///   - placed: The form with coordinates; its version names the folder.
  ///   - blanks: The bytes of the pages' pictures, in the pages' order.
  /// - Throws: ``FormError/cannotWrite(_:reason:)``.
  public func freeze(_ placed: BallotForm, blanks: [[UInt8]]) throws(FormError) {
    let manager = FileManager.default
    guard let version = placed.version else { return }
    let target = versionPath(version)
    guard !manager.fileExists(atPath: target) else { return }
    do {
      let parent = URL(fileURLWithPath: versionsPath)
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      let workshop = try FormImport.makeWorkshop(in: parent)
      defer { try? manager.removeItem(at: workshop) }
      let new = workshop.appendingPathComponent("new")
      try manager.createDirectory(at: new, withIntermediateDirectories: false)
      for (page, bytes) in zip(placed.pages, blanks) {
        try Data(bytes).write(to: new.appendingPathComponent(page.blank.file))
      }
      let yaml = try FormYAML.text(placed)
      try Data(yaml.utf8).write(to: new.appendingPathComponent(FormFolder.yamlName))
      try manager.moveItem(at: new, to: URL(fileURLWithPath: target))
    } catch {
      throw .cannotWrite(target, reason: error.localizedDescription)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Brings a form by coordinates into the project: `form.yaml` and the blank pictures.
///
/// The folder is made elsewhere on the same disk and moved into place whole: whoever looks
/// sees no folder, the old one or the new one, never half of it.
public struct FormImport {
  /// The form that was read, with its folder.
  public let source: FormFolder

  /// Reads `form.json` of a folder, or a file of that kind, and checks its blank pictures.
  ///
  /// - Parameters:
  ///   - path: The folder or the file.
  ///   - pictureSize: The width and height of the picture at a path, in pixels.
  /// - Throws: ``FormError``; what `pictureSize` throws.
  public init(
    from path: String, pictureSize: (String) throws -> (width: Int, height: Int)
  ) throws {
    let isFolder = FormFolder.isFolder(path) == true
    source = try FormFolder.load(
      file: isFolder ? FormFolder.join(path, FormFolder.jsonName) : path)
    try source.checkBlanks(pictureSize: pictureSize)
  }

  /// Writes the form's folder.
  ///
  /// - Parameters:
  ///   - folder: Where to; the folders above it are made.
  ///   - replacing: Whether a form that is there already is replaced. Files of its folder that
  ///     are not the form's stay.
  /// - Throws: ``FormError``; then nothing has changed.
  public func write(to folder: String, replacing: Bool) throws(FormError) {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    let exists = manager.fileExists(atPath: target.path)
    if exists {
      guard replacing else { throw .exists(folder) }
      let old = target.appendingPathComponent(FormFolder.yamlName).path
      guard manager.fileExists(atPath: old) else { throw .notAForm(folder) }
    }
    do {
      let parent = target.deletingLastPathComponent()
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      let workshop = try Self.makeWorkshop(in: parent)
      defer { try? manager.removeItem(at: workshop) }
      let new = workshop.appendingPathComponent("new")
      try fill(new, keeping: exists ? target : nil)
      try Self.move(new, to: target, old: workshop.appendingPathComponent("old"))
    } catch {
      throw .cannotWrite(folder, reason: error.localizedDescription)
    }
  }

  /// A folder of our own, which nobody else has the name of.
  static func makeWorkshop(in parent: URL) throws -> URL {
    var template = Array(parent.appendingPathComponent(".form-XXXXXX").path.utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: parent.path])
    }
    let bytes = template.dropLast().map { UInt8(bitPattern: $0) }
    return URL(fileURLWithPath: String(decoding: bytes, as: UTF8.self))
  }

  private func fill(_ folder: URL, keeping old: URL?) throws {
    let manager = FileManager.default
    try manager.createDirectory(at: folder, withIntermediateDirectories: false)
    let yaml = try FormYAML.text(source.form)
    try Data(yaml.utf8).write(to: folder.appendingPathComponent(FormFolder.yamlName))
    var names: Set = [FormFolder.yamlName]
    for page in source.form.pages {
      // A link is followed: a copy of the link would point nowhere.
      let blank = URL(fileURLWithPath: source.blankPath(of: page)).resolvingSymlinksInPath()
      let copy = folder.appendingPathComponent(page.blank.file)
      try manager.copyItem(at: blank, to: copy)
      // From a disk that cannot be written the copy would come read-only.
      try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: copy.path)
      names.insert(page.blank.file)
    }
    for name in try old.map({ try manager.contentsOfDirectory(atPath: $0.path) }) ?? [] {
      guard let old, !names.contains(name) else { continue }
      try manager.copyItem(
        at: old.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
  }

  /// Moves the new folder into place; where that fails, the old one is put back.
  private static func move(_ new: URL, to target: URL, old: URL) throws {
    let manager = FileManager.default
    let exists = manager.fileExists(atPath: target.path)
    if exists { try manager.moveItem(at: target, to: old) }
    do {
      try manager.moveItem(at: new, to: target)
    } catch {
      if exists { try manager.moveItem(at: old, to: target) }
      throw error
    }
  }
}

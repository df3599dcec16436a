// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A form's folder: the form's file, and the pictures of its blank pages beside it.
public struct FormFolder: Sendable {
  /// The name of a form in the project's own language.
  public static let yamlName = "form.yaml"
  /// The name of a form by coordinates.
  public static let jsonName = "form.json"

  /// The folder's path as it was given.
  public let path: String
  /// The path of the form's file.
  public let file: String
  public internal(set) var form: BallotForm

  /// Loads the form with coordinates of a folder: its `form.yaml`, or its `form.json` where
  /// there is none.
  ///
  /// - Throws: ``FormError``: no such file, or what is wrong with it. The pictures are not
  ///   looked at.
  public static func load(_ path: String) throws(FormError) -> FormFolder {
    try FormSource.load(path).placed()
  }

  /// Loads a file of a form with coordinates; its language is told by the name's ending, `.json`
  /// or else YAML.
  public static func load(file: String) throws(FormError) -> FormFolder {
    try FormSource.load(file: file).placed()
  }

  /// The path of a page's blank picture.
  public func blankPath(of page: FormPage) -> String { Self.join(path, page.blank.file) }

  /// Compares the blank pictures with what the form says of them.
  ///
  /// - Parameter pictureSize: The width and height of the picture at a path, in pixels.
  /// - Throws: ``FormError`` where a picture is missing or of another size; what `pictureSize`
  ///   throws.
  public func checkBlanks(pictureSize: (String) throws -> (width: Int, height: Int)) throws {
    var problems: [FormProblem] = []
    for (index, page) in form.pages.enumerated() {
      let path = blankPath(of: page)
      guard Self.isFolder(path) == false else { throw FormError.noSuchFile(path) }
      let size = try pictureSize(path)
      if size != (page.blank.width, page.blank.height) {
        problems.append(
          FormProblem(
            place: nil, path: "pages[\(index)]",
            fault: .pictureSize(file: page.blank.file, width: size.width, height: size.height)))
      }
    }
    if !problems.isEmpty { throw FormError.nonsense(file: file, problems: problems) }
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder == "." ? name : (folder as NSString).appendingPathComponent(name)
  }

  /// Whether a folder is there, or `nil` where nothing is.
  static func isFolder(_ path: String) -> Bool? {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists ? isFolder.boolValue : nil
  }

  /// The text of a file of bounded size, without its byte order mark.
  static func text(of file: String) throws(FormError) -> String {
    guard let isFolder = isFolder(file) else { throw .noSuchFile(file) }
    guard !isFolder else { throw .unreadable(file, reason: "a folder") }
    let limit = FormLimits.fileBytes
    let bytes: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
      defer { try? handle.close() }
      bytes = try handle.read(upToCount: limit + 1) ?? Data()
    } catch {
      throw .unreadable(file, reason: error.localizedDescription)
    }
    guard bytes.count <= limit else { throw .tooLarge(file, bytes: bytes.count, limit: limit) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .nonsense(
        file: file, problems: [FormProblem(place: nil, path: "", fault: .notUTF8)])
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }
}

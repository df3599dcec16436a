// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A set of sheets with what they say.
struct SheetSet {
  var name: String
  /// The form's folder.
  var form: String
  /// Where the sheets and their truth lie.
  var sheets: URL
  /// The truth's file.
  var truth: String

  /// The demo batch and every folder below `top` that holds a `truth.json`, sorted by name.
  static func all(below top: String) -> [SheetSet] {
    let demo = SheetSet(
      name: "scans/demo", form: "templates/demo-one-stop",
      sheets: URL(fileURLWithPath: "scans/demo"), truth: "expected.json")
    let names = FileManager.default.enumerator(atPath: top)?.compactMap { $0 as? String } ?? []
    let folders = names.filter { ($0 as NSString).lastPathComponent == "truth.json" }
      .map { ($0 as NSString).deletingLastPathComponent }.sorted()
    return [demo]
      + folders.map { name in
        let path = (top as NSString).appendingPathComponent(name)
        return SheetSet(
          name: name, form: path, sheets: URL(fileURLWithPath: path), truth: "truth.json")
      }
  }

  /// Loads form and truth.
  func load() throws -> (folder: SheetFolder, truth: Truth) {
    (try SheetFolder(form, sheets: sheets), try Truth(folder: sheets, file: truth))
  }
}

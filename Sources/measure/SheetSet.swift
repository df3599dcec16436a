// SPDX-License-Identifier: Apache-2.0
import Form
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

  /// The demo's ballots of several pages, in the version that they were printed in; `nil` where
  /// that version is not there.
  private static var demo: SheetSet? {
    let versions = "templates/five-factors-25/versions"
    let names = try? FileManager.default.contentsOfDirectory(atPath: versions)
    return names?.min().map {
      SheetSet(
        name: "scans/demo", form: versions + "/" + $0, sheets: URL(fileURLWithPath: "scans/demo"),
        truth: "expected.json")
    }
  }

  /// The demo batch and every folder below `top` that holds a `truth.json`, sorted by name.
  static func all(below top: String) -> [SheetSet] {
    let demo = demo.map { [$0] } ?? []
    let names = FileManager.default.enumerator(atPath: top)?.compactMap { $0 as? String } ?? []
    let folders = names.filter { ($0 as NSString).lastPathComponent == "truth.json" }
      .map { ($0 as NSString).deletingLastPathComponent }.sorted()
    return demo
      + folders.map { name in
        let path = (top as NSString).appendingPathComponent(name)
        return SheetSet(
          name: name, form: path, sheets: URL(fileURLWithPath: path), truth: "truth.json")
      }
  }

  /// Loads form and truth.
  func load() throws -> (folder: SheetFolder, truth: Truth) {
    let folder = try SheetFolder(form, sheets: sheets)
    var truth = try Truth(folder: sheets, file: truth)
    truth.sheets.removeAll { $0.form.map { $0 != folder.form.id } ?? false }
    return (folder, truth)
  }
}

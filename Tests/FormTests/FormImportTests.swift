// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Language
import Testing

/// A folder of its own for each test, removed at the end.
final class ScratchFolder {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("phieu-form-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
  }
}

@Suite struct FormImportTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(exampleJSON, to: "in/form.json")
    try scratch.write("one", to: "in/blank-1.png")
    try scratch.write("two", to: "in/blank-2.png")
  }

  /// The sizes as the example gives them; the pictures here are no pictures.
  static func size(_ path: String) -> (width: Int, height: Int) {
    path.hasSuffix("blank-1.png") ? (2480, 3508) : (1653, 2339)
  }

  func load() throws -> FormImport {
    try FormImport(from: scratch.path + "/in", pictureSize: Self.size)
  }

  @Test("A form by coordinates becomes a folder that loads as the same form")
  func brings() throws {
    try load().write(to: scratch.path + "/templates/ward", replacing: false)
    #expect(
      try scratch.names("templates/ward") == ["blank-1.png", "blank-2.png", "form.yaml"])
    #expect(try scratch.names("templates") == ["ward"])
    let folder = try FormFolder.load(scratch.path + "/templates/ward")
    #expect(try folder.form == FormJSON.read(exampleJSON, file: "form.json"))
    #expect(
      folder.blankPath(of: folder.form.pages[1]) == scratch.path + "/templates/ward/blank-2.png")
    #expect(try scratch.read("templates/ward/blank-2.png") == "two")
  }

  @Test("A folder that is there is replaced only when told so, and only where it is a form's")
  func replaces() throws {
    let target = scratch.path + "/ward"
    try load().write(to: target, replacing: false)
    try scratch.write("note", to: "ward/README.md")
    try scratch.write("newer", to: "in/blank-1.png")
    #expect(throws: FormError.exists(target)) { try load().write(to: target, replacing: false) }
    #expect(try scratch.read("ward/blank-1.png") == "one")
    try load().write(to: target, replacing: true)
    #expect(try scratch.read("ward/blank-1.png") == "newer")
    #expect(try scratch.read("ward/README.md") == "note")
    let other = scratch.path + "/in"
    #expect(throws: FormError.notAForm(other)) { try load().write(to: other, replacing: true) }
    #expect(try scratch.names("") == ["in", "ward"])
  }

  @Test("A blank of another size than the form says is told with the page")
  func wrongSize() throws {
    #expect {
      _ = try FormImport(from: scratch.path + "/in") { _ in (2480, 3508) }
    } throws: { error in
      (error as? FormError)?.words(.english)
        == "\(scratch.path)/in/form.json: pages[1]: the picture blank-2.png is 2480 × 3508 pixels, "
        + "expected the size given here"
    }
  }

  @Test("A missing blank, a missing form and a folder as a file are told by path")
  func missing() throws {
    let blank = scratch.path + "/in/blank-2.png"
    try FileManager.default.removeItem(atPath: blank)
    #expect(throws: FormError.noSuchFile(blank)) { try load() }
    #expect(throws: FormError.noSuchFile(scratch.path + "/no")) {
      try FormImport(from: scratch.path + "/no", pictureSize: Self.size)
    }
    #expect(throws: FormError.noSuchFile(scratch.path + "/form.yaml")) {
      try FormFolder.load(scratch.path)
    }
  }

  @Test("Where the folder cannot be written, nothing is left behind")
  func cannotWrite() throws {
    try scratch.write("a file", to: "file")
    #expect {
      try load().write(to: scratch.path + "/file/ward", replacing: false)
    } throws: { error in
      if case .cannotWrite = error as? FormError { true } else { false }
    }
    #expect(try scratch.names("") == ["file", "in"])
  }

  @Test("A file that is no UTF-8 is told so")
  func notUTF8() throws {
    try Data([0xFF, 0xFE, 0x41]).write(to: URL(fileURLWithPath: scratch.path + "/form.json"))
    #expect {
      _ = try FormFolder.load(scratch.path)
    } throws: { error in
      (error as? FormError)?.words(.english) == "\(scratch.path)/form.json: not UTF-8"
    }
  }
}

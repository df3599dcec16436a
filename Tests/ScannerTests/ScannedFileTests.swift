// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scanner
import Testing

@Suite("Scanned files")
struct ScannedFileTests {
  /// A folder for the time of a test.
  final class Folder {
    let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
      let path = url.appendingPathComponent(name)
      try Data(bytes).write(to: path)
      return path.path
    }
  }

  @Test("A file is known by its path as given and its SHA-256")
  func digest() throws {
    let folder = try Folder()
    let path = try folder.file("abc.png", Array("abc".utf8))
    let file = try ScannedFile(path: path)
    #expect(file.path == path)
    #expect(file.byteCount == 3)
    // FIPS 180-2, example B.1.
    #expect(
      file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(unsafe file.withUnsafeBytes { unsafe Array($0) } == Array("abc".utf8))
  }

  @Test("A large file is mapped and hashes as the same bytes in memory")
  func mapped() throws {
    let folder = try Folder()
    let bytes = [UInt8](repeating: 0, count: 64 << 20) + Array("end".utf8)
    let path = try folder.file("large", bytes)
    let file = try ScannedFile(path: path)
    #expect(try file.sha256 == ScannedFile(path: "", bytes: bytes).sha256)
    #expect(unsafe file.withUnsafeBytes { unsafe Array($0.suffix(3)) } == Array("end".utf8))
  }

  @Test("What is no file that can be read says so")
  func refused() throws {
    let folder = try Folder()
    let empty = try folder.file("empty.tif", [])
    let small = try folder.file("small.tif", [1, 2, 3])
    let pipe = folder.url.appendingPathComponent("pipe").path
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(throws: ScanFailure.notFound) { try ScannedFile(path: empty + "x") }
    #expect(throws: ScanFailure.notFound) { try ScannedFile(path: empty + "/x") }
    #expect(throws: ScanFailure.notAFile) { try ScannedFile(path: folder.url.path) }
    #expect(throws: ScanFailure.notAFile) { try ScannedFile(path: pipe) }
    #expect(throws: ScanFailure.notAFile) { try ScannedFile(path: "/dev/null") }
    #expect(throws: ScanFailure.empty) { try ScannedFile(path: empty) }
    #expect(throws: ScanFailure.empty) { try ScannedFile(path: "", bytes: []) }
    #expect(throws: ScanFailure.fileTooLarge(bytes: 3, limit: 2)) {
      try ScannedFile(path: small, limits: ScanLimits(maxFileBytes: 2))
    }
  }
}

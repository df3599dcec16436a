// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A file whose bytes are kept in the workspace.
public struct KeptFile: Hashable, Sendable {
  /// The path as it was given.
  public var path: String
  /// In hexadecimal, lower case.
  public var sha256: String
  public var bytes: Int
  /// Where the kept bytes stand: what is read, now and whenever somebody asks again.
  public var original: String
}

extension Workspace {
  /// Keeps a file's bytes in `originals/`, unless they stand there already.
  ///
  /// They are written beside their place, flushed to the disk and only then named, so that a
  /// name in `originals/` always stands for whole bytes. `sha256` is theirs, in hexadecimal;
  /// `path` is what the file was called.
  ///
  /// - Throws: `cannotWrite`.
  @unsafe public func keep(
    _ path: String, sha256: String, bytes: UnsafeRawBufferPointer
  ) throws(StoreFailure) -> KeptFile {
    let place = original(sha256: sha256)
    let kept = KeptFile(
      path: path, sha256: sha256, bytes: bytes.count, original: place)
    if unsafe access(place, F_OK) == 0 { return kept }
    try makeFolder(originals)
    let (copy, temporary) = try newTemporaryFile(in: originals)
    var isPlaced = false
    defer {
      close(copy)
      if !isPlaced { unsafe unlink(temporary) }
    }
    var written = 0
    while written < bytes.count {
      let count = unsafe write(
        copy, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(path: temporary, detail: lastError()) }
      written += count
    }
    let parent = String(place.dropLast(sha256.count + 1))
    try makeFolder(parent)
    guard fsync(copy) == 0, unsafe rename(temporary, place) == 0 else {
      throw .cannotWrite(path: place, detail: lastError())
    }
    isPlaced = true
    try flushFolder(parent)
    return kept
  }
}

/// Temporary names begin so; they are leftovers once nobody reads into the workspace.
private let temporaryPrefix = ".incoming-"

/// A new empty file that nobody else has, open for writing.
private func newTemporaryFile(
  in folder: String
) throws(StoreFailure) -> (descriptor: CInt, path: String) {
  var template = Array("\(folder)/\(temporaryPrefix)XXXXXX".utf8CString)
  let descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
    guard let start = name.baseAddress else { return CInt(-1) }
    return unsafe mkstemp(start)
  }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, detail: lastError()) }
  // mkstemp keeps others out; the survey's folder decides who may read.
  guard fchmod(descriptor, 0o444) == 0 else {
    close(descriptor)
    unsafe unlink(path)
    throw .cannotWrite(path: path, detail: lastError())
  }
  return (descriptor, path)
}

extension Workspace {
  /// Removes what a killed program left half copied. Only for the holder of the scan lock.
  func removeLeftovers() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: originals)) ?? []
    for name in names where name.hasPrefix(temporaryPrefix) {
      unsafe unlink(originals + "/" + name)
    }
  }
}

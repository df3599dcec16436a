// SPDX-License-Identifier: Apache-2.0
import Crypto
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
  /// Copies a file into `originals/`, unless its bytes stand there already.
  ///
  /// The copy is written beside its place, flushed to the disk and only then named, so that a
  /// name in `originals/` always stands for whole bytes. Memory: one block of a megabyte.
  ///
  /// - Throws: `cannotRead` for the file given (the others of a batch go on), `cannotWrite` for
  ///   the workspace.
  public func keep(_ path: String) throws(StoreFailure) -> KeptFile {
    let source = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard source >= 0 else { throw .cannotRead(path: path, detail: lastError()) }
    defer { close(source) }
    try refuseOther(than: S_IFREG, source, path)

    let folder = originals
    try makeFolder(folder)
    let (copy, temporary) = try newTemporaryFile(in: folder)
    var isPlaced = false
    defer {
      close(copy)
      if !isPlaced { unsafe unlink(temporary) }
    }

    let (sha256, bytes) = try copyHashing(from: source, path, to: copy, temporary)
    let place = original(sha256: sha256)
    if unsafe access(place, F_OK) != 0 {
      let parent = String(place.dropLast(sha256.count + 1))
      try makeFolder(parent)
      guard fsync(copy) == 0, unsafe rename(temporary, place) == 0 else {
        throw .cannotWrite(path: place, detail: lastError())
      }
      isPlaced = true
      try flushFolder(parent)
    }
    return KeptFile(path: path, sha256: sha256, bytes: bytes, original: place)
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

/// Copies all bytes and tells their hash and count.
private func copyHashing(
  from source: CInt, _ sourcePath: String, to copy: CInt, _ copyPath: String
) throws(StoreFailure) -> (sha256: String, bytes: Int) {
  var hash = SHA256()
  var bytes = 0
  var block = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = unsafe block.withUnsafeMutableBytes {
      unsafe read(source, $0.baseAddress, $0.count)
    }
    if count < 0 {
      if errno == EINTR { continue }
      throw .cannotRead(path: sourcePath, detail: lastError())
    }
    if count == 0 { break }
    hash.update(data: block[..<count])
    bytes += count
    var written = 0
    while written < count {
      let done = unsafe block.withUnsafeBytes {
        unsafe write(copy, $0.baseAddress?.advanced(by: written), count - written)
      }
      if done < 0 {
        if errno == EINTR { continue }
        throw .cannotWrite(path: copyPath, detail: lastError())
      }
      written += done
    }
  }
  return (hash.finalize().map { String(byteInHex: $0) }.joined(), bytes)
}

extension String {
  /// Two digits of a byte, lower case.
  fileprivate init(byteInHex byte: UInt8) {
    let digits = String(byte, radix: 16)
    self = digits.count == 1 ? "0" + digits : digits
  }
}

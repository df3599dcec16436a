// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Bytes that nobody changes, with reading that cannot leave them.
///
/// They are a file's (read once, or mapped where it is large), a copy, or a buffer that a C
/// library gave away.
@safe final class FileBytes: Sendable {
  private enum Owner: Sendable {
    case malloc
    case swift
    case mapping
  }

  /// Files above this are mapped: reading them would hold all of them in memory. Smaller ones
  /// are read, since a mapped file that somebody cuts short ends the program.
  static let mappedFrom = 64 << 20

  let count: Int
  private let owner: Owner
  nonisolated(unsafe) private let base: UnsafeMutableRawPointer

  private init(_ base: UnsafeMutableRawPointer, count: Int, owner: Owner) {
    unsafe self.base = unsafe base
    self.count = count
    self.owner = owner
  }

  deinit {
    switch owner {
    case .malloc: unsafe free(base)
    case .swift: unsafe base.deallocate()
    case .mapping: unsafe munmap(base, count)
    }
  }

  /// Takes over a buffer that `malloc` gave.
  @unsafe static func adopting(_ base: UnsafeMutableRawPointer, count: Int) -> FileBytes {
    unsafe FileBytes(base, count: count, owner: .malloc)
  }

  /// A copy.
  convenience init(_ bytes: [UInt8]) {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    unsafe bytes.withUnsafeBytes { source in
      if let from = source.baseAddress {
        unsafe copy.copyMemory(from: from, byteCount: source.count)
      }
    }
    unsafe self.init(copy, count: bytes.count, owner: .swift)
  }

  /// The bytes of a file, all of them or none.
  static func read(path: String, limit: Int) throws(ScanFailure) -> FileBytes {
    // Not blocking, so that a pipe that nobody writes to does not hold us up.
    let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw failure(errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    let count = Int(facts.st_size)
    guard count > 0 else { throw .empty }
    guard count <= limit else { throw .fileTooLarge(bytes: count, limit: limit) }
    if count >= mappedFrom {
      let base = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
      guard let base = unsafe base, unsafe base != MAP_FAILED else { throw failure(errno) }
      return unsafe FileBytes(base, count: count, owner: .mapping)
    }
    guard let base = unsafe malloc(count) else { throw failure(ENOMEM) }
    let bytes = unsafe FileBytes(base, count: count, owner: .malloc)
    var filled = 0
    while filled < count {
      let got = unsafe Glibc.read(file, base + filled, count - filled)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(errno) }
      guard got > 0 else { throw .unreadable(reason: "the file shrinks while it is read") }
      filled += got
    }
    return bytes
  }

  private static func failure(_ code: Int32) -> ScanFailure {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EISDIR: .notAFile
    default: .unreadable(reason: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "")
    }
  }

  /// The bytes for a C library, for as long as `body` runs.
  @unsafe func withBytes<R, E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    let start = unsafe base.assumingMemoryBound(to: UInt8.self)
    return try unsafe body(UnsafeBufferPointer(start: start, count: count))
  }

  /// The byte at a place, `nil` beyond the end.
  subscript(place: Int) -> UInt8? {
    guard place >= 0, place < count else { return nil }
    return unsafe base.load(fromByteOffset: place, as: UInt8.self)
  }

  /// A number of one to four bytes, the highest first; `nil` beyond the end.
  func big(_ place: Int, bytes: Int) -> Int? {
    guard place >= 0, place <= count - bytes else { return nil }
    return (0..<bytes).reduce(0) { number, step in number << 8 | Int(self[place + step] ?? 0) }
  }

  /// A number of one to four bytes, the lowest first; `nil` beyond the end.
  func little(_ place: Int, bytes: Int) -> Int? {
    guard place >= 0, place <= count - bytes else { return nil }
    return (0..<bytes).reversed().reduce(0) { number, step in
      number << 8 | Int(self[place + step] ?? 0)
    }
  }

  /// Whether this stands at a place.
  func has(_ text: StaticString, at place: Int = 0) -> Bool {
    let wanted = text.utf8CodeUnitCount
    guard place >= 0, place <= count - wanted else { return false }
    return (0..<wanted).allSatisfy { unsafe self[place + $0] == text.utf8Start[$0] }
  }
}

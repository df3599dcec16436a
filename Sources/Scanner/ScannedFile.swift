// SPDX-License-Identifier: Apache-2.0
import CDigest

/// A file as it came: its path as given, its bytes, and what they hash to.
public struct ScannedFile: Sendable {
  /// As the caller gave it.
  public let path: String
  /// SHA-256 of the bytes, 64 small hexadecimal digits.
  public let sha256: String
  let bytes: FileBytes

  /// Opens and hashes a file. Up to 64 MiB are read, more are mapped.
  ///
  /// - Throws: `ScanFailure` where there is no such file, where it is empty, a folder or a
  ///   device, too large or not to be read.
  public init(path: String, limits: ScanLimits = ScanLimits()) throws(ScanFailure) {
    try self.init(
      path: path, bytes: FileBytes.read(path: path, limit: limits.maxFileBytes))
  }

  /// A file that is in memory already; `path` is what messages call it.
  public init(path: String, bytes: [UInt8]) throws(ScanFailure) {
    guard !bytes.isEmpty else { throw .empty }
    try self.init(path: path, bytes: FileBytes(bytes))
  }

  private init(path: String, bytes: FileBytes) throws(ScanFailure) {
    self.path = path
    self.bytes = bytes
    var digest = [UInt8](repeating: 0, count: 32)
    let status = unsafe bytes.withBytes { unsafe phieu_sha256($0.baseAddress, $0.count, &digest) }
    guard status == 0 else { throw .unreadable(reason: "libcrypto refuses SHA-256") }
    let digits = Array("0123456789abcdef".utf8)
    let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    sha256 = String(decoding: hex, as: UTF8.self)
  }

  /// How many bytes the file has.
  public var byteCount: Int { bytes.count }

  /// The bytes, for as long as `body` runs: to keep the original as it came.
  @unsafe public func withUnsafeBytes<R>(
    _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    try unsafe bytes.withBytes { try unsafe body(UnsafeRawBufferPointer($0)) }
  }
}

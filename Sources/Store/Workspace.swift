// SPDX-License-Identifier: Apache-2.0

/// A survey's folder: its forms, its scans, what was read of them.
///
/// ```
/// templates/NAME/   the forms
/// scans/            where scanned files are put
/// originals/        every file that was read, as it came, named by its SHA-256
/// phieu.sqlite      what was read and said
/// ```
public struct Workspace: Hashable, Sendable {
  /// The folder's path, without a slash at its end.
  public let folder: String

  public init(folder: String) {
    var trimmed = folder.isEmpty ? "." : folder
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.folder = trimmed
  }

  public var templates: String { folder + "/templates" }
  public var scans: String { folder + "/scans" }
  public var originals: String { folder + "/originals" }
  public var storePath: String { folder + "/phieu.sqlite" }
  /// Held while files are read into the store, by one program at a time.
  var lockPath: String { folder + "/phieu.lock" }

  /// Where the bytes of a file stand, by their SHA-256 in hexadecimal.
  ///
  /// Two letters make a folder, so that no folder grows beyond a few hundred entries.
  public func original(sha256: String) -> String {
    originals + "/" + sha256.prefix(2) + "/" + sha256
  }
}

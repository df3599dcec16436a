// SPDX-License-Identifier: Apache-2.0

/// The formats that are decoded, told by how a file begins; its name says nothing.
enum PictureFormat: Equatable {
  case png
  case jpeg
  case tiff
  case pdf
  case other(OtherPicture)

  /// `nil` where the bytes begin like nothing known.
  init?(_ bytes: FileBytes) {
    if bytes.big(0, bytes: 4) == 0x8950_4E47, bytes.big(4, bytes: 4) == 0x0D0A_1A0A {
      self = .png
    } else if bytes.big(0, bytes: 3) == 0xFFD8FF {
      self = .jpeg
    } else if [0x4949_2A00, 0x4D4D_002A, 0x4949_2B00, 0x4D4D_002B].contains(
      bytes.big(0, bytes: 4))
    {
      self = .tiff
    } else if let other = OtherPicture(bytes) {
      self = .other(other)
    } else if (0..<1_024).contains(where: { bytes.has("%PDF-", at: $0) }) {
      // Mailers and printers put lines before it, as readers allow.
      self = .pdf
    } else {
      return nil
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Lines of a fax (CCITT T.4, T.6) without a file round them, as PDFs hold them: a TIFF of one
/// strip is written round them, and libtiff reads that.
struct FaxStrip {
  enum Kind {
    case group3
    case group3Mixed
    case group4
  }

  var width: Int
  var height: Int
  var kind: Kind

  /// The picture, white paper white.
  func decode(_ lines: FileBytes, _ limits: ScanLimits) throws(ScanFailure) -> GrayPicture {
    let walk = try TIFFFile(FileBytes(file(lines)), limits)
    guard let (_, result) = walk.next() else { throw .damaged(format: "fax", detail: "") }
    return try result.get().picture
  }

  /// TIFF 6.0: a header of 8 bytes, a directory of entries of 12, then the strip.
  private func file(_ lines: FileBytes) -> [UInt8] {
    let long = 4
    let directory: [(tag: Int, value: Int)] = [
      (256, width), (257, height), (258, 1),
      (259, kind == .group4 ? 4 : 3),
      (262, 0), (266, 1), (273, 8 + 2 + 12 * 11 + 4), (277, 1), (278, height),
      (279, lines.count), (kind == .group4 ? 293 : 292, kind == .group3Mixed ? 1 : 0),
    ]
    var file: [UInt8] = Array("II".utf8)
    func put(_ value: Int, _ bytes: Int) {
      for step in 0..<bytes { file.append(UInt8(truncatingIfNeeded: value >> (8 * step))) }
    }
    put(42, 2)
    put(8, 4)
    put(directory.count, 2)
    for entry in directory {
      put(entry.tag, 2)
      put(long, 2)
      put(1, 4)
      put(entry.value, 4)
    }
    put(0, 4)
    unsafe lines.withBytes { unsafe file.append(contentsOf: $0) }
    return file
  }
}

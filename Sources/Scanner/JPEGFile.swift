// SPDX-License-Identifier: Apache-2.0
import CJPEG
import Imaging

/// JPEG, baseline and progressive, by TurboJPEG: luma only.
enum JPEGFile {
  static let name = "JPEG"

  /// The picture as it was taken, turned as its EXIF says.
  static func decode(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure)
    -> DecodedPicture
  {
    let markers = JPEGMarkers(bytes)
    let picture = try stored(bytes, limits).picture
    let dpi = markers.dpi ?? (0, 0)
    return DecodedPicture(picture, dpiX: dpi.x, dpiY: dpi.y).turned(markers.orientation)
  }

  /// The picture as it is stored, and how many components it has there.
  static func stored(_ bytes: FileBytes, _ limits: ScanLimits) throws(ScanFailure)
    -> (picture: GrayPicture, components: Int)
  {
    var why = [CChar](repeating: 0, count: PHIEU_JPEG_WHY)
    var width: Int32 = 0
    var height: Int32 = 0
    var components: Int32 = 0
    let known = unsafe bytes.withBytes { file in
      unsafe phieu_jpeg_header(
        file.baseAddress, file.count, &width, &height, &components, &why)
    }
    try check(known, why)
    try limits.admit(width: Int(width), height: Int(height), format: name)
    let (picture, status) = unsafe grayPicture(width: Int(width), height: Int(height)) { gray in
      unsafe bytes.withBytes { file in
        unsafe phieu_jpeg_decode(file.baseAddress, file.count, width, height, gray, &why)
      }
    }
    try check(status, why)
    guard let picture else { throw .damaged(format: name, detail: words(why)) }
    return (picture, Int(components))
  }

  private static func check(_ status: Int32, _ why: [CChar]) throws(ScanFailure) {
    switch Int(status) {
    case PHIEU_JPEG_OK: return
    case PHIEU_JPEG_TRUNCATED: throw .truncated(format: name)
    default: throw .damaged(format: name, detail: words(why))
    }
  }
}

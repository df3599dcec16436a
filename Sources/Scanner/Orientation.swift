// SPDX-License-Identifier: Apache-2.0
import Imaging

/// How a stored picture must be turned to lie as it was taken: the numbers of EXIF and TIFF.
enum Orientation: Int {
  case upright = 1
  case mirrored = 2
  case halfTurn = 3
  case flipped = 4
  case transposed = 5
  case quarterClockwise = 6
  case transversed = 7
  case quarterCounterclockwise = 8

  /// Whether width and height change places.
  var swapsSides: Bool { rawValue >= 5 }
}

extension DecodedPicture {
  /// The picture as it was taken.
  func turned(_ orientation: Orientation) -> DecodedPicture {
    guard orientation != .upright else { return self }
    var turned = self
    turned.picture = picture.turned(orientation)
    if orientation.swapsSides, let dpi { turned.dpi = (dpi.y, dpi.x) }
    return turned
  }
}

extension GrayPicture {
  /// The picture turned and mirrored as the orientation asks, pixel for pixel.
  ///
  /// - Complexity: O(*n*); squares of 32 keep both sides in the cache.
  func turned(_ orientation: Orientation) -> GrayPicture {
    let across = orientation.swapsSides ? height : width
    let down = orientation.swapsSides ? width : height
    // Where pixel (0, 0) of the result comes from, and the steps right and down.
    let last = width * height - 1
    let (start, right, below) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrored: (width - 1, -1, width)
      case .halfTurn: (last, -1, -width)
      case .flipped: (last - width + 1, 1, -width)
      case .transposed: (0, width, 1)
      case .quarterClockwise: (last - width + 1, -width, 1)
      case .transversed: (last, -width, -1)
      case .quarterCounterclockwise: (width - 1, width, -1)
      }
    let square = 32
    let turned = unsafe [UInt8](unsafeUninitializedCapacity: across * down) { to, count in
      unsafe pixels.withUnsafeBufferPointer { from in
        for top in stride(from: 0, to: down, by: square) {
          for left in stride(from: 0, to: across, by: square) {
            for y in top..<min(top + square, down) {
              var source = start + y * below + left * right
              for x in left..<min(left + square, across) {
                unsafe to[y * across + x] = from[source]
                source += right
              }
            }
          }
        }
      }
      count = across * down
    }
    return GrayPicture(width: across, height: down, pixels: turned)
  }
}

// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Blurring by a Gaussian, cut off at three σ, first along columns, then along rows. Beyond the
/// picture there is nothing (0): made for ink, where 0 is bare paper.
public enum GaussianBlur {
  /// Blurs a picture of bytes.
  ///
  /// - Parameters:
  ///   - picture: Levels of which 0 is nothing.
  ///   - sigma: In pixels; up to 0.05 leaves the picture as it is.
  /// - Returns: The picture blurred, of the same size.
  public static func blurred(_ picture: GrayPicture, sigma: Double) -> FloatPicture {
    let (width, height) = (picture.width, picture.height)
    guard sigma > 0.05 else {
      return FloatPicture(width: width, height: height, pixels: picture.pixels.map { Float($0) })
    }
    let weights = Self.weights(sigma: sigma)
    return unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe blurred(width, height, weights) { line, y, weight in
        let row = unsafe source.baseAddress.unsafelyUnwrapped + y * width
        for x in 0..<width { unsafe line[x] += weight * Float(row[x]) }
      }
    }
  }

  /// Blurs a picture of numbers.
  ///
  /// - Parameters:
  ///   - picture: Levels of which 0 is nothing.
  ///   - sigma: In pixels; up to 0.05 leaves the picture as it is.
  /// - Returns: The picture blurred, of the same size.
  public static func blurred(_ picture: FloatPicture, sigma: Double) -> FloatPicture {
    guard sigma > 0.05 else { return picture }
    let width = picture.width
    let weights = Self.weights(sigma: sigma)
    return unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe blurred(width, picture.height, weights) { line, y, weight in
        let row = unsafe source.baseAddress.unsafelyUnwrapped + y * width
        for x in 0..<width { unsafe line[x] += weight * row[x] }
      }
    }
  }

  /// - Parameter addRow: Adds row `y` times a weight to a line.
  @inline(__always)
  private static func blurred(
    _ width: Int, _ height: Int, _ weights: [Float],
    addRow: (_ line: UnsafeMutablePointer<Float>, _ y: Int, _ weight: Float) -> Void
  ) -> FloatPicture {
    let radius = weights.count / 2
    var line = [Float](repeating: 0, count: width + 2 * radius)
    let pixels = unsafe [Float](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe line.withUnsafeMutableBufferPointer { line in
        let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
        for y in 0..<height {
          unsafe middle.update(repeating: 0, count: width)
          for tap in max(-radius, -y)...min(radius, height - 1 - y) {
            unsafe addRow(middle, y + tap, weights[tap + radius])
          }
          let row = unsafe out.baseAddress.unsafelyUnwrapped + y * width
          unsafe row.initialize(repeating: 0, count: width)
          for tap in -radius...radius {
            let weight = weights[tap + radius]
            for x in 0..<width { unsafe row[x] += weight * middle[x + tap] }
          }
        }
      }
    }
    return FloatPicture(width: width, height: height, pixels: pixels)
  }

  /// The weights from −3σ to 3σ; their sum is 1.
  static func weights(sigma: Double) -> [Float] {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let raw = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = raw.reduce(0, +)
    return raw.map { Float($0 / sum) }
  }
}

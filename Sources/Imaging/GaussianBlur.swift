// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Blurring by a Gaussian, cut off at three σ, first along columns, then along rows. Beyond the
/// picture there is nothing (0): made for ink, where 0 is bare paper.
public enum GaussianBlur {
  /// - Parameter sigma: In pixels; 0 leaves the picture as it is.
  public static func blurred(_ picture: GrayPicture, sigma: Double) -> FloatPicture {
    let floats = FloatPicture(
      width: picture.width, height: picture.height, pixels: picture.pixels.map { Float($0) })
    return blurred(floats, sigma: sigma)
  }

  /// - Parameter sigma: In pixels; 0 leaves the picture as it is.
  public static func blurred(_ picture: FloatPicture, sigma: Double) -> FloatPicture {
    guard sigma > 0.05 else { return picture }
    let weights = Self.weights(sigma: sigma)
    let radius = weights.count / 2
    let (width, height) = (picture.width, picture.height)
    var result = picture
    var line = [Float](repeating: 0, count: width + 2 * radius)
    unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe result.pixels.withUnsafeMutableBufferPointer { out in
        unsafe line.withUnsafeMutableBufferPointer { line in
          for y in 0..<height {
            let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
            unsafe middle.update(repeating: 0, count: width)
            for tap in max(-radius, -y)...min(radius, height - 1 - y) {
              let row = unsafe source.baseAddress.unsafelyUnwrapped + (y + tap) * width
              unsafe add(middle, row, weights[tap + radius], width)
            }
            let row = unsafe out.baseAddress.unsafelyUnwrapped + y * width
            unsafe row.update(repeating: 0, count: width)
            for tap in -radius...radius {
              unsafe add(row, middle + tap, weights[tap + radius], width)
            }
          }
        }
      }
    }
    return result
  }

  /// The weights from −3σ to 3σ; their sum is 1.
  static func weights(sigma: Double) -> [Float] {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let raw = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = raw.reduce(0, +)
    return raw.map { Float($0 / sum) }
  }

  @inline(__always)
  private static func add(
    _ out: UnsafeMutablePointer<Float>, _ row: UnsafePointer<Float>, _ weight: Float, _ count: Int
  ) {
    for x in 0..<count { unsafe out[x] += weight * row[x] }
  }
}

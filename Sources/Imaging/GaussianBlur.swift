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
    // Columns in 16 bits, with weights of 256ths.
    let weights = Self.weights(sigma: sigma)
    let parts = Self.parts(of: weights)
    var sums = [UInt16](repeating: 0, count: width)
    return unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe blurred(width, height, weights) { line, y, taps in
          unsafe sums.update(repeating: 0)
          for tap in taps {
            let part = parts[tap + weights.count / 2]
            let row = unsafe source.baseAddress.unsafelyUnwrapped + (y + tap) * width
            for x in 0..<width { unsafe sums[x] = sums[x] &+ part &* UInt16(row[x]) }
          }
          for x in 0..<width { unsafe line[x] = Float(sums[x]) * (1 / 256) }
        }
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
      unsafe blurred(width, picture.height, weights) { line, y, taps in
        unsafe line.update(repeating: 0, count: width)
        for tap in taps {
          let weight = weights[tap + weights.count / 2]
          let row = unsafe source.baseAddress.unsafelyUnwrapped + (y + tap) * width
          for x in 0..<width { unsafe line[x] += weight * row[x] }
        }
      }
    }
  }

  /// Blurs along rows what `column` blurs along columns: it fills a line with the weighted sum of
  /// the rows `y + tap`.
  @inline(__always)
  private static func blurred(
    _ width: Int, _ height: Int, _ weights: [Float],
    column: (_ line: UnsafeMutablePointer<Float>, _ y: Int, _ taps: ClosedRange<Int>) -> Void
  ) -> FloatPicture {
    let radius = weights.count / 2
    var line = [Float](repeating: 0, count: width + 2 * radius)
    let pixels = unsafe [Float](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe line.withUnsafeMutableBufferPointer { line in
        let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
        for y in 0..<height {
          unsafe column(middle, y, max(-radius, -y)...min(radius, height - 1 - y))
          let row = unsafe out.baseAddress.unsafelyUnwrapped + y * width
          for x in 0..<width { unsafe row[x] = weights[radius] * middle[x] }
          for tap in 1...radius {
            let weight = weights[radius + tap]
            let (left, right) = unsafe (middle - tap, middle + tap)
            for x in 0..<width { unsafe row[x] += weight * (left[x] + right[x]) }
          }
        }
      }
    }
    return FloatPicture(width: width, height: height, pixels: pixels)
  }

  /// The weights in 256ths; their sum is 256.
  private static func parts(of weights: [Float]) -> [UInt16] {
    var parts = weights.map { UInt16(($0 * 256).rounded()) }
    let rest = 256 - parts.reduce(0) { $0 + Int($1) }
    parts[parts.count / 2] = UInt16(Int(parts[parts.count / 2]) + rest)
    return parts
  }

  /// The weights from −3σ to 3σ; their sum is 1.
  static func weights(sigma: Double) -> [Float] {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let raw = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = raw.reduce(0, +)
    return raw.map { Float($0 / sum) }
  }
}

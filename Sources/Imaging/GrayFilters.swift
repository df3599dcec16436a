// SPDX-License-Identifier: Apache-2.0
import Foundation

// Filters on small neighbourhoods, each as rows of one pass along x and one along y. Outside the
// picture the nearest pixel counts.

extension GrayPicture {
  /// The darkest value within a square of `2 * radius + 1` pixels.
  ///
  /// - Complexity: O(pixels × radius), along rows of bytes that the compiler vectorises.
  public func darkest(within radius: Int) -> GrayPicture {
    filtered(radius) { min($0, $1) }
  }

  /// The brightest value within a square of `2 * radius + 1` pixels.
  public func brightest(within radius: Int) -> GrayPicture {
    filtered(radius) { max($0, $1) }
  }

  @inline(__always)
  private func filtered(_ radius: Int, _ choose: (UInt8, UInt8) -> UInt8) -> GrayPicture {
    guard radius > 0 else { return self }
    var rows = self
    let (width, height) = (width, height)
    unsafe pixels.withUnsafeBufferPointer { source in
      unsafe rows.pixels.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let row = y * width
          for shift in 1...radius {
            for x in 0..<max(0, width - shift) {
              unsafe target[row + x] = choose(target[row + x], source[row + x + shift])
            }
            for x in min(shift, width)..<width {
              unsafe target[row + x] = choose(target[row + x], source[row + x - shift])
            }
          }
        }
      }
    }
    var result = rows
    unsafe rows.pixels.withUnsafeBufferPointer { source in
      unsafe result.pixels.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          for other in max(0, y - radius)...min(height - 1, y + radius) where other != y {
            let (to, from) = (y * width, other * width)
            for x in 0..<width {
              unsafe target[to + x] = choose(target[to + x], source[from + x])
            }
          }
        }
      }
    }
    return result
  }

  /// The picture convolved with a Gaussian of `sigma` pixels, cut at 3 σ, rounded to bytes.
  public func blurred(sigma: Double) -> GrayPicture {
    guard sigma > 0 else { return self }
    let floats = FloatPicture(width: width, height: height, pixels: pixels.map(Float.init))
      .blurred(sigma: sigma)
    return GrayPicture(
      width: width, height: height,
      pixels: floats.pixels.map { UInt8(max(0, min(255, $0 + 0.5))) })
  }
}

extension FloatPicture {
  /// The picture convolved with a Gaussian of `sigma` pixels, cut at 3 σ.
  public func blurred(sigma: Double) -> FloatPicture {
    guard sigma > 0, width > 0, height > 0 else { return self }
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let weights = Self.gaussian(sigma: sigma, radius: radius)
    var rows = FloatPicture(width: width, height: height)
    let (width, height) = (width, height)
    unsafe pixels.withUnsafeBufferPointer { source in
      unsafe rows.pixels.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let row = y * width
          for x in 0..<width { unsafe target[row + x] = weights[0] * source[row + x] }
          for shift in 1...radius {
            let weight = weights[shift]
            let inner = max(0, width - shift)
            for x in 0..<inner {
              unsafe target[row + x] += weight * source[row + x + shift]
            }
            for x in inner..<width { unsafe target[row + x] += weight * source[row + width - 1] }
            for x in min(shift, width)..<width {
              unsafe target[row + x] += weight * source[row + x - shift]
            }
            for x in 0..<min(shift, width) { unsafe target[row + x] += weight * source[row] }
          }
        }
      }
    }
    var result = FloatPicture(width: width, height: height)
    unsafe rows.pixels.withUnsafeBufferPointer { source in
      unsafe result.pixels.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let to = y * width
          for shift in -radius...radius {
            let from = min(max(y + shift, 0), height - 1) * width
            let weight = weights[abs(shift)]
            for x in 0..<width { unsafe target[to + x] += weight * source[from + x] }
          }
        }
      }
    }
    return result
  }

  /// Half of a Gaussian's weights, from its middle outwards; the whole sums to 1.
  private static func gaussian(sigma: Double, radius: Int) -> [Float] {
    let half = (0...radius).map { Double($0 * $0) / (-2 * sigma * sigma) }
      .map { exp($0) }
    let sum = 2 * half.reduce(0, +) - half[0]
    return half.map { Float($0 / sum) }
  }
}

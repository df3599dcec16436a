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

  /// A row's columns first, into a line that stays in the nearest cache, then along the line.
  @inline(__always)
  private func filtered(_ radius: Int, _ choose: (UInt8, UInt8) -> UInt8) -> GrayPicture {
    guard radius > 0, width > 0, height > 0 else { return self }
    let (width, height) = (width, height)
    var line = [UInt8](repeating: 0, count: width + 2 * radius)
    let filtered = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe pixels.withUnsafeBufferPointer { source in
        unsafe line.withUnsafeMutableBufferPointer { line in
          let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
          func row(_ y: Int) -> UnsafePointer<UInt8> {
            unsafe source.baseAddress.unsafelyUnwrapped + min(max(y, 0), height - 1) * width
          }
          for y in 0..<height {
            let here = unsafe row(y)
            let (a, b) = unsafe (row(y - 1), row(y + 1))
            for x in 0..<width { unsafe middle[x] = choose(choose(a[x], b[x]), here[x]) }
            for away in stride(from: 2, through: radius, by: 1) {
              let (a, b) = unsafe (row(y - away), row(y + away))
              for x in 0..<width { unsafe middle[x] = choose(choose(a[x], b[x]), middle[x]) }
            }
            for away in 1...radius {
              unsafe middle[-away] = middle[0]
              unsafe middle[width - 1 + away] = middle[width - 1]
            }
            let to = unsafe out.baseAddress.unsafelyUnwrapped + y * width
            if radius == 2 {
              for x in 0..<width {
                unsafe to[x] = choose(
                  choose(choose(middle[x - 2], middle[x - 1]), middle[x]),
                  choose(middle[x + 1], middle[x + 2]))
              }
              continue
            }
            for x in 0..<width {
              unsafe to[x] = choose(choose(middle[x - 1], middle[x + 1]), middle[x])
            }
            for away in stride(from: 2, through: radius, by: 1) {
              for x in 0..<width {
                unsafe to[x] = choose(choose(middle[x - away], middle[x + away]), to[x])
              }
            }
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: filtered)
  }

  /// The picture convolved with a Gaussian of `sigma` pixels, cut at 3 σ, rounded to bytes.
  public func blurred(sigma: Double) -> GrayPicture {
    guard sigma > 0, width > 0, height > 0 else { return self }
    let floats = FloatPicture.blurred(pixels, width: width, height: height, sigma: sigma) {
      Float($0)
    }
    return GrayPicture(
      width: width, height: height,
      pixels: floats.pixels.map { UInt8(max(0, min(255, $0 + 0.5))) })
  }
}

extension FloatPicture {
  /// The picture convolved with a Gaussian of `sigma` pixels, cut at 3 σ.
  public func blurred(sigma: Double) -> FloatPicture {
    guard sigma > 0, width > 0, height > 0 else { return self }
    return Self.blurred(pixels, width: width, height: height, sigma: sigma) { $0 }
  }

  /// A row's columns first, into a line that stays in the nearest cache, then along the line.
  @inline(__always)
  fileprivate static func blurred<Pixel>(
    _ pixels: [Pixel], width: Int, height: Int, sigma: Double, level: (Pixel) -> Float
  ) -> FloatPicture {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let weights = gaussian(sigma: sigma, radius: radius)
    var line = [Float](repeating: 0, count: width + 2 * radius)
    let blurred = unsafe [Float](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe pixels.withUnsafeBufferPointer { source in
        unsafe line.withUnsafeMutableBufferPointer { line in
          let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
          func row(_ y: Int) -> UnsafePointer<Pixel> {
            unsafe source.baseAddress.unsafelyUnwrapped + min(max(y, 0), height - 1) * width
          }
          for y in 0..<height {
            let here = unsafe row(y)
            for x in 0..<width { unsafe middle[x] = weights[0] * level(here[x]) }
            for away in 1...radius {
              let (a, b, weight) = unsafe (row(y - away), row(y + away), weights[away])
              for x in 0..<width { unsafe middle[x] += weight * (level(a[x]) + level(b[x])) }
            }
            for away in 1...radius {
              unsafe middle[-away] = middle[0]
              unsafe middle[width - 1 + away] = middle[width - 1]
            }
            let to = unsafe out.baseAddress.unsafelyUnwrapped + y * width
            for x in 0..<width { unsafe to[x] = weights[0] * middle[x] }
            for away in 1...radius {
              let weight = weights[away]
              for x in 0..<width {
                unsafe to[x] += weight * (middle[x - away] + middle[x + away])
              }
            }
          }
        }
      }
    }
    return FloatPicture(width: width, height: height, pixels: blurred)
  }

  /// Half of a Gaussian's weights, from its middle outwards; the whole sums to 1.
  private static func gaussian(sigma: Double, radius: Int) -> [Float] {
    let half = (0...radius).map { Double($0 * $0) / (-2 * sigma * sigma) }
      .map { exp($0) }
    let sum = 2 * half.reduce(0, +) - half[0]
    return half.map { Float($0 / sum) }
  }
}

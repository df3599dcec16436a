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
    let (width, height) = (width, height)
    let blur = RowBlur(width: width, sigma: sigma)
    var line = blur.line
    var blurred = [Float](repeating: 0, count: width)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe pixels.withUnsafeBufferPointer { source in
        unsafe blurred.withUnsafeMutableBufferPointer { blurred in
          unsafe line.withUnsafeMutableBufferPointer { line in
            let middle = unsafe line.baseAddress.unsafelyUnwrapped + blur.radius
            let to = unsafe blurred.baseAddress.unsafelyUnwrapped
            func row(_ y: Int) -> UnsafePointer<UInt8> {
              unsafe source.baseAddress.unsafelyUnwrapped + min(max(y, 0), height - 1) * width
            }
            for y in 0..<height {
              let here = unsafe row(y)
              for x in 0..<width { unsafe middle[x] = blur.weights[0] * Float(here[x]) }
              for away in 1...blur.radius {
                let (a, b, weight) = unsafe (row(y - away), row(y + away), blur.weights[away])
                // Two bytes are added as whole numbers: one conversion instead of two.
                for x in 0..<width {
                  unsafe middle[x] += weight * Float(UInt16(a[x]) &+ UInt16(b[x]))
                }
              }
              unsafe blur.along(line, into: to)
              let byte = unsafe out.baseAddress.unsafelyUnwrapped + y * width
              // A whole number in the lowest bits: cutting off costs a check of the range.
              for x in 0..<width {
                let rounded = unsafe max(0, min(255, to[x])) + RowBlur.wholeAbove
                unsafe byte[x] = UInt8(truncatingIfNeeded: rounded.bitPattern)
              }
            }
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: bytes)
  }
}

extension FloatPicture {
  /// The picture convolved with a Gaussian of `sigma` pixels, cut at 3 σ.
  public func blurred(sigma: Double) -> FloatPicture {
    guard sigma > 0, width > 0, height > 0 else { return self }
    let (width, height) = (width, height)
    let blur = RowBlur(width: width, sigma: sigma)
    var line = blur.line
    let blurred = unsafe [Float](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe pixels.withUnsafeBufferPointer { source in
        unsafe line.withUnsafeMutableBufferPointer { line in
          let middle = unsafe line.baseAddress.unsafelyUnwrapped + blur.radius
          func row(_ y: Int) -> UnsafePointer<Float> {
            unsafe source.baseAddress.unsafelyUnwrapped + min(max(y, 0), height - 1) * width
          }
          for y in 0..<height {
            let here = unsafe row(y)
            for x in 0..<width { unsafe middle[x] = blur.weights[0] * here[x] }
            for away in 1...blur.radius {
              let (a, b, weight) = unsafe (row(y - away), row(y + away), blur.weights[away])
              for x in 0..<width { unsafe middle[x] += weight * (a[x] + b[x]) }
            }
            unsafe blur.along(line, into: out.baseAddress.unsafelyUnwrapped + y * width)
          }
        }
      }
    }
    return FloatPicture(width: width, height: height, pixels: blurred)
  }
}

/// Blurring row by row: a row's columns first, into a line that stays in the nearest cache, then
/// along the line.
private struct RowBlur {
  let width: Int
  let radius: Int
  /// Half of a Gaussian's weights, from its middle outwards; the whole sums to 1.
  let weights: [Float]

  /// 2²³: from here on a number's last bit is 1.
  static let wholeAbove: Float = 8_388_608

  init(width: Int, sigma: Double) {
    self.width = width
    radius = max(1, Int((3 * sigma).rounded(.up)))
    let half = (0...radius).map { exp(Double($0 * $0) / (-2 * sigma * sigma)) }
    let sum = 2 * half.reduce(0, +) - half[0]
    weights = half.map { Float($0 / sum) }
  }

  /// Room for a row and what lies beside it.
  var line: [Float] { [Float](repeating: 0, count: width + 2 * radius) }

  /// Blurs a line, whose ends it fills with the picture's own.
  @inline(__always)
  func along(_ line: UnsafeMutableBufferPointer<Float>, into to: UnsafeMutablePointer<Float>) {
    let middle = unsafe line.baseAddress.unsafelyUnwrapped + radius
    for away in 1...radius {
      unsafe middle[-away] = middle[0]
      unsafe middle[width - 1 + away] = middle[width - 1]
    }
    for x in 0..<width { unsafe to[x] = weights[0] * middle[x] }
    for away in 1...radius {
      let weight = weights[away]
      for x in 0..<width { unsafe to[x] += weight * (middle[x - away] + middle[x + away]) }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Shrinking by the mean of what each new pixel covers.
///
/// Pixel (i, j) of the result covers the rectangle from (i·k, j·k) to ((i+1)·k, (j+1)·k) of the
/// source, k being the factor *asked for*: a place (x, y) of the result, measured from the upper
/// left corner, is the place (k·x, k·y) of the source, exactly. The ratio of the rounded sizes is
/// not the scale. What is left over at the right and the bottom, less than one new pixel, is
/// dropped.
public enum AreaMean {
  /// The picture, `factor` times smaller.
  ///
  /// - Parameters:
  ///   - picture: Any picture.
  ///   - factor: Source pixels for each pixel of the result, at least 1.
  /// - Returns: The means, rounded; at least one pixel.
  /// - Complexity: Every source pixel is read once.
  public static func shrunk(_ picture: GrayPicture, by factor: Double) -> GrayPicture {
    precondition(factor >= 1)
    let whole = factor.rounded()
    if whole == 1 && factor == 1 { return picture }
    let width = max(1, Int((Double(picture.width) / factor + 1e-9).rounded(.down)))
    let height = max(1, Int((Double(picture.height) / factor + 1e-9).rounded(.down)))
    if whole == factor, factor <= 16, width * Int(factor) <= picture.width,
      height * Int(factor) <= picture.height
    {
      return shrunkByWhole(picture, by: Int(factor), width: width, height: height)
    }
    return shrunkByFraction(picture, by: factor, width: width, height: height)
  }

  /// A whole factor: sums of bytes in 16 bits, which hold up to 16 × 16 of them.
  private static func shrunkByWhole(
    _ picture: GrayPicture, by factor: Int, width: Int, height: Int
  ) -> GrayPicture {
    let (stride, used) = (picture.width, width * factor)
    let area = UInt64(factor * factor)
    // Division by a multiplication: exact for sums up to 256 · 255 and areas up to 256.
    let inverse = (UInt64(1) << 32) / area + 1
    var sums = [UInt16](repeating: 0, count: used)
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe picture.pixels.withUnsafeBufferPointer { source in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<height {
            let first = unsafe source.baseAddress.unsafelyUnwrapped + y * factor * stride
            unsafe startSums(sums.baseAddress.unsafelyUnwrapped, first, used)
            for line in 1..<max(factor, 1) {
              unsafe addSums(sums.baseAddress.unsafelyUnwrapped, first + line * stride, used)
            }
            let row = unsafe out.baseAddress.unsafelyUnwrapped + y * width
            if factor == 2 {
              unsafe meansOfTwo(row, sums.baseAddress.unsafelyUnwrapped, width)
            } else {
              for x in 0..<width {
                var sum = area / 2
                for column in 0..<factor { unsafe sum &+= UInt64(sums[x * factor + column]) }
                unsafe row[x] = UInt8(truncatingIfNeeded: (sum &* inverse) >> 32)
              }
            }
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: pixels)
  }

  @inline(__always)
  private static func startSums(
    _ sums: UnsafeMutablePointer<UInt16>, _ row: UnsafePointer<UInt8>, _ count: Int
  ) {
    for x in 0..<count { unsafe sums[x] = UInt16(row[x]) }
  }

  @inline(__always)
  private static func addSums(
    _ sums: UnsafeMutablePointer<UInt16>, _ row: UnsafePointer<UInt8>, _ count: Int
  ) {
    for x in 0..<count { unsafe sums[x] = sums[x] &+ UInt16(row[x]) }
  }

  @inline(__always)
  private static func meansOfTwo(
    _ row: UnsafeMutablePointer<UInt8>, _ sums: UnsafePointer<UInt16>, _ count: Int
  ) {
    for x in 0..<count {
      unsafe row[x] = UInt8(truncatingIfNeeded: (sums[2 * x] &+ sums[2 * x + 1] &+ 2) >> 2)
    }
  }

  /// Any factor: rows are added with their share, then columns.
  private static func shrunkByFraction(
    _ picture: GrayPicture, by factor: Double, width: Int, height: Int
  ) -> GrayPicture {
    let columns = Shares(count: width, factor: factor, limit: picture.width)
    let rows = Shares(count: height, factor: factor, limit: picture.height)
    let stride = picture.width
    var sums = [Float](repeating: 0, count: stride)
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      count = width * height
      unsafe picture.pixels.withUnsafeBufferPointer { source in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<height {
            for x in 0..<stride { unsafe sums[x] = 0 }
            for tap in 0..<rows.taps {
              let share = rows.shares[y * rows.taps + tap]
              guard share > 0 else { continue }
              let start = (rows.first[y] + tap) * stride
              let line = unsafe source.baseAddress.unsafelyUnwrapped + start
              for x in 0..<stride { unsafe sums[x] += share * Float(line[x]) }
            }
            for x in 0..<width {
              let (first, at) = (columns.first[x], x * columns.taps)
              var sum: Float = 0.5
              for tap in 0..<columns.taps {
                // Where the share is 0 the pixel may lie outside: the last one stands for it.
                unsafe sum += columns.shares[at + tap] * sums[min(first + tap, stride - 1)]
              }
              unsafe out[y * width + x] = UInt8(max(0, min(255, sum)))
            }
          }
        }
      }
    }
    return GrayPicture(width: width, height: height, pixels: pixels)
  }

  /// For each new pixel along one axis: the first source pixel under it and the share of each
  /// source pixel in its mean.
  private struct Shares {
    let taps: Int
    var first: [Int]
    var shares: [Float]

    init(count: Int, factor: Double, limit: Int) {
      taps = Int(factor.rounded(.up)) + 1
      first = []
      shares = []
      first.reserveCapacity(count)
      shares.reserveCapacity(count * taps)
      for index in 0..<count {
        let low = Double(index) * factor
        let high = min(low + factor, Double(limit))
        let start = min(Int(low), limit - 1)
        first.append(start)
        for tap in 0..<taps {
          let left = max(low, Double(start + tap))
          let right = min(high, Double(start + tap + 1))
          shares.append(start + tap < limit ? Float(max(0, right - left) / (high - low)) : 0)
        }
      }
    }
  }
}

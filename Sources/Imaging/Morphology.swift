// SPDX-License-Identifier: Apache-2.0

/// Filters that order gray levels by squares.
///
/// The largest (smallest) level over a run of n pixels is found by doubling: of runs of 1, of 2,
/// of 4 …, and last of two overlapping runs that make n. Beyond the picture nothing counts.
public enum Morphology {
  /// Black-hat: the closing by a square less the picture. Dark things thinner than the square
  /// stay, as bright as they are darker than their surroundings; shading, shadows and broad dark
  /// areas become 0.
  ///
  /// - Parameters:
  ///   - picture: Any picture of dark things on bright paper.
  ///   - side: The square's side in pixels, odd, at least 3.
  /// - Returns: Gray levels below the surroundings; 0 is bare paper.
  /// - Complexity: O(log `side`) a pixel.
  /// - SeeAlso: J. Serra, *Image Analysis and Mathematical Morphology*, Academic Press 1982.
  public static func blackHat(_ picture: GrayPicture, side: Int) -> GrayPicture {
    precondition(side >= 3 && side % 2 == 1)
    var closed = extremes(picture.pixels, picture.width, picture.height, side, largest: true)
    closed = extremes(closed, picture.width, picture.height, side, largest: false)
    let count = closed.count
    unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe closed.withUnsafeMutableBufferPointer { closed in
        // The closing is nowhere darker than the picture.
        for index in 0..<count { unsafe closed[index] = closed[index] &- source[index] }
      }
    }
    return GrayPicture(width: picture.width, height: picture.height, pixels: closed)
  }

  /// The largest or smallest level in the square round each pixel.
  static func extremes(
    _ pixels: [UInt8], _ width: Int, _ height: Int, _ side: Int, largest: Bool
  ) -> [UInt8] {
    let radius = side / 2
    let nothing: UInt8 = largest ? 0 : 255
    // Rows: each in a line with `radius` pixels of nothing on both sides.
    let line = width + 2 * radius
    let tall = height + 2 * radius
    var one = [UInt8](repeating: nothing, count: max(line, tall * width))
    var two = [UInt8](repeating: nothing, count: max(line, tall * width))
    var result = [UInt8](repeating: nothing, count: width * height)
    unsafe one.withUnsafeMutableBufferPointer { one in
      unsafe two.withUnsafeMutableBufferPointer { two in
        unsafe result.withUnsafeMutableBufferPointer { result in
          unsafe pixels.withUnsafeBufferPointer { pixels in
            var a = unsafe one.baseAddress.unsafelyUnwrapped
            var b = unsafe two.baseAddress.unsafelyUnwrapped
            let out = unsafe result.baseAddress.unsafelyUnwrapped
            let source = unsafe pixels.baseAddress.unsafelyUnwrapped
            for y in 0..<height {
              unsafe a.update(repeating: nothing, count: radius)
              unsafe (a + radius).update(from: source + y * width, count: width)
              unsafe (a + radius + width).update(repeating: nothing, count: radius)
              unsafe double(&a, &b, count: line, step: 1, side: side, largest: largest)
              unsafe (out + y * width).update(from: a, count: width)
            }
            // Columns: the whole picture with `radius` rows of nothing above and below.
            unsafe a.update(repeating: nothing, count: radius * width)
            unsafe (a + radius * width).update(from: out, count: height * width)
            unsafe (a + (radius + height) * width).update(
              repeating: nothing, count: radius * width)
            unsafe double(&a, &b, count: tall * width, step: width, side: side, largest: largest)
            unsafe out.update(from: a, count: height * width)
          }
        }
      }
    }
    return result
  }

  /// Runs of `side` elements that lie `step` apart, by doubling; the result is in `a`.
  @inline(__always)
  private static func double(
    _ a: inout UnsafeMutablePointer<UInt8>, _ b: inout UnsafeMutablePointer<UInt8>,
    count: Int, step: Int, side: Int, largest: Bool
  ) {
    var (run, left) = (1, count)
    while run < side {
      let shift = min(run, side - run)
      left -= shift * step
      if largest {
        unsafe largerOnes(b, a, a + shift * step, left)
      } else {
        unsafe smallerOnes(b, a, a + shift * step, left)
      }
      unsafe swap(&a, &b)
      run += shift
    }
  }

  @inline(never)
  private static func largerOnes(
    _ out: UnsafeMutablePointer<UInt8>, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
    _ count: Int
  ) {
    for index in 0..<count { unsafe out[index] = max(a[index], b[index]) }
  }

  @inline(never)
  private static func smallerOnes(
    _ out: UnsafeMutablePointer<UInt8>, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
    _ count: Int
  ) {
    for index in 0..<count { unsafe out[index] = min(a[index], b[index]) }
  }
}

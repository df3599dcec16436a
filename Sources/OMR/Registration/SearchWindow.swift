// SPDX-License-Identifier: Apache-2.0
import Imaging

/// A square of print, its mean taken off, in whole numbers (eighths of a gray level).
struct Template {
  /// Rows of `stride` numbers; what is beyond `side` is 0.
  let values: [Int16]
  /// The square root of the sum of squares.
  let length: Float

  init(_ ink: FloatPicture, x: Int, y: Int, side: Int) {
    let stride = SearchWindow.stride(for: side)
    var sum: Float = 0
    for row in 0..<side {
      for column in 0..<side { sum += ink[x - side / 2 + column, y - side / 2 + row] }
    }
    let mean = sum / Float(side * side)
    var values = [Int16](repeating: 0, count: side * stride)
    var square: Float = 0
    for row in 0..<side {
      for column in 0..<side {
        let level = 8 * (ink[x - side / 2 + column, y - side / 2 + row] - mean)
        values[row * stride + column] = Int16(level.rounded())
        square += level * level
      }
    }
    self.values = values
    length = square.squareRoot()
  }
}

/// The part of a page round an expected place, laid in the blank's frame, and its correlation
/// with a template at every shift.
struct SearchWindow {
  let side: Int
  let reach: Int
  /// Side of the window.
  let full: Int
  /// Numbers a row.
  let line: Int
  private var values: [Int16]
  /// Sums over the rectangle above and left, of levels and of their squares.
  private var sums: [Int64]
  private var squares: [Int64]

  /// Numbers a row of a template: a multiple of 16, so that rows are whole vectors.
  static func stride(for side: Int) -> Int { (side + 15) / 16 * 16 }

  init(side: Int, reach: Int) {
    self.side = side
    self.reach = reach
    full = side + 2 * reach
    line = full + Self.stride(for: side) - side
    values = [Int16](repeating: 0, count: full * line)
    sums = [Int64](repeating: 0, count: (full + 1) * (full + 1))
    squares = sums
  }

  /// Takes a part of a picture as it is; outside there is no ink.
  mutating func copy(_ ink: FloatPicture, x: Int, y: Int) {
    for row in 0..<full {
      for column in 0..<full {
        let (px, py) = (x - full / 2 + column, y - full / 2 + row)
        let inside = px >= 0 && py >= 0 && px < ink.width && py < ink.height
        values[row * line + column] = inside ? Int16((8 * ink[px, py]).rounded()) : 0
      }
    }
    addUp()
  }

  /// Samples the page where the blank's pixels fall, bilinear; outside there is no ink.
  ///
  /// - Parameters:
  ///   - middle: Where the window's middle falls, in the level's pixels from its corner.
  ///   - right: The step on the page for one pixel to the right on the blank.
  ///   - down: The same for one pixel down.
  mutating func sample(
    _ ink: FloatPicture, middle: SIMD2<Double>, right: SIMD2<Double>, down: SIMD2<Double>
  ) {
    let (width, height) = (ink.width, ink.height)
    let half = Double(full / 2)
    unsafe ink.pixels.withUnsafeBufferPointer { ink in
      unsafe values.withUnsafeMutableBufferPointer { values in
        for row in 0..<full {
          let start = middle - 0.5 + down * (Double(row) - half) - right * half
          for column in 0..<full {
            let place = start + right * Double(column)
            // Cutting off rounds down: negative places are outside in any case.
            let (left, top) = (Int(place.x), Int(place.y))
            guard place.x >= 0, place.y >= 0, left < width - 1, top < height - 1 else {
              unsafe values[row * line + column] = 0
              continue
            }
            let fx = Float(place.x - Double(left))
            let fy = Float(place.y - Double(top))
            let at = top * width + left
            let upper = unsafe ink[at] + fx * (ink[at + 1] - ink[at])
            let lower = unsafe ink[at + width] + fx * (ink[at + width + 1] - ink[at + width])
            unsafe values[row * line + column] = Int16(8 * (upper + fy * (lower - upper)) + 0.5)
          }
        }
      }
    }
    addUp()
  }

  private mutating func addUp() {
    let wide = full + 1
    for row in 0..<full {
      var (sum, square): (Int64, Int64) = (0, 0)
      for column in 0..<full {
        let value = Int64(values[row * line + column])
        sum += value
        square += value * value
        let at = (row + 1) * wide + column + 1
        sums[at] = sums[at - wide] + sum
        squares[at] = squares[at - wide] + square
      }
    }
  }

  /// The normalised correlation at every shift, rows from −`reach` to `reach`.
  func correlations(with template: Template) -> [Float] {
    let span = 2 * reach + 1
    let stride = Self.stride(for: side)
    let wide = full + 1
    let area = Float(side * side)
    // A level of 1 everywhere: below this there is nothing to compare.
    let grain = 64 * area
    var result = [Float](repeating: 0, count: span * span)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe template.values.withUnsafeBufferPointer { template in
        for y in 0..<span {
          for x in 0..<span {
            var product: Int32 = 0
            for row in 0..<side {
              let a = unsafe values.baseAddress.unsafelyUnwrapped + (y + row) * line + x
              let b = unsafe template.baseAddress.unsafelyUnwrapped + row * stride
              for k in 0..<stride { unsafe product &+= Int32(a[k]) &* Int32(b[k]) }
            }
            result[y * span + x] = Float(product)
          }
        }
      }
    }
    for y in 0..<span {
      for x in 0..<span {
        let (a, b) = (y * wide + x, (y + side) * wide + x)
        let sum = Float(sums[b + side] - sums[b] - sums[a + side] + sums[a])
        let square = Float(squares[b + side] - squares[b] - squares[a + side] + squares[a])
        let spread = max(0, square - sum * sum / area)
        result[y * span + x] /= template.length * (spread + grain).squareRoot() + 1
      }
    }
    return result
  }

  /// Where the correlation is largest, to a fraction of a pixel by a parabola along each axis.
  func peak(with template: Template) -> (shift: SIMD2<Double>, likeness: Double, onRim: Bool) {
    let likeness = correlations(with: template)
    let span = 2 * reach + 1
    var best = 0
    for index in likeness.indices where likeness[index] > likeness[best] { best = index }
    let (x, y) = (best % span, best / span)
    var shift = SIMD2(Double(x - reach), Double(y - reach))
    let onRim = x == 0 || y == 0 || x == span - 1 || y == span - 1
    if x > 0, x < span - 1 {
      shift.x += vertex(likeness[best - 1], likeness[best], likeness[best + 1])
    }
    if y > 0, y < span - 1 {
      shift.y += vertex(likeness[best - span], likeness[best], likeness[best + span])
    }
    return (shift, Double(likeness[best]), onRim)
  }

  private func vertex(_ before: Float, _ at: Float, _ after: Float) -> Double {
    let bend = before - 2 * at + after
    return bend < -1e-6 ? Double(0.5 * (before - after) / bend) : 0
  }
}

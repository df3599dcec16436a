// SPDX-License-Identifier: Apache-2.0
import Imaging

/// A square of print, its mean taken off, in whole numbers (eighths of a gray level).
struct Template {
  /// Rows of `stride` numbers; what is beyond `side` is 0.
  let values: [Int16]
  /// The square root of the sum of squares.
  let length: Float

  init(_ ink: FloatPicture, x: Int, y: Int, side: Int) {
    let stride = SearchWindow.lineLength(for: side)
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
/// with a template at any shift.
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
  static func lineLength(for side: Int) -> Int { (side + 15) / 16 * 16 }

  init(side: Int, reach: Int) {
    self.side = side
    self.reach = reach
    full = side + 2 * reach
    line = full + Self.lineLength(for: side) - side
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
  ///   - ink: A level's ink.
  ///   - middle: Where the window's middle falls, in the level's pixels from its corner.
  ///   - right: The step on the page for one pixel to the right on the blank.
  ///   - down: The same for one pixel down.
  mutating func sample(
    _ ink: FloatPicture, middle: SIMD2<Double>, right: SIMD2<Double>, down: SIMD2<Double>
  ) {
    let (width, height) = (ink.width, ink.height)
    let half = Double(full / 2)
    let corners = [-half, half].flatMap { x in
      [-half, half].map { y in middle - 0.5 + right * x + down * y }
    }
    if corners.allSatisfy({
      $0.x >= 1 && $0.y >= 1 && $0.x < Double(width - 2) && $0.y < Double(height - 2)
    }) {
      sampleInside(ink, middle: middle, right: right, down: down)
      addUp()
      return
    }
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

  /// The same where the whole window lies inside.
  private mutating func sampleInside(
    _ ink: FloatPicture, middle: SIMD2<Double>, right: SIMD2<Double>, down: SIMD2<Double>
  ) {
    let width = ink.width
    let half = Double(full / 2)
    let (stepX, stepY) = (Float(right.x), Float(right.y))
    unsafe ink.pixels.withUnsafeBufferPointer { ink in
      unsafe values.withUnsafeMutableBufferPointer { values in
        for row in 0..<full {
          let start = middle - 0.5 + down * (Double(row) - half) - right * half
          let (startX, startY) = (Float(start.x), Float(start.y))
          let line = unsafe values.baseAddress.unsafelyUnwrapped + row * line
          for column in 0..<full {
            let (x, y) = (startX + stepX * Float(column), startY + stepY * Float(column))
            let (left, top) = (Int(x), Int(y))
            let (fx, fy) = (x - Float(left), y - Float(top))
            let at = unsafe ink.baseAddress.unsafelyUnwrapped + (top * width + left)
            let upper = unsafe at[0] + fx * (at[1] - at[0])
            let lower = unsafe at[width] + fx * (at[width + 1] - at[width])
            unsafe line[column] = Int16(8 * (upper + fy * (lower - upper)) + 0.5)
          }
        }
      }
    }
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

  /// The normalised correlation when the template is moved by (x, y) pixels from the middle; 0
  /// where that is out of reach.
  func likeness(_ template: Template, x: Int, y: Int) -> Float {
    guard abs(x) <= reach, abs(y) <= reach else { return 0 }
    let stride = Self.lineLength(for: side)
    let (left, top) = (x + reach, y + reach)
    var product: Int32 = 0
    unsafe values.withUnsafeBufferPointer { values in
      unsafe template.values.withUnsafeBufferPointer { template in
        for row in 0..<side {
          let a = unsafe values.baseAddress.unsafelyUnwrapped + (top + row) * line + left
          let b = unsafe template.baseAddress.unsafelyUnwrapped + row * stride
          for k in 0..<stride { unsafe product &+= Int32(a[k]) &* Int32(b[k]) }
        }
      }
    }
    let wide = full + 1
    let (a, b) = (top * wide + left, (top + side) * wide + left)
    let sum = Float(sums[b + side] - sums[b] - sums[a + side] + sums[a])
    let square = Float(squares[b + side] - squares[b] - squares[a + side] + squares[a])
    let area = Float(side * side)
    let spread = max(0, square - sum * sum / area)
    // A level of 1 everywhere: below this there is nothing to compare.
    let grain = 64 * area
    return Float(product) / (template.length * (spread + grain).squareRoot() + 1)
  }

  /// Where the correlation is largest, to a fraction of a pixel by a parabola along each axis.
  ///
  /// Every other shift is tried; strokes are blurred over more than two pixels, so that the
  /// largest lies beside one of the best of these.
  func peak(with template: Template) -> (shift: SIMD2<Double>, likeness: Double, onRim: Bool) {
    var best: [(likeness: Float, x: Int, y: Int)] = []
    let first = -(reach / 2) * 2
    for y in stride(from: first, through: reach, by: 2) {
      for x in stride(from: first, through: reach, by: 2) {
        let likeness = likeness(template, x: x, y: y)
        guard best.count < Self.kept || likeness > best[best.count - 1].likeness else { continue }
        if best.count == Self.kept { best.removeLast() }
        let at = best.firstIndex { $0.likeness < likeness } ?? best.count
        best.insert((likeness, x, y), at: at)
      }
    }
    var top: (likeness: Float, x: Int, y: Int) = (-1, 0, 0)
    for start in best {
      for y in (start.y - 1)...(start.y + 1) {
        for x in (start.x - 1)...(start.x + 1) {
          let likeness =
            (x, y) == (start.x, start.y) ? start.likeness : likeness(template, x: x, y: y)
          if likeness > top.likeness { top = (likeness, x, y) }
        }
      }
    }
    let (x, y) = (top.x, top.y)
    var shift = SIMD2(Double(x), Double(y))
    let rimX = abs(x) == reach
    let rimY = abs(y) == reach
    if !rimX {
      shift.x += vertex(
        likeness(template, x: x - 1, y: y), top.likeness, likeness(template, x: x + 1, y: y))
    }
    if !rimY {
      shift.y += vertex(
        likeness(template, x: x, y: y - 1), top.likeness, likeness(template, x: x, y: y + 1))
    }
    return (shift, Double(top.likeness), rimX || rimY)
  }

  /// The best of every other shift that are looked at closely.
  private static let kept = 3

  private func vertex(_ before: Float, _ at: Float, _ after: Float) -> Double {
    let bend = before - 2 * at + after
    return bend < -1e-6 ? Double(max(-0.5, min(0.5, 0.5 * (before - after) / bend))) : 0
  }
}

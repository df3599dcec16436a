// SPDX-License-Identifier: Apache-2.0
package import Geometry
package import Imaging

// A page is sampled where it lies: each square of the canvas takes the page's levels at its own
// place through the registration. The registration is asked on a grid of 2 mm and bent linearly
// between, which is exact to a thousandth of a pixel for smooth fits. Where the page is finer than
// the canvas it is averaged first over as many pixels as a square is wide, so that a dither does
// not turn into noise.

/// Samples pictures on a canvas.
package enum CanvasSampler {
  /// Squares between two places at which the registration is asked: 2 mm.
  private static let step = 16

  /// The picture's levels on the canvas; white where the canvas lies off the picture.
  package static func sample(
    _ picture: GrayPicture, on canvas: MarkCanvas, by map: (BlankPoint) -> PagePoint
  ) -> GrayPicture {
    let columns = canvas.width / step + 2
    let rows = canvas.height / step + 2
    var grid: [PagePoint] = []
    grid.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        grid.append(
          map(canvas.blankPoint(x: Double(column * step) + 0.5, y: Double(row * step) + 0.5)))
      }
    }
    let scale = grid[0].distance(to: grid[1]) / Double(step)
    let block = max(1, Int((scale + 0.3).rounded(.down)))
    let source = block > 1 ? averaged(picture, block: block) : picture
    // A block's mean is kept at its upper left pixel; its middle lies half a block further.
    let shift = Double(block) / 2
    var result = GrayPicture(width: canvas.width, height: canvas.height)
    let (width, height) = (source.width, source.height)
    let (lastX, lastY) = (Double(width - 1), Double(height - 1))
    let (outWidth, outHeight) = (canvas.width, canvas.height)
    unsafe source.pixels.withUnsafeBufferPointer { from in
      unsafe result.pixels.withUnsafeMutableBufferPointer { to in
        for y in 0..<outHeight {
          let (row, partY) = (y / step, Double(y % step) / Double(step))
          for column in 0..<(columns - 1) {
            let at = row * columns + column
            let left = between(grid[at], grid[at + columns], partY)
            let right = between(grid[at + 1], grid[at + columns + 1], partY)
            let begin = column * step
            let count = min(outWidth - begin, step)
            guard count > 0 else { continue }
            let line = Line(
              u: left.x - shift, v: left.y - shift, du: (right.x - left.x) / Double(step),
              dv: (right.y - left.y) / Double(step))
            let to = unsafe UnsafeMutableBufferPointer(rebasing: to[(y * outWidth + begin)...])
            if line.lies(within: (lastX, lastY), for: count) {
              unsafe line.sample(from, width: width, to, 0..<count)
            } else {
              for x in 0..<count where line.lies(within: (lastX, lastY), at: x) {
                unsafe line.sample(from, width: width, to, x..<(x + 1))
              }
            }
          }
        }
      }
    }
    return result
  }

  /// A run of squares on the page: where the first lies, in pixels, and how far the next.
  private struct Line {
    let (u, v, du, dv): (Double, Double, Double, Double)
    /// Bits of a pixel's fraction while a place is carried from square to square …
    private static let bits = 32
    /// … and while levels are weighed, which are then exact to a hundredth.
    private static let weightBits = 14

    init(u: Double, v: Double, du: Double, dv: Double) {
      (self.u, self.v, self.du, self.dv) = (u, v, du, dv)
    }

    /// Whether the square at `x` lies between four pixels of the picture.
    func lies(within last: (x: Double, y: Double), at x: Int) -> Bool {
      let (u, v) = (u + Double(x) * du, v + Double(x) * dv)
      // What carrying the place may round lies far below the margin.
      return u >= 0 && v >= 0 && u < last.x - Self.margin && v < last.y - Self.margin
    }
    private static let margin = 1e-6
    /// More than a run's carrying can lose, so that no place falls below the first pixel.
    private static let aboveZero = 1 << 8

    /// Whether all of the first `count` squares do: a line lies within where its ends do.
    func lies(within last: (x: Double, y: Double), for count: Int) -> Bool {
      lies(within: last, at: 0) && lies(within: last, at: count - 1)
    }

    /// Bilinear levels of these squares, in whole numbers: cutting a floating number off costs a
    /// check of its range a square.
    @inline(__always)
    func sample(
      _ from: UnsafeBufferPointer<UInt8>, width: Int, _ to: UnsafeMutableBufferPointer<UInt8>,
      _ squares: Range<Int>
    ) {
      let one = Double(1 << Self.bits)
      let (stepU, stepV) = (Int(du * one), Int(dv * one))
      var atU = Int((u + Double(squares.lowerBound) * du) * one) + Self.aboveZero
      var atV = Int((v + Double(squares.lowerBound) * dv) * one) + Self.aboveZero
      let whole = 1 << Self.weightBits
      for x in squares {
        let p = (atV >> Self.bits) &* width &+ (atU >> Self.bits)
        let a = atU >> (Self.bits - Self.weightBits) & (whole - 1)
        let b = atV >> (Self.bits - Self.weightBits) & (whole - 1)
        let upper = unsafe Int(from[p]) &* (whole &- a) &+ Int(from[p &+ 1]) &* a
        let lower =
          unsafe Int(from[p &+ width]) &* (whole &- a) &+ Int(from[p &+ width &+ 1]) &* a
        let level = (upper &* (whole &- b) &+ lower &* b) >> (2 * Self.weightBits - 1)
        unsafe to[x] = UInt8(truncatingIfNeeded: (level &+ 1) >> 1)
        atU = atU &+ stepU
        atV = atV &+ stepV
      }
    }
  }

  private static func between(_ a: PagePoint, _ b: PagePoint, _ part: Double) -> PagePoint {
    PagePoint(x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part)
  }

  /// Means of `block` × `block` pixels at every pixel, to the right and below it.
  static func averaged(_ picture: GrayPicture, block: Int) -> GrayPicture {
    let (width, height) = (picture.width, picture.height)
    guard width > block, height > block else { return picture }
    var sums = [UInt16](repeating: 0, count: width)
    var result = picture
    // Rounded division by multiplication: exact for sums of up to 16 pixels of 255.
    let scale = UInt32((65536 + block * block / 2) / (block * block))
    unsafe picture.pixels.withUnsafeBufferPointer { from in
      unsafe result.pixels.withUnsafeMutableBufferPointer { to in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          for y in 0...(height - block) {
            for x in 0..<width { unsafe sums[x] = UInt16(from[y * width + x]) }
            for other in 1..<block {
              let row = (y + other) * width
              for x in 0..<width { unsafe sums[x] &+= UInt16(from[row + x]) }
            }
            for x in 0...(width - block) {
              var sum: UInt32 = 0
              for other in 0..<block { unsafe sum &+= UInt32(sums[x + other]) }
              unsafe to[y * width + x] = UInt8(
                truncatingIfNeeded: min(255, (sum &* scale &+ 32768) >> 16))
            }
          }
        }
      }
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0
import Geometry
import Imaging

// A page is sampled where it lies: each square of the canvas takes the page's levels at its own
// place through the registration. The registration is asked on a grid of 2 mm and bent linearly
// between, which is exact to a thousandth of a pixel for smooth fits. Where the page is finer than
// the canvas it is averaged first over as many pixels as a square is wide, so that a dither does
// not turn into noise.

/// Samples pictures on a canvas.
enum CanvasSampler {
  /// Squares between two places at which the registration is asked: 2 mm.
  private static let step = 16

  /// The picture's levels on the canvas; white where the canvas lies off the picture.
  static func sample(
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
            let (dx, dy) = ((right.x - left.x) / Double(step), (right.y - left.y) / Double(step))
            var (u, v) = (left.x - shift, left.y - shift)
            for x in (column * step)..<min(outWidth, (column + 1) * step) {
              if u >= 0, v >= 0, u < lastX, v < lastY {
                // Not below 0, so that cutting off rounds down, without a call a square.
                let (i, j) = (Int(u), Int(v))
                let (a, b) = (Float(u - Double(i)), Float(v - Double(j)))
                let p = j * width + i
                let upper = unsafe Float(from[p]) + a * (Float(from[p + 1]) - Float(from[p]))
                let lower =
                  unsafe Float(from[p + width])
                  + a * (Float(from[p + width + 1]) - Float(from[p + width]))
                unsafe to[y * outWidth + x] = UInt8(upper + b * (lower - upper) + 0.5)
              }
              u += dx
              v += dy
            }
          }
        }
      }
    }
    return result
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

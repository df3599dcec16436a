// SPDX-License-Identifier: Apache-2.0
import Foundation

// The loops that pass over whole pages. All unsafe code of the painter stands here; each loop
// is written so that the compiler makes vector code of it (no branches, no index checks).

extension Raster {
  /// Added to a number from 0 to 2²², it leaves the nearest whole one in the last bits, without
  /// the call and the check that a conversion makes; on the half it may give either neighbour.
  private static let magic: Float = 8_388_608
  private static let magicMask: UInt32 = 0x7F_FFFF

  /// Blurs by a Gaussian of this deviation in pixels, rows then columns; edges repeat.
  ///
  /// - Complexity: O(pixels × deviation).
  package mutating func blur(sigma: Double) {
    guard sigma > 0.05, width > 1, height > 1 else { return }
    let reach = max(1, Int((2.5 * sigma).rounded(.up)))
    var taps = (-reach...reach).map { Float(exp(-Double($0 * $0) / (2 * sigma * sigma))) }
    let total = taps.reduce(0, +)
    taps = taps.map { $0 / total }
    blurRows(taps, reach)
    blurColumns(taps, reach)
  }

  private mutating func blurRows(_ taps: [Float], _ reach: Int) {
    let (width, height) = (width, height)
    var padded = [Float](repeating: 0, count: width + 2 * reach)
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe padded.withUnsafeMutableBufferPointer { padded in
        for y in 0..<height {
          let row = unsafe UnsafeMutableBufferPointer(rebasing: all[y * width..<(y + 1) * width])
          for i in 0..<reach {
            unsafe padded[i] = row[0]
            unsafe padded[width + reach + i] = row[width - 1]
          }
          for x in 0..<width { unsafe padded[reach + x] = row[x] }
          for x in 0..<width { unsafe row[x] = 0 }
          for (k, tap) in taps.enumerated() {
            for x in 0..<width { unsafe row[x] += tap * padded[x &+ k] }
          }
        }
      }
    }
  }

  private mutating func blurColumns(_ taps: [Float], _ reach: Int) {
    let (width, height) = (width, height)
    // The rows still needed in their old state, in a ring.
    let kept = 2 * reach + 1
    var ring = [Float](repeating: 0, count: kept * width)
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe ring.withUnsafeMutableBufferPointer { ring in
        for y in -reach..<height + reach {
          let source = min(max(y, 0), height - 1)
          let slot = (y + reach) % kept * width
          // Rows below are still old; the clamped last row was kept before it changed.
          if y < height {
            for x in 0..<width { unsafe ring[slot + x] = all[source * width + x] }
          } else {
            let last = (y - 1 + reach) % kept * width
            for x in 0..<width { unsafe ring[slot + x] = ring[last + x] }
          }
          let target = y - reach
          guard target >= 0 else { continue }
          let row = target * width
          for x in 0..<width { unsafe all[row + x] = 0 }
          for (k, tap) in taps.enumerated() {
            let from = (target + k) % kept * width
            for x in 0..<width { unsafe all[row &+ x] += tap * ring[from &+ x] }
          }
        }
      }
    }
  }

  /// Takes each value v to (v − low) ÷ (high − low), cut off at 0 and 1.
  package mutating func stretch(low: Float, high: Float) {
    let scale = 1 / max(high - low, 1e-4)
    unsafe values.withUnsafeMutableBufferPointer { all in
      for i in 0..<all.count {
        let value = unsafe (all[i] - low) * scale
        unsafe all[i] = max(0, min(1, value))
      }
    }
  }

  /// Makes what lies above the limit 1 and all else 0.
  package mutating func split(at limit: Float) {
    unsafe values.withUnsafeMutableBufferPointer { all in
      for i in 0..<all.count {
        let value = unsafe all[i]
        unsafe all[i] = value > limit ? 1 : 0
      }
    }
  }

  /// Light of bytes: 0 black, 255 white.
  package init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height)
    self.init(width: width, height: height)
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        for i in 0..<all.count { unsafe all[i] = Float(bytes[i]) * (1 / 255) }
      }
    }
  }

  /// The values as bytes, one channel of several; beyond 0 and 1 they are cut off.
  func write(to pixels: inout [UInt8], channel: Int = 0, of channels: Int = 1) {
    precondition(pixels.count == values.count * channels && channel < channels)
    unsafe pixels.withUnsafeMutableBufferPointer { out in
      unsafe values.withUnsafeBufferPointer { all in
        if channels == 1 {
          for i in 0..<all.count {
            let level = unsafe max(0, min(255, all[i] * 255)) + Self.magic
            unsafe out[i] = UInt8(truncatingIfNeeded: level.bitPattern)
          }
        } else {
          for i in 0..<all.count {
            let level = unsafe max(0, min(255, all[i] * 255)) + Self.magic
            unsafe out[i &* channels &+ channel] = UInt8(truncatingIfNeeded: level.bitPattern)
          }
        }
      }
    }
  }

  /// Takes each value v to v × scale + offset, not cut off.
  mutating func scale(_ scale: Float, offset: Float = 0) {
    unsafe values.withUnsafeMutableBufferPointer { all in
      for i in 0..<all.count { unsafe all[i] = all[i] * scale + offset }
    }
  }

  /// Darkens by ink: each value × (1 − darkness × ink).
  mutating func darken(by ink: Raster, darkness: Float) {
    precondition(ink.width == width && ink.height == height)
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe ink.values.withUnsafeBufferPointer { ink in
        for i in 0..<all.count { unsafe all[i] *= 1 - darkness * ink[i] }
      }
    }
  }

  /// Adds noise of this deviation, read from the tile at chance places row by row; `inDark` is
  /// the share of it that is left where the picture is black.
  mutating func addNoise(
    _ tile: NoiseTile, deviation: Float, inDark: Float = 1, _ chance: inout SeededGenerator
  ) {
    guard deviation > 0 else { return }
    let (width, height) = (width, height)
    let side = NoiseTile.side
    // A tile with grain keeps its neighbouring rows; only its origin is left to chance.
    let (originX, originY) = (Int(chance.next() % 256), Int(chance.next() % 256))
    let gain = deviation * (1 - inDark)
    let base = deviation * inDark
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe tile.values.withUnsafeBufferPointer { noise in
        for y in 0..<height {
          // Shifted by a prime each time the tile begins anew, so that nothing repeats in columns.
          let period = (y + originY) / side
          let tileRow = ((y + originY) & (side - 1)) * side
          var x = 0
          var from = (originX + period * 197) & (side - 1)
          while x < width {
            let run = min(side - from, width - x)
            let out = y * width + x
            for i in 0..<run {
              let value = unsafe all[out &+ i]
              unsafe all[out &+ i] = value + (base + gain * value) * noise[tileRow &+ from &+ i]
            }
            x += run
            from = (from + 131) & (side - 1)
          }
        }
      }
    }
  }

  /// Multiplies by a coarse field that is spread over the whole picture, read between its values.
  package mutating func multiply(byField field: Raster) {
    let (width, height) = (width, height)
    var row = [Float](repeating: 1, count: width)
    let stepX = Float(field.width - 1) / Float(max(width - 1, 1))
    let stepY = Float(field.height - 1) / Float(max(height - 1, 1))
    var mixed = [Float](repeating: 1, count: field.width + 1)
    unsafe values.withUnsafeMutableBufferPointer { all in
      for y in 0..<height {
        let at = Float(y) * stepY
        let top = min(Int(at), max(field.height - 2, 0))
        let part = at - Float(top)
        for x in 0..<field.width {
          let upper = field.values[top * field.width + x]
          let lower = field.values[min(top + 1, field.height - 1) * field.width + x]
          mixed[x] = upper + (lower - upper) * part
        }
        mixed[field.width] = mixed[field.width - 1]
        unsafe row.withUnsafeMutableBufferPointer { row in
          // From one of the field's columns to the next the light is a straight line.
          for left in 0..<max(field.width - 1, 1) {
            let start = min(width, Int((Float(left) / max(stepX, 1e-9)).rounded(.up)))
            let last = left + 2 >= field.width
            let end =
              last ? width : min(width, Int((Float(left + 1) / max(stepX, 1e-9)).rounded(.up)))
            let (value, slope) = (mixed[left], mixed[left + 1] - mixed[left])
            for x in start..<max(start, end) {
              unsafe row[x] = value + slope * (Float(x) * stepX - Float(left))
            }
          }
          for x in 0..<width { unsafe all[y &* width &+ x] *= row[x] }
        }
      }
    }
  }

  /// This picture sampled, between its pixels, at the places that `rows` gives for one row of
  /// the result after another.
  ///
  /// For a row, `rows` says where the middles of the nodes' pixels lie in this picture (pixels,
  /// (0, 0) the middle of the first); nodes stand every `step` pixels. `outside` stands beyond
  /// this picture's edge.
  package func sampled(
    width outWidth: Int, height outHeight: Int, step: Int, outside: Float,
    rows: (Int) -> [(x: Double, y: Double)]
  ) -> Raster {
    var result = Raster(width: outWidth, height: outHeight)
    let (width, height) = (width, height)
    unsafe result.values.withUnsafeMutableBufferPointer { out in
      unsafe values.withUnsafeBufferPointer { source in
        for y in 0..<outHeight {
          let nodes = rows(y)
          for cell in 0..<nodes.count - 1 {
            let start = cell * step
            let end = min(start + step, outWidth)
            guard start < end else { break }
            let (a, b) = (nodes[cell], nodes[cell + 1])
            let stepX = Float((b.x - a.x) / Double(step))
            let stepY = Float((b.y - a.y) / Double(step))
            // Relative to whole pixels, so that Float keeps its places, and never below 0.
            let baseX = Int(min(a.x, b.x).rounded(.down)) - 1
            let baseY = Int(min(a.y, b.y).rounded(.down)) - 1
            var x = Float(a.x - Double(baseX))
            var y0 = Float(a.y - Double(baseY))
            let inside =
              min(a.x, b.x) >= 1 && max(a.x, b.x) < Double(width - 2)
              && min(a.y, b.y) >= 1 && max(a.y, b.y) < Double(height - 2)
            let row = y * outWidth
            if inside {
              let base = baseY &* width &+ baseX
              for i in start..<end {
                let (wholeX, wholeY) = (x - 0.5 + Self.magic, y0 - 0.5 + Self.magic)
                let (tx, ty) = (x - (wholeX - Self.magic), y0 - (wholeY - Self.magic))
                let px = Int(wholeX.bitPattern & Self.magicMask)
                let py = Int(wholeY.bitPattern & Self.magicMask)
                let at = base &+ py &* width &+ px
                let upper = unsafe source[at] + (source[at &+ 1] - source[at]) * tx
                let lower =
                  unsafe source[at &+ width]
                  + (source[at &+ width &+ 1] - source[at &+ width]) * tx
                unsafe out[row &+ i] = upper + (lower - upper) * ty
                x += stepX
                y0 += stepY
              }
              continue
            }
            for i in start..<end {
              let (fx, fy) = (x.rounded(.down), y0.rounded(.down))
              let (px, py) = (baseX &+ Int(fx), baseY &+ Int(fy))
              let (tx, ty) = (x - fx, y0 - fy)
              if px < -1 || py < -1 || px >= width || py >= height {
                unsafe out[row &+ i] = outside
              } else {
                let upper = clamped(px, py) + (clamped(px + 1, py) - clamped(px, py)) * tx
                let lower =
                  clamped(px, py + 1) + (clamped(px + 1, py + 1) - clamped(px, py + 1)) * tx
                unsafe out[row &+ i] = upper + (lower - upper) * ty
              }
              x += stepX
              y0 += stepY
            }
          }
        }
      }
    }
    return result
  }
}

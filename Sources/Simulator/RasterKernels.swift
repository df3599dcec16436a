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
  /// - Complexity: O(pixels × deviation); rows of nothing but 0 cost next to nothing.
  package mutating func blur(sigma: Double) {
    guard sigma > 0.05, width > 1, height > 1 else { return }
    let reach = max(1, Int((2.5 * sigma).rounded(.up)))
    var taps = (-reach...reach).map { Float(exp(-Double($0 * $0) / (2 * sigma * sigma))) }
    let total = taps.reduce(0, +)
    taps = taps.map { $0 / total }
    let (width, height) = (width, height)
    let kept = 2 * reach + 1
    // The rows that the next result needs, blurred along themselves, in a ring: each row of the
    // picture is read before its result is written, and memory is passed over once.
    var ring = [Float](repeating: 0, count: kept * width)
    var isNothing = [Bool](repeating: false, count: kept)
    var padded = [Float](repeating: 0, count: width + 2 * reach)
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe ring.withUnsafeMutableBufferPointer { ring in
        unsafe padded.withUnsafeMutableBufferPointer { padded in
          for y in -reach..<height + reach {
            let slot = (y + reach) % kept * width
            let lastSlot = (y - 1 + reach) % kept
            isNothing[slot / width] =
              y < height
              ? unsafe Self.isNothing(all, from: max(y, 0) * width, width) : isNothing[lastSlot]
            if isNothing[slot / width] {
              for x in 0..<width { unsafe ring[slot &+ x] = 0 }
            } else if y < height {
              let start = max(y, 0) * width
              let row = unsafe UnsafeMutableBufferPointer(rebasing: all[start..<start + width])
              let into = unsafe UnsafeMutableBufferPointer(rebasing: ring[slot..<slot + width])
              unsafe Self.blurRow(row, taps, into: into, padded)
            } else {
              let last = lastSlot * width
              for x in 0..<width { unsafe ring[slot &+ x] = ring[last &+ x] }
            }
            let target = y - reach
            guard target >= 0 else { continue }
            guard isNothing.contains(false) else { continue }
            let (row, middle) = (target * width, (target + reach) % kept * width)
            let weight = taps[reach]
            for x in 0..<width { unsafe all[row &+ x] = weight * ring[middle &+ x] }
            for k in 0..<reach {
              let (above, below) = ((target + k) % kept, (target + kept - 1 - k) % kept)
              if isNothing[above], isNothing[below] { continue }
              let (a, b, tap) = (above * width, below * width, taps[k])
              for x in 0..<width { unsafe all[row &+ x] += tap * (ring[a &+ x] + ring[b &+ x]) }
            }
          }
        }
      }
    }
  }

  /// Whether a row holds nothing but 0; ends at the first other value.
  private static func isNothing(
    _ all: UnsafeMutableBufferPointer<Float>, from start: Int, _ width: Int
  ) -> Bool {
    let piece = 64
    for begin in stride(from: start, to: start + width, by: piece) {
      var most: Float = 0
      for i in begin..<min(begin + piece, start + width) { unsafe most = max(most, abs(all[i])) }
      if most > 0 { return false }
    }
    return true
  }

  /// Blurs one row along itself; `padded` is room for the row and its repeated ends.
  private static func blurRow(
    _ row: UnsafeMutableBufferPointer<Float>, _ taps: [Float],
    into result: UnsafeMutableBufferPointer<Float>, _ padded: UnsafeMutableBufferPointer<Float>
  ) {
    let width = row.count
    let reach = taps.count / 2
    for i in 0..<reach {
      unsafe padded[i] = row[0]
      unsafe padded[width + reach + i] = row[width - 1]
    }
    for x in 0..<width { unsafe padded[reach &+ x] = row[x] }
    // As buffers that begin where they are read: so the compiler makes vector code of it.
    func from(_ start: Int) -> UnsafeMutableBufferPointer<Float> {
      unsafe UnsafeMutableBufferPointer(rebasing: padded[start..<start + width])
    }
    let (weight, middle) = unsafe (taps[reach], from(reach))
    for x in 0..<width { unsafe result[x] = weight * middle[x] }
    for k in 0..<reach {
      let (tap, left, right) = unsafe (taps[k], from(k), from(2 * reach - k))
      for x in 0..<width { unsafe result[x] += tap * (left[x] + right[x]) }
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
    // The pixels from one of the field's columns to the next, where the light is a straight
    // line, and how far on the way each of them lies.
    var runs = [Range<Int>](repeating: 0..<0, count: max(field.width - 1, 1))
    var parts = [Float](repeating: 0, count: width)
    for x in 0..<width {
      let left = min(Int(Float(x) * stepX), runs.count - 1)
      parts[x] = Float(x) * stepX - Float(left)
      runs[left] = runs[left].isEmpty ? x..<x + 1 : runs[left].lowerBound..<x + 1
    }
    unsafe values.withUnsafeMutableBufferPointer { all in
      unsafe row.withUnsafeMutableBufferPointer { row in
        unsafe parts.withUnsafeBufferPointer { parts in
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
            for (left, run) in runs.enumerated() {
              let (value, slope) = (mixed[left], mixed[left + 1] - mixed[left])
              for x in run { unsafe row[x] = value + slope * parts[x] }
            }
            for x in 0..<width { unsafe all[y &* width &+ x] *= row[x] }
          }
        }
      }
    }
  }

  /// This picture sampled, between its pixels, at the places that `rows` gives for one row of
  /// the result after another.
  ///
  /// For a row, `rows` says where the middles of the nodes' pixels lie in this picture (pixels,
  /// (0, 0) the middle of the first); nodes stand every `step` pixels. `outside` stands beyond
  /// this picture's edge. Of a `sparse` picture, most of which is 0, only what is not is sampled.
  package func sampled(
    width outWidth: Int, height outHeight: Int, step: Int, outside: Float, sparse: Bool = false,
    rows: (Int) -> [(x: Double, y: Double)]
  ) -> Raster {
    let occupied = sparse ? OccupiedTiles(self) : nil
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
              if let occupied, occupied.areEmpty(from: a, to: b) { continue }
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

/// Which squares of a picture hold anything but 0.
private struct OccupiedTiles {
  private let across: Int
  private var isOccupied: [Bool]
  /// A tile's side is 2 to this power, in pixels.
  private static let shift = 6

  init(_ picture: Raster) {
    let side = 1 << Self.shift
    across = (picture.width + side - 1) >> Self.shift
    isOccupied = [Bool](
      repeating: false, count: across * ((picture.height + side - 1) >> Self.shift))
    unsafe picture.values.withUnsafeBufferPointer { all in
      for y in 0..<picture.height {
        let tiles = (y >> Self.shift) * across
        for tile in 0..<across where !isOccupied[tiles + tile] {
          let start = y * picture.width + tile << Self.shift
          let end = y * picture.width + min((tile + 1) << Self.shift, picture.width)
          var most: Float = 0
          for i in start..<end { unsafe most = max(most, abs(all[i])) }
          if most > 0 { isOccupied[tiles + tile] = true }
        }
      }
    }
  }

  /// Whether all that is read on the straight way between two places inside the picture is 0.
  func areEmpty(from a: (x: Double, y: Double), to b: (x: Double, y: Double)) -> Bool {
    let (left, right) = (Int(min(a.x, b.x)) - 1, Int(max(a.x, b.x)) + 2)
    let (top, bottom) = (Int(min(a.y, b.y)) - 1, Int(max(a.y, b.y)) + 2)
    for y in max(0, top) >> Self.shift...min(bottom >> Self.shift, isOccupied.count / across - 1) {
      for x in max(0, left) >> Self.shift...min(right >> Self.shift, across - 1)
      where isOccupied[y * across + x] { return false }
    }
    return true
  }
}

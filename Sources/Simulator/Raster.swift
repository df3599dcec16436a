// SPDX-License-Identifier: Apache-2.0

/// The painter's own picture: light as numbers, 0 black to 1 white (or ink, 0 none to 1 full),
/// rows from the top. Shares nothing with the reader's pictures.
package struct Raster: Sendable {
  package let width: Int
  package let height: Int
  /// `width * height` numbers.
  package var values: [Float]

  package init(width: Int, height: Int, filledWith value: Float = 0) {
    self.width = width
    self.height = height
    values = [Float](repeating: value, count: width * height)
  }

  package subscript(x: Int, y: Int) -> Float {
    get { values[y * width + x] }
    set { values[y * width + x] = newValue }
  }

  /// The nearest value inside the picture.
  func clamped(_ x: Int, _ y: Int) -> Float {
    values[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
  }

  /// A smaller picture, each value the mean of `factor` × `factor` (edges left over are dropped).
  func reduced(by factor: Int) -> Raster {
    var result = Raster(width: max(1, width / factor), height: max(1, height / factor))
    let scale = 1 / Float(factor * factor)
    var sums = [Float](repeating: 0, count: result.width)
    for y in 0..<result.height {
      for x in sums.indices { sums[x] = 0 }
      for row in y * factor..<min(height, (y + 1) * factor) {
        for x in sums.indices {
          let start = row * width + x * factor
          var sum: Float = 0
          for i in start..<min(start + factor, (row + 1) * width) { sum += values[i] }
          sums[x] += sum
        }
      }
      for x in sums.indices { result.values[y * result.width + x] = sums[x] * scale }
    }
    return result
  }

  /// The value below which this share of the pixels lies, from a sample of them.
  func tone(below share: Double) -> Float {
    var counts = [Int](repeating: 0, count: 256)
    var total = 0
    for i in stride(from: 0, to: values.count, by: 13) {
      counts[Int(max(0, min(255, values[i] * 255)))] += 1
      total += 1
    }
    var rest = Int(share * Double(total))
    for (level, count) in counts.enumerated() {
      rest -= count
      if rest < 0 { return Float(level) / 255 }
    }
    return 1
  }

  /// Left and right exchanged: the back of a sheet as it shines through.
  func mirrored() -> Raster {
    var result = self
    for y in 0..<height {
      for x in 0..<width { result.values[y * width + x] = values[y * width + width - 1 - x] }
    }
    return result
  }
}

/// Values between −1 and 1 that repeat, made once a sheet: noise, grain and the paper's tooth
/// are read from it at chance places, which is much cheaper than drawing each.
struct NoiseTile: Sendable {
  /// A power of two.
  static let side = 256
  /// Normally distributed, deviation 1, smoothed to this grain.
  let values: [Float]

  /// Noise smoothed by `grain`, a deviation in pixels; 0 for white noise.
  init(grain: Double, _ chance: inout SeededGenerator) {
    let side = Self.side
    var raster = Raster(width: side, height: side)
    for i in raster.values.indices {
      // The sum of four even numbers is near enough to normal, and quick.
      let bits = chance.next()
      let sum =
        Float(bits & 0xFFFF) + Float((bits >> 16) & 0xFFFF) + Float((bits >> 32) & 0xFFFF)
        + Float(bits >> 48)
      raster.values[i] = (sum / 65535 - 2) * 1.732
    }
    if grain > 0 {
      raster.blur(sigma: grain)
      var square: Float = 0
      for value in raster.values { square += value * value }
      let scale = 1 / max((square / Float(side * side)).squareRoot(), 1e-6)
      for i in raster.values.indices { raster.values[i] *= scale }
    }
    values = raster.values
  }

  /// The value at a place, which may lie anywhere: to and fro over the tile, without a seam.
  func at(_ x: Int, _ y: Int) -> Float {
    let last = 2 * Self.side - 1
    let (u, v) = (x & last, y & last)
    return values[min(v, last - v) * Self.side + min(u, last - u)]
  }
}

extension Raster {
  /// The picture moved by whole pixels; white comes in.
  func shifted(x dx: Int, y dy: Int) -> Raster {
    var result = Raster(width: width, height: height, filledWith: 1)
    for y in max(0, dy)..<max(max(0, dy), min(height, height + dy)) {
      for x in max(0, dx)..<max(max(0, dx), min(width, width + dx)) {
        result.values[y * width + x] = values[(y - dy) * width + x - dx]
      }
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

// What the scanner or the camera does. Places and sizes in pixels of the scan.

extension Raster {
  /// A line along the feed from dust on the glass, at a column (or row where `across`).
  mutating func streak(at middle: Double, across: Bool, _ chance: inout SeededGenerator) {
    let (length, breadth) = across ? (width, height) : (height, width)
    let half = chance.from(0.4...1.6)
    let strength = Float(chance.happens(0.85) ? chance.from(0.03...0.45) : -chance.from(0.05...0.3))
    let waver = NoiseTile(grain: 12, &chance)
    let whole = chance.happens(0.7)
    let start = whole ? 0 : Int(chance.unit() * 0.6 * Double(length))
    let end = whole ? length : min(length, start + Int(chance.from(0.2...0.6) * Double(length)))
    let drift = chance.normal(0, 0.0006)
    for i in start..<end {
      let here = middle + drift * Double(i)
      let force = strength * max(0, 0.8 + 0.3 * waver.at(i / 2, 5))
      for place in Int(here - half - 1)...Int(here + half + 1)
      where place >= 0 && place < breadth {
        let part = Float(max(0, min(1, half - abs(Double(place) - here) + 0.5)))
        let index = across ? place * width + i : i * width + place
        values[index] = max(0, min(1, values[index] * (1 - force * part)))
      }
    }
  }

  /// A jerk of the feed: some rows shiver sideways, or one row comes several times.
  mutating func jerk(pixelsPerMM: Double, _ chance: inout SeededGenerator) {
    let rows = Int((chance.from(0.15...0.55) * pixelsPerMM).rounded(.up))
    let first = 1 + Int(chance.unit() * Double(max(1, height - rows - 2)))
    guard first + rows < height else { return }
    if chance.happens(0.3) {
      for row in 1..<max(2, rows) {
        for x in 0..<width { values[(first + row) * width + x] = values[first * width + x] }
      }
      return
    }
    let reach = chance.from(0.1...0.9) * pixelsPerMM
    let side = chance.happens(0.5) ? 1.0 : -1.0
    let shiver = chance.happens(0.5)
    for row in 0..<rows {
      let part = sin(Double.pi * (Double(row) + 0.5) / Double(rows))
      var shift = side * reach * part
      if shiver { shift *= chance.from(-0.4...1) }
      let by = Int(shift.rounded())
      let start = (first + row) * width
      let old = Array(values[start..<(start + width)])
      for x in 0..<width { values[start + x] = old[max(0, min(width - 1, x - by))] }
    }
  }

  /// Small dark and light dots anywhere.
  mutating func dust(count: Int, pixelsPerMM: Double, _ chance: inout SeededGenerator) {
    for _ in 0..<count {
      let (x, y) = (chance.unit() * Double(width), chance.unit() * Double(height))
      let radius = chance.from(0.05...0.3) * pixelsPerMM
      let dark = Float(chance.from(0.2...0.95))
      for py in max(0, Int(y - radius - 1))..<max(0, min(height, Int(y + radius + 2))) {
        for px in max(0, Int(x - radius - 1))..<max(0, min(width, Int(x + radius + 2))) {
          let part = Float(max(0, min(1, radius - hypot(Double(px) - x, Double(py) - y) + 0.5)))
          values[py * width + px] *= 1 - dark * part
        }
      }
    }
  }

  /// The light on the sheet: brighter here, darker there, and for a camera the edge of a shadow.
  static func light(
    depth: Double, camera: Bool, _ chance: inout SeededGenerator
  ) -> Raster {
    var field = Raster(width: 48, height: 64, filledWith: 1)
    let angle = chance.from(0...6.28)
    let bend = chance.from(0.3...1)
    let (edgeAngle, edgeAt) = (chance.from(0...6.28), chance.from(-0.5...0.6))
    let edgeDepth = camera && chance.happens(0.5) ? chance.from(0.05...0.35) : 0
    let edgeSoft = chance.from(0.03...0.2)
    for y in 0..<field.height {
      for x in 0..<field.width {
        let (u, v) = (Double(x) / 24 - 1, Double(y) / 32 - 1)
        let slope = (u * cos(angle) + v * sin(angle)) * 0.5 + 0.5
        let bowl = (u * u + v * v) * 0.5
        var value = 1 - depth * (slope * (1 - bend) + bowl * bend)
        let beyond = u * cos(edgeAngle) + v * sin(edgeAngle) - edgeAt
        value *= 1 - edgeDepth / (1 + exp(-beyond / edgeSoft))
        field[x, y] = Float(value)
      }
    }
    return field
  }
}

/// How a gray scan becomes black and white.
enum OneBit: Sendable {
  case threshold(Float)
  /// Against the mean of the neighbourhood.
  case adaptive(Float)
  case ordered
  /// Error diffusion after Floyd and Steinberg, on tones stretched between these two.
  case diffusion(low: Float, high: Float)

  /// One of the ways, set by somebody who looked that the print stays.
  static func any(
    for picture: Raster, _ chance: inout SeededGenerator
  ) -> (OneBit, String) {
    let print = min(picture.tone(below: 0.008), 0.7)
    func between(_ range: ClosedRange<Double>) -> Float {
      print + (1 - print) * Float(chance.from(range))
    }
    let roll = chance.unit()
    if roll < 0.5 { return (.threshold(between(0.45...0.92)), "threshold") }
    if roll < 0.7 {
      return (.adaptive((1 - print) * Float(chance.from(0.14...0.4))), "adaptive threshold")
    }
    if roll < 0.82 { return (.ordered, "ordered dither") }
    return (.diffusion(low: between(0...0.3), high: between(0.7...0.97)), "error diffusion")
  }

  private static let bayer: [Float] = [
    0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60,
    28, 52, 20, 62, 30, 54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15,
    47, 7, 39, 13, 45, 5, 37, 63, 31, 55, 23, 61, 29, 53, 21,
  ]

  /// Makes each value 0 or 1.
  func apply(to picture: inout Raster) {
    let (width, height) = (picture.width, picture.height)
    switch self {
    case .threshold(let limit):
      picture.split(at: limit)
    case .adaptive(let below):
      let factor = max(2, width / 160)
      var mean = picture.reduced(by: factor)
      mean.blur(sigma: 1.5)
      // A field is spread by multiplying: 1 / mean, so that paper becomes 1 everywhere.
      for i in mean.values.indices { mean.values[i] = 1 / max(mean.values[i], 0.15) }
      picture.multiply(byField: mean)
      picture.split(at: 1 - below)
    case .ordered:
      for y in 0..<height {
        for x in 0..<width {
          let limit = (Self.bayer[(y & 7) * 8 + (x & 7)] + 0.5) / 64
          let i = y * width + x
          picture.values[i] = picture.values[i] > limit * 0.88 + 0.02 ? 1 : 0
        }
      }
    case .diffusion(let low, let high):
      picture.stretch(low: low, high: high)
      var (here, below) = (
        [Float](repeating: 0, count: width + 2), [Float](repeating: 0, count: width + 2)
      )
      for y in 0..<height {
        swap(&here, &below)
        for x in below.indices { below[x] = 0 }
        for x in 0..<width {
          let i = y * width + x
          let value = picture.values[i] + here[x + 1]
          let out: Float = value > 0.5 ? 1 : 0
          let error = value - out
          picture.values[i] = out
          here[x + 2] += error * 7 / 16
          below[x] += error * 3 / 16
          below[x + 1] += error * 5 / 16
          below[x + 2] += error / 16
        }
      }
    }
  }
}

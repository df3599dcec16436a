// SPDX-License-Identifier: Apache-2.0
import Imaging

/// The surroundings of keypoints, as vectors whose product is their likeness.
///
/// 8 × 8 samples of blurred ink over a square, their mean taken off, divided by their length:
/// empty paper, which has hardly any, is like nothing.
struct Descriptions {
  static let side = 8
  static let length = side * side
  /// Side of the square on the paper.
  static let windowMM = 13.0
  /// Added to the length: so much grain is nothing.
  static let grain: Float = 3
  /// What a vector of length 1 is in whole numbers.
  static let one: Float = 2047

  /// `length` numbers each.
  var values: [Int16]
  var count: Int { values.count / Self.length }

  /// Describes the surroundings of places; `size` is the square's side in `windowMM`.
  init(_ views: Keypoints.Views, at positions: [SIMD2<Double>], size: Double = 1) {
    values = []
    values.reserveCapacity(positions.count * Self.length)
    let step = Self.windowMM * size * views.pixelsPerMM / Double(Self.side)
    let start = -0.5 * Double(Self.side - 1) * step
    var samples = [Float](repeating: 0, count: Self.length)
    for position in positions {
      let middle = position * views.pixelsPerMM
      for row in 0..<Self.side {
        for column in 0..<Self.side {
          samples[row * Self.side + column] = views.description.sample(
            x: middle.x + start + Double(column) * step,
            y: middle.y + start + Double(row) * step)
        }
      }
      let mean = samples.reduce(0, +) / Float(Self.length)
      var square: Float = 0
      for index in samples.indices {
        samples[index] -= mean
        square += samples[index] * samples[index]
      }
      let scale = Self.one / (square.squareRoot() + Self.grain)
      for sample in samples { values.append(Int16((sample * scale).rounded())) }
    }
  }

  private init(values: [Int16]) { self.values = values }

  /// What they are when the sheet is turned clockwise by a quarter turn.
  func turnedClockwise() -> Descriptions {
    let side = Self.side
    var turned = [Int16](repeating: 0, count: values.count)
    for start in stride(from: 0, to: values.count, by: Self.length) {
      for row in 0..<side {
        for column in 0..<side {
          turned[start + row * side + column] = values[start + (side - 1 - column) * side + row]
        }
      }
    }
    return Descriptions(values: turned)
  }

  /// The cosine of one of these with one of others.
  func likeness(_ index: Int, _ others: Descriptions, _ other: Int) -> Double {
    var product: Int32 = 0
    for k in 0..<Self.length {
      let (a, b) = (values[index * Self.length + k], others.values[other * Self.length + k])
      product &+= Int32(a) &* Int32(b)
    }
    return Double(product) / Double(Self.one * Self.one)
  }

  /// The first ones.
  func prefix(_ count: Int) -> Descriptions {
    Descriptions(values: Array(values.prefix(count * Self.length)))
  }

  /// The descriptions of some of the keypoints.
  func picked(_ indices: [Int]) -> Descriptions {
    var picked: [Int16] = []
    picked.reserveCapacity(indices.count * Self.length)
    for index in indices {
      picked += values[(index * Self.length)..<((index + 1) * Self.length)]
    }
    return Descriptions(values: picked)
  }
}

extension FloatPicture {
  /// The level at a place measured from the upper left corner, bilinear; 0 outside.
  @inline(__always)
  func sample(x: Double, y: Double) -> Float {
    let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    guard left >= 0, top >= 0, left < Double(width - 1), top < Double(height - 1) else { return 0 }
    let at = Int(top) * width + Int(left)
    let (fx, fy) = (Float(x - 0.5 - left), Float(y - 0.5 - top))
    let upper = pixels[at] + fx * (pixels[at + 1] - pixels[at])
    let lower = pixels[at + width] + fx * (pixels[at + width + 1] - pixels[at + width])
    return upper + fy * (lower - upper)
  }
}

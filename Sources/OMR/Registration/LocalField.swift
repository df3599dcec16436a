// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What a projection leaves over, as a smooth field: paper is fed unevenly, curls and folds.
///
/// In stages. At a point, a stage is a weighted affine fit of what the neighbours leave over,
/// with Gaussian weights, shrunk towards none; its value there is the shift. Stages differ in
/// the Gaussian's width along each axis: an even one, then a flat one, which follows an uneven
/// feed along either side of the sheet, once more (what a smooth fit cuts off a wave is a wave that
/// it can fit again), then a small one. A stage starts with soft weights, so
/// that a whole strip that was pushed away can come back, then takes Tukey's on what is left over
/// at a place by the field of *the others*: a local field otherwise swallows its own outliers.
/// A stage stays only if that lessens by 3 %: the page itself says whether it is bent.
///
/// - SeeAlso: W. Cleveland, S. Devlin, *Locally weighted regression*, JASA 83 (1988), 596–610.
struct LocalField {
  /// The widths of a stage's Gaussian on the blank, in millimetres.
  struct Width: Hashable {
    var x: Double
    var y: Double
  }

  /// One after the other; of several widths in a stage the best one.
  static let fineStages: [[Width]] = [
    [Width(x: 40, y: 40)], [Width(x: 80, y: 7), Width(x: 7, y: 80)],
    [Width(x: 80, y: 7), Width(x: 7, y: 80)], [Width(x: 15, y: 15)],
  ]
  static let coarseStages: [[Width]] = [
    [Width(x: 40, y: 40)], [Width(x: 80, y: 12), Width(x: 12, y: 80)],
  ]

  /// Ridge on the constant and on each slope, slopes in units of the Gaussian's width.
  static let ridge = (constant: 0.3, slope: 0.6)
  /// What a stage must leave at most of what was left over.
  static let gain = 0.97

  /// The Gaussians of all pairs of places: they depend on the blank alone.
  struct Kernels {
    let centers: [SIMD2<Double>]
    let stages: [[(width: Width, weights: [Float])]]

    init(_ centers: [SIMD2<Double>], stages: [[Width]]) {
      self.centers = centers
      self.stages = stages.map { stage in
        stage.map { width in
          var weights: [Float] = []
          weights.reserveCapacity(centers.count * centers.count)
          for (i, a) in centers.enumerated() {
            for (j, b) in centers.enumerated() {
              let (dx, dy) = ((a.x - b.x) / width.x, (a.y - b.y) / width.y)
              // A place says nothing about itself.
              weights.append(i == j ? 0 : Float(exp(-0.5 * (dx * dx + dy * dy))))
            }
          }
          return (width, weights)
        }
      }
    }
  }

  /// A stage that stayed: its terms give its value anywhere.
  struct Stage {
    let width: Width
    let terms: [Terms]
  }

  private(set) var stages: [Stage] = []
  /// What each place leaves over by the field of the others, in page millimetres.
  private(set) var left: [Double] = []

  /// Fits the stages one after the other.
  ///
  /// - Parameters:
  ///   - shifts: What the projection leaves over at each of the kernels' places.
  ///   - weights: How much each counts; 0 not at all.
  ///   - kernels: The places, and the stages to try.
  ///   - tolerance: What a right place may leave over, in page millimetres.
  init(_ shifts: [SIMD2<Double>], weights: [Double], kernels: Kernels, tolerance: Double) {
    left = shifts.map(Self.length)
    var shifts = shifts
    for stage in kernels.stages {
      var best: (stage: Stage, left: [Double], mean: Double)?
      for (width, gaussians) in stage {
        let (terms, left) = Self.fit(
          shifts, from: self.left, weights: weights, kernels: kernels, width: width,
          gaussians: gaussians, tolerance: tolerance)
        let mean = Self.mean(left, weights: weights, tolerance: tolerance)
        if mean < best?.mean ?? .infinity { best = (Stage(width: width, terms: terms), left, mean) }
      }
      let before = Self.mean(left, weights: weights, tolerance: tolerance)
      guard let best, best.mean < Self.gain * before else { continue }
      stages.append(best.stage)
      left = best.left
      for (index, center) in kernels.centers.enumerated() {
        shifts[index] -= best.stage.value(at: center)
      }
    }
  }

  /// The shift at a place of the blank, in page millimetres.
  func callAsFunction(_ place: SIMD2<Double>) -> SIMD2<Double> {
    stages.reduce(.zero) { $0 + $1.value(at: place) }
  }

  // MARK: One stage

  private static func fit(
    _ shifts: [SIMD2<Double>], from left: [Double], weights: [Double], kernels: Kernels,
    width: Width, gaussians: [Float], tolerance: Double
  ) -> (terms: [Terms], left: [Double]) {
    let centers = kernels.centers
    var trust = left.map { 1 / (1 + ($0 / (3 * tolerance)) * ($0 / (3 * tolerance))) }
    var terms: [Terms] = []
    var result = left
    for limit in [2.5, 1.6, 1.0, nil] {
      terms = centers.indices.map {
        Terms(at: centers[$0], width: width, shift: shifts[$0], weight: weights[$0] * trust[$0])
      }
      unsafe gaussians.withUnsafeBufferPointer { gaussians in
        for index in centers.indices {
          var sum = Terms.zero
          let row = unsafe gaussians.baseAddress.unsafelyUnwrapped + index * centers.count
          for (other, term) in terms.enumerated() { unsafe sum.add(term, times: row[other]) }
          let value = sum.value(at: centers[index], width: width)
          result[index] = length(shifts[index] - value)
        }
      }
      guard let limit else { break }
      trust = result.map { tukey($0, limit: limit * tolerance) }
    }
    return (terms, result)
  }

  private static func mean(_ left: [Double], weights: [Double], tolerance: Double) -> Double {
    var (sum, count) = (0.0, 1e-9)
    for (value, weight) in zip(left, weights) {
      sum += weight * min(value, 2 * tolerance)
      count += weight
    }
    return sum / count
  }

  private static func length(_ a: SIMD2<Double>) -> Double { (a.x * a.x + a.y * a.y).squareRoot() }
}

/// The sums of which a local affine fit is made, of one place or of many.
struct Terms {
  /// w, wx, wy, wxx; wxy, wyy, wr, ws; wxr, wyr, wxs, wys: x and y in units of the width, (r, s)
  /// the shift.
  private var a: SIMD4<Float>
  private var b: SIMD4<Float>
  private var c: SIMD4<Float>
  /// Where it lies, in units of the width (of one place only).
  let x: Float
  let y: Float

  static let zero = Terms(a: .zero, b: .zero, c: .zero, x: 0, y: 0)

  private init(a: SIMD4<Float>, b: SIMD4<Float>, c: SIMD4<Float>, x: Float, y: Float) {
    (self.a, self.b, self.c, self.x, self.y) = (a, b, c, x, y)
  }

  init(at place: SIMD2<Double>, width: LocalField.Width, shift: SIMD2<Double>, weight: Double) {
    x = Float(place.x / width.x)
    y = Float(place.y / width.y)
    let (w, r, s) = (Float(weight), Float(shift.x), Float(shift.y))
    a = w * SIMD4(1, x, y, x * x)
    b = w * SIMD4(x * y, y * y, r, s)
    c = w * SIMD4(x * r, y * r, x * s, y * s)
  }

  @inline(__always)
  mutating func add(_ other: Terms, times factor: Float) {
    a += factor * other.a
    b += factor * other.b
    c += factor * other.c
  }

  /// The fitted shift at a place: the constant of the affine fit round it.
  func value(at place: SIMD2<Double>, width: LocalField.Width) -> SIMD2<Double> {
    let (x, y) = (place.x / width.x, place.y / width.y)
    let (w, wx, wy) = (Double(a.x), Double(a.y), Double(a.z))
    guard w > 1e-12 else { return .zero }
    // From the sheet's corner to the place itself.
    let dx = wx - x * w
    let dy = wy - y * w
    let dxx = Double(a.w) - 2 * x * wx + x * x * w + LocalField.ridge.slope
    let dxy = Double(b.x) - x * wy - y * wx + x * y * w
    let dyy = Double(b.y) - 2 * y * wy + y * y * w + LocalField.ridge.slope
    let (r, s) = (Double(b.z), Double(b.w))
    let (xr, yr) = (Double(c.x) - x * r, Double(c.y) - y * r)
    let (xs, ys) = (Double(c.z) - x * s, Double(c.w) - y * s)
    // The slopes are eliminated; what stays is the constant.
    let inverse = 1 / (dxx * dyy - dxy * dxy)
    let (px, py) = ((dx * dyy - dy * dxy) * inverse, (dy * dxx - dx * dxy) * inverse)
    let weight = w + LocalField.ridge.constant - px * dx - py * dy
    return SIMD2(r - px * xr - py * yr, s - px * xs - py * ys) / weight
  }
}

extension LocalField.Stage {
  /// The stage's shift at a place of the blank, in page millimetres.
  func value(at place: SIMD2<Double>) -> SIMD2<Double> {
    let (x, y) = (Float(place.x / width.x), Float(place.y / width.y))
    var sum = Terms.zero
    for term in terms {
      let (dx, dy) = (x - term.x, y - term.y)
      let square = dx * dx + dy * dy
      if square < 20 { sum.add(term, times: exp(-0.5 * square)) }
    }
    return sum.value(at: place, width: width)
  }
}

extension LocalField.Stage {
  /// The stage's shifts at all crossings of a grid, rows first.
  ///
  /// A Gaussian is the product of one along x and one along y: few exponentials are needed.
  func values(xs: [Double], ys: [Double]) -> [SIMD2<Double>] {
    func gaussians(_ places: [Double], _ width: Double, _ own: (Terms) -> Float) -> [[Float]] {
      places.map { place in
        terms.map { term in
          let off = Float(place / width) - own(term)
          return off * off < 20 ? exp(-0.5 * off * off) : 0
        }
      }
    }
    let alongX = gaussians(xs, width.x, \.x)
    let alongY = gaussians(ys, width.y, \.y)
    var result: [SIMD2<Double>] = []
    result.reserveCapacity(xs.count * ys.count)
    var row: [Terms] = []
    var near: [Int] = []
    for (y, weightsY) in zip(ys, alongY) {
      row.removeAll(keepingCapacity: true)
      near.removeAll(keepingCapacity: true)
      for (index, weight) in weightsY.enumerated() where weight > 0 {
        var term = Terms.zero
        term.add(terms[index], times: weight)
        row.append(term)
        near.append(index)
      }
      for (x, weightsX) in zip(xs, alongX) {
        var sum = Terms.zero
        unsafe weightsX.withUnsafeBufferPointer { weights in
          for (index, term) in zip(near, row) { unsafe sum.add(term, times: weights[index]) }
        }
        result.append(sum.value(at: SIMD2(x, y), width: width))
      }
    }
    return result
  }
}

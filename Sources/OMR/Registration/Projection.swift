// SPDX-License-Identifier: Apache-2.0

/// A place of the blank and where it was found on the page.
struct Correspondence {
  /// In millimetres.
  var blank: SIMD2<Double>
  /// In millimetres as if the sheet filled the picture.
  var page: SIMD2<Double>
  /// How much it counts; 0 not at all.
  var weight: Double
}

/// The blank's plane seen in perspective: blank → page.
struct Projection {
  /// x = (p₀u + p₁v + p₂) / d, y = (p₃u + p₄v + p₅) / d, d = 1 + p₆u + p₇v, where (u, v) is the
  /// place from `center` in units of `unit`.
  private var parameters: [Double]
  private let center: SIMD2<Double>
  private static let unit = 100.0

  @inline(__always)
  func callAsFunction(_ place: SIMD2<Double>) -> SIMD2<Double> {
    let at = (place - center) / Self.unit
    let depth = 1 / (1 + parameters[6] * at.x + parameters[7] * at.y)
    return SIMD2(
      (parameters[0] * at.x + parameters[1] * at.y + parameters[2]) * depth,
      (parameters[3] * at.x + parameters[4] * at.y + parameters[5]) * depth)
  }

  /// How the page moves with a step on the blank: its columns are ∂page/∂x and ∂page/∂y.
  func slope(at place: SIMD2<Double>) -> (x: SIMD2<Double>, y: SIMD2<Double>) {
    let at = (place - center) / Self.unit
    let depth = 1 / (1 + parameters[6] * at.x + parameters[7] * at.y)
    let page = self(place)
    return (
      SIMD2(parameters[0] - page.x * parameters[6], parameters[3] - page.y * parameters[6])
        * (depth / Self.unit),
      SIMD2(parameters[1] - page.x * parameters[7], parameters[4] - page.y * parameters[7])
        * (depth / Self.unit)
    )
  }

  /// The place of the blank that comes to a place of the page, by Newton's steps.
  func inverse(_ page: SIMD2<Double>) -> SIMD2<Double> {
    var place = center
    for _ in 0..<5 {
      let slope = slope(at: place)
      let off = page - self(place)
      let area = slope.x.x * slope.y.y - slope.x.y * slope.y.x
      guard abs(area) > 1e-6 else { break }
      place.x += (off.x * slope.y.y - off.y * slope.y.x) / area
      place.y += (off.y * slope.x.x - off.x * slope.x.y) / area
    }
    return place
  }

  /// Page millimetres for each millimetre of the blank at a place.
  func scale(at place: SIMD2<Double>) -> Double {
    let slope = slope(at: place)
    return abs(slope.x.x * slope.y.y - slope.x.y * slope.y.x).squareRoot()
  }

  // MARK: Fits

  /// Fits an affine map, or a projection, to places of which some are wrong.
  ///
  /// Iterated weights after Tukey, first against all that the places leave over, whatever its
  /// size, then tighter; the projection starts from the affine map by Gauss–Newton, with a light
  /// ridge on its two perspective terms.
  ///
  /// - Parameters:
  ///   - places: Of which those with weight count.
  ///   - tolerance: What a right place may leave over, in page millimetres.
  /// - Returns: `nil` where the places determine no affine map.
  static func affine(_ places: [Correspondence], tolerance: Double) -> Projection? {
    var weights = places.map(\.weight)
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var center = SIMD2<Double>.zero
    for place in places { center += place.blank * (place.weight / sum) }
    var projection = Projection(parameters: [Double](repeating: 0, count: 8), center: center)
    for _ in 0..<4 {
      guard projection.fitAffine(places, weights) else { return nil }
      weights = projection.tukeyWeights(places, tolerance: tolerance)
    }
    return projection
  }

  /// The projection that starts from this affine map; see `affine(_:tolerance:)`.
  func homography(_ places: [Correspondence], tolerance: Double) -> Projection {
    var projection = self
    for _ in 0..<5 {
      let weights = projection.tukeyWeights(places, tolerance: tolerance)
      guard projection.improve(places, weights) else { return self }
    }
    return projection
  }

  private func tukeyWeights(_ places: [Correspondence], tolerance: Double) -> [Double] {
    let left = places.map { place in
      let off = place.page - self(place.blank)
      return (off.x * off.x + off.y * off.y).squareRoot()
    }
    let counted = zip(left, places).filter { $0.1.weight > 0 }.map(\.0).sorted()
    guard !counted.isEmpty else { return places.map { _ in 0 } }
    let limit = max(2.5 * tolerance, 4.685 * 1.4826 * counted[counted.count / 2])
    return zip(places, left).map { $0.weight * tukey($1, limit: limit) }
  }

  private mutating func fitAffine(_ places: [Correspondence], _ weights: [Double]) -> Bool {
    var matrix = [Double](repeating: 0, count: 9)
    var (right, below) = ([0.0, 0, 0], [0.0, 0, 0])
    for (place, weight) in zip(places, weights) where weight > 0 {
      let at = (place.blank - center) / Self.unit
      let row = [at.x, at.y, 1]
      for i in 0..<3 {
        for j in 0..<3 { matrix[3 * i + j] += weight * row[i] * row[j] }
        right[i] += weight * row[i] * place.page.x
        below[i] += weight * row[i] * place.page.y
      }
    }
    guard let x = solve(matrix, right), let y = solve(matrix, below) else { return false }
    parameters = x + y + [0, 0]
    return true
  }

  /// One step of Gauss–Newton for all eight parameters.
  private mutating func improve(_ places: [Correspondence], _ weights: [Double]) -> Bool {
    var matrix = [Double](repeating: 0, count: 64)
    var right = [Double](repeating: 0, count: 8)
    var (rowX, rowY) = ([Double](repeating: 0, count: 8), [Double](repeating: 0, count: 8))
    for (place, weight) in zip(places, weights) where weight > 0 {
      let at = (place.blank - center) / Self.unit
      let depth = 1 / (1 + parameters[6] * at.x + parameters[7] * at.y)
      guard depth > 0.1, depth < 10 else { continue }
      let page = self(place.blank)
      let off = place.page - page
      rowX[0] = at.x * depth
      rowX[1] = at.y * depth
      rowX[2] = depth
      rowX[6] = -page.x * at.x * depth
      rowX[7] = -page.x * at.y * depth
      rowY[3] = rowX[0]
      rowY[4] = rowX[1]
      rowY[5] = rowX[2]
      rowY[6] = -page.y * at.x * depth
      rowY[7] = -page.y * at.y * depth
      for i in 0..<8 {
        right[i] += weight * (rowX[i] * off.x + rowY[i] * off.y)
        for j in i..<8 { matrix[8 * i + j] += weight * (rowX[i] * rowX[j] + rowY[i] * rowY[j]) }
      }
    }
    for i in 0..<8 { for j in 0..<i { matrix[8 * i + j] = matrix[8 * j + i] } }
    // Errors of 0.05 mm against perspectives of 0.3: where the places say little, none.
    let ridge = 0.03
    for i in 6..<8 {
      matrix[9 * i] += ridge
      right[i] -= ridge * parameters[i]
    }
    guard let step = solve(matrix, right) else { return false }
    for i in 0..<8 { parameters[i] += step[i] }
    return true
  }
}

/// Tukey's weight: 1 where nothing is left over, 0 beyond the limit.
@inline(__always)
func tukey(_ left: Double, limit: Double) -> Double {
  let part = left / limit
  guard part < 1 else { return 0 }
  let rest = 1 - part * part
  return rest * rest
}

/// Solves a small symmetric system by Gaussian elimination with pivots; `nil` where singular.
func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
  let n = right.count
  var (a, b) = (matrix, right)
  let largest = matrix.reduce(0) { max($0, abs($1)) }
  for column in 0..<n {
    var pivot = column
    for row in (column + 1)..<max(n, column + 1)
    where abs(a[row * n + column]) > abs(a[pivot * n + column]) { pivot = row }
    guard abs(a[pivot * n + column]) > 1e-13 * largest else { return nil }
    if pivot != column {
      for k in 0..<n { a.swapAt(pivot * n + k, column * n + k) }
      b.swapAt(pivot, column)
    }
    for row in (column + 1)..<max(n, column + 1) {
      let factor = a[row * n + column] / a[column * n + column]
      guard factor != 0 else { continue }
      for k in column..<n { a[row * n + k] -= factor * a[column * n + k] }
      b[row] -= factor * b[column]
    }
  }
  for column in stride(from: n - 1, through: 0, by: -1) {
    var sum = b[column]
    for k in (column + 1)..<max(n, column + 1) { sum -= a[column * n + k] * b[k] }
    b[column] = sum / a[column * n + column]
  }
  return b
}

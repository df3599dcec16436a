// SPDX-License-Identifier: Apache-2.0

/// A projection with its field, fitted to places as they were found.
struct FittedMap {
  var projection: Projection
  var field: LocalField
  /// What each place leaves over by the field of the others, in millimetres on the paper.
  var leftMM: [Double]
  /// Whether each place agrees: it lies on the picture, was found and leaves little over.
  var agrees: [Bool]

  /// A place agrees below this, in millimetres: some ten times the usual, and just beyond what
  /// is asked of a target.
  static let agreementMM = 0.35

  /// Fits a map; `nil` where the places determine none. `toleranceMM` is what a right place may
  /// leave over, `agreementMM` what an agreeing one does, in millimetres on the paper.
  init?(
    _ found: PlaceSearch.Found, kernels: LocalField.Kernels, toleranceMM: Double,
    agreementMM: Double = FittedMap.agreementMM
  ) {
    let places = kernels.centers.indices.map {
      Correspondence(
        blank: kernels.centers[$0], page: found.page[$0], weight: found.weight[$0])
    }
    guard places.count(where: { $0.weight > 0 }) >= 4,
      let affine = Projection.affine(places, tolerance: toleranceMM)
    else { return nil }
    let middle = kernels.centers.reduce(.zero, +) / Double(kernels.centers.count)
    let scale = affine.scale(at: middle)
    guard scale > 0.2, scale < 5 else { return nil }
    let tolerance = toleranceMM * scale
    projection = affine.homography(places, tolerance: tolerance)
    let shifts = places.map { [projection] in $0.page - projection($0.blank) }
    field = LocalField(
      shifts, weights: found.weight, kernels: kernels, tolerance: tolerance)
    leftMM = field.left.map { $0 / scale }
    agrees = leftMM.indices.map { [leftMM] in
      found.onPicture[$0] && found.weight[$0] > 0 && leftMM[$0] < agreementMM
    }
  }

  func callAsFunction(_ place: SIMD2<Double>) -> SIMD2<Double> {
    projection(place) + field(place)
  }

  /// Quarter turns clockwise.
  var turns: Int {
    let right = projection.slope(at: .zero).x
    return abs(right.x) >= abs(right.y) ? (right.x > 0 ? 0 : 2) : (right.y > 0 ? 1 : 3)
  }

  var agreeing: Int { agrees.count(where: \.self) }
}

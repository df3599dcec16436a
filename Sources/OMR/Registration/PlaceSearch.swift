// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Looks for a blank's places on a page.
enum PlaceSearch {
  /// A place is found where its correlation exceeds this.
  static let leastLikeness = 0.35

  /// What was found of each place.
  struct Found {
    /// In page millimetres.
    var page: [SIMD2<Double>] = []
    var likeness: [Double] = []
    /// How much each counts in a fit; 0 where it was not found or lies off the picture.
    var weight: [Double] = []
    /// Whether the whole place lies on the picture.
    var onPicture: [Bool] = []
  }

  /// Looks for each place where it is expected.
  ///
  /// - Parameters:
  ///   - places: Of the blank.
  ///   - level: The page's ink.
  ///   - expected: Where a place of the blank is expected, in page millimetres.
  ///   - projection: Gives the slope of the map.
  ///   - only: Those to look for; all where it is `nil`.
  /// - Returns: What was found, in the places' order.
  static func find(
    _ places: Places, on level: InkLevel, expected: (SIMD2<Double>) -> SIMD2<Double>,
    projection: Projection, only: Set<Int>? = nil
  ) -> Found {
    var found = Found()
    var window = SearchWindow(side: places.side, reach: places.reach)
    let perMM = level.pixelsPerMM
    let width = Double(level.ink.width) / perMM
    let height = Double(level.ink.height) / perMM
    let half = places.kind.sideMM / 2
    for (index, (center, template)) in zip(places.centers, places.templates).enumerated()
    where only?.contains(index) ?? true {
      let middle = expected(center)
      let slope = projection.slope(at: center)
      let marginX = half * (abs(slope.x.x) + abs(slope.y.x))
      let marginY = half * (abs(slope.x.y) + abs(slope.y.y))
      let onPicture =
        middle.x >= marginX && middle.y >= marginY && middle.x <= width - marginX
        && middle.y <= height - marginY
      found.onPicture.append(onPicture)
      guard onPicture else {
        found.page.append(middle)
        found.likeness.append(0)
        found.weight.append(0)
        continue
      }
      window.sample(
        level.ink, middle: middle * perMM, right: slope.x * (perMM / places.pixelsPerMM),
        down: slope.y * (perMM / places.pixelsPerMM))
      let peak = window.peak(with: template)
      let shift = peak.shift / places.pixelsPerMM
      found.page.append(middle + slope.x * shift.x + slope.y * shift.y)
      found.likeness.append(peak.likeness)
      let weight = max(0, peak.likeness - leastLikeness)
      found.weight.append(peak.onRim ? weight / 2 : weight)
    }
    return found
  }
}

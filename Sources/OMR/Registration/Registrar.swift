// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Imaging

/// A page that was found to be one of the blanks.
public struct PlacedPage: Sendable {
  /// Which of the blanks that were offered.
  public let blank: Int
  public let fit: PageFit
}

/// Lays scanned pages on blanks by the blanks' own print, in any of four orientations.
///
/// 1. The page is shrunk to the blank's 75 pixels an inch by the length of its longer side; the
///    resolution that its file claims is not used.
/// 2. Distinct spots of its print are compared with the blank's at four quarter turns; random
///    pairs propose similarities and all matches vote (`Keypoints`, `Matching`, `Consensus`).
/// 3. Squares of the blank's print, first coarse, then fine ones, are looked for where the map
///    so far expects them, and a projection with a smooth local field is fitted to what was found
///    (`PlaceSearch`, `Projection`, `LocalField`).
/// 4. The share of squares that agree decides whether this is a page of the form at all.
///
/// The picture is never turned or warped: coordinates are mapped. One worker has one registrar;
/// it is not to be shared. The same page gives the same result.
public final class Registrar {
  public init() {}

  /// Lays a page on the blank that fits it best.
  ///
  /// - Parameter blanks: All pages of all forms that it may be.
  public func register(
    _ picture: GrayPicture, on blanks: [RegistrationBlank]
  ) -> Result<PlacedPage, Rejection> {
    var candidates: [Candidate] = []
    // Blanks of the same size share the page's levels and keypoints.
    var views: [Double: PageView] = [:]
    for (index, blank) in blanks.enumerated() {
      let view = views[blank.longerMM] ?? PageView(picture, longerMM: blank.longerMM)
      views[blank.longerMM] = view
      if let candidate = candidate(index, blank, view) { candidates.append(candidate) }
    }
    return verdict(candidates, blanks)
  }

  /// A blank laid on the page.
  struct Candidate {
    var index: Int
    var map: FittedMap
    var found: PlaceSearch.Found
    var view: PageView
    var lookedAt: Int { found.onPicture.count(where: \.self) }
    var share: Double { Double(map.agreeing) / Double(max(1, lookedAt)) }
  }

  private func candidate(_ index: Int, _ blank: RegistrationBlank, _ view: PageView) -> Candidate? {
    let hypotheses = hypotheses(blank, view)
    var best: FittedMap?
    for hypothesis in hypotheses {
      guard let start = start(hypothesis) else { continue }
      let found = PlaceSearch.find(
        blank.coarse, on: view.coarse, expected: { start($0) }, projection: start)
      guard
        let map = FittedMap(
          found, kernels: blank.coarseKernels, toleranceMM: 1, agreementMM: 1)
      else { continue }
      if map.agreeing > best?.agreeing ?? -1 { best = map }
    }
    guard let coarse = best else { return nil }
    let level = view.fine(for: coarse, blank)
    let found = PlaceSearch.find(
      blank.fine, on: level, expected: { coarse($0) }, projection: coarse.projection)
    guard let map = FittedMap(found, kernels: blank.fineKernels, toleranceMM: 0.5) else {
      return nil
    }
    return Candidate(index: index, map: map, found: found, view: view)
  }

  /// Enough agreeing matches to look no further for other sizes.
  static let enoughMatches = 40
  /// Fewer agreeing matches are chance.
  static let leastMatches = 8

  /// The two best ways to lay the blank.
  private func hypotheses(_ blank: RegistrationBlank, _ view: PageView) -> [Hypothesis] {
    var hypotheses: [Hypothesis] = []
    for (size, upright) in blank.descriptions {
      var values = upright
      for turns in 0..<4 {
        if turns > 0 { values = values.turnedClockwise() }
        let matches = Matching.matches(
          Matching.nearest(view.descriptions, values), page: view.keypoints.positions,
          blank: blank.keypoints.positions, mutual: true)
        if let best = Consensus.best(of: matches, turns: turns, scale: 1 / size),
          best.agreeing.count >= Self.leastMatches
        {
          hypotheses.append(best)
        }
      }
      if hypotheses.contains(where: { $0.agreeing.count >= Self.enoughMatches }) { break }
    }
    hypotheses.sort {
      ($1.agreeing.count, $0.turns) < ($0.agreeing.count, $1.turns)
    }
    return Array(hypotheses.prefix(2))
  }

  /// The map that a hypothesis' matches make.
  private func start(_ hypothesis: Hypothesis) -> Projection? {
    let places = hypothesis.agreeing.map {
      Correspondence(blank: $0.blank, page: $0.page, weight: 1)
    }
    guard let affine = Projection.affine(places, tolerance: 1) else { return nil }
    guard places.count >= 12 else { return affine }
    let bent = affine.homography(places, tolerance: 1)
    func left(_ projection: Projection) -> Double {
      places.reduce(0) { sum, place in
        let off = place.page - projection(place.blank)
        return sum + min(1, off.x * off.x + off.y * off.y)
      }
    }
    return left(bent) < left(affine) ? bent : affine
  }

  private func verdict(
    _ candidates: [Candidate], _ blanks: [RegistrationBlank]
  ) -> Result<PlacedPage, Rejection> {
    let sorted = candidates.sorted { ($1.share, $0.index) < ($0.share, $1.index) }
    let forms = blanks.reduce(into: [String]()) {
      if !$0.contains($1.form) { $0.append($1.form) }
    }
    guard let best = sorted.first, best.share >= 0.5 else {
      let best = sorted.first
      return .failure(
        .notAPageOf(
          forms: forms, agreeing: best?.map.agreeing ?? 0,
          places: best?.lookedAt ?? blanks.first?.fine.count ?? 0))
    }
    let blank = blanks[best.index]
    return .success(
      PlacedPage(
        blank: best.index,
        fit: PageFit(
          best.map, found: best.found, blank: blank, pixelsPerPageMM: best.view.pixelsPerMM)))
  }
}

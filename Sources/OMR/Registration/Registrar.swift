// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Geometry
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
/// 4. Where fewer squares than usual agree, the picture's mirror is tried: it may be a back.
/// 5. The share of squares that agree, and what else lies on the picture, decide whether this is
///    a page of the form at all (`RegistrationRules`).
///
/// The picture is never turned or warped: coordinates are mapped. One worker has one registrar;
/// it is not to be shared. The same page gives the same result.
public final class Registrar {
  public init() {}

  /// Lays a page on the blank that fits it best.
  ///
  /// - Parameters:
  ///   - picture: The page as scanned, at its native resolution.
  ///   - blanks: All pages of all forms that it may be; at least one.
  ///   - isNamed: Whether the page's label names the one blank that is offered: then a page that
  ///     came out badly in places is no other version, and its questions tell themselves where
  ///     their places are not sure.
  ///   - watcher: Is told of the stages, in their order.
  /// - Returns: The blank and its fit, or why the page is none of them.
  public func register(
    _ picture: GrayPicture, on blanks: [RegistrationBlank], isNamed: Bool = false,
    watcher: StageWatcher? = nil
  ) -> Result<PlacedPage, Rejection> {
    guard let candidates = Self.candidates(picture, on: blanks) else {
      return .failure(.emptyPage)
    }
    let rules = RegistrationRules(blanks: blanks, candidates: candidates, isNamed: isNamed)
    if rules.mayBeBack, let behind = Self.candidates(picture.mirrored(), on: blanks),
      let rejection = rules.rejection(seenFromBehind: behind)
    {
      return .failure(rejection)
    }

    guard let best = rules.best else { return .failure(rules.notAPage) }
    let blank = blanks[best.index]
    watcher?("matches") { StagePictures.matches(best.view, best.hypothesis) }
    watcher?("places") { StagePictures.places(best.map, best.found, blank, best.level) }
    if let rejection = rules.rejection { return .failure(rejection) }
    var fit = PageFit(
      best.map, found: best.found, blank: blank, pixelsPerPageMM: best.view.pixelsPerMM)
    watcher?("targets") { StagePictures.targets(picture, fit, blank) }
    if let rejection = rules.rejection(of: fit, picture) { return .failure(rejection) }
    let misplaced = Self.misplaced(best, blank, fit)
    if !misplaced.isEmpty {
      switch rules.slip(misplaced: misplaced.count, bend: best.bend(blank)) {
      case .none: break
      case .perhaps: fit.misplaced = misplaced
      case .certain: return .failure(.slipped(form: blank.form))
      }
    }
    return .success(PlacedPage(blank: best.index, fit: fit))
  }

  /// The blanks that the page may be of, laid on it; `nil` where the page has hardly any print.
  private static func candidates(
    _ picture: GrayPicture, on blanks: [RegistrationBlank]
  ) -> [Candidate]? {
    // Blanks of one size share the page's levels and keypoints.
    var views: [Double: PageView] = [:]
    var print = 0
    for blank in blanks where views[blank.longerMM] == nil {
      let view = PageView(picture, longerMM: blank.longerMM)
      views[blank.longerMM] = view
      print = max(print, view.printedKeypoints)
    }
    guard print >= RegistrationRules.leastPrint else { return nil }

    var guesses: [Guess] = []
    for (index, blank) in blanks.enumerated() {
      guard let view = views[blank.longerMM] else { continue }
      let hypotheses = Hypothesis.best(blank, view)
      if !hypotheses.isEmpty {
        guesses.append(Guess(index: index, hypotheses: hypotheses, view: view))
      }
    }
    let most = guesses.map(\.matches).max() ?? 0
    guesses.removeAll { Double($0.matches) < RegistrationRules.leastOfBest * Double(most) }
    return guesses.compactMap { candidate($0, blanks[$0.index]) }
  }

  /// The questions that lie on their neighbours' print.
  private static func misplaced(
    _ best: Candidate, _ blank: RegistrationBlank, _ fit: PageFit
  ) -> [SIMD2<Double>] {
    let toLevel = best.level.pixelsPerMM / best.view.pixelsPerMM
    return blank.neighbours.misplaced { place in
      let at = fit.pagePoint(BlankPoint(x: place.x, y: place.y))
      return best.level.ink.sample(x: at.x * toLevel, y: at.y * toLevel)
    }
  }

  /// A blank, and how it may lie on the page.
  private struct Guess {
    var index: Int
    var hypotheses: [Hypothesis]
    var view: PageView
    var matches: Int { hypotheses.first?.agreeing.count ?? 0 }
  }

  /// A blank laid on the page.
  struct Candidate {
    var index: Int
    var hypothesis: Hypothesis
    var map: FittedMap
    var found: PlaceSearch.Found
    var view: PageView
    var level: InkLevel
    var lookedAt: Int { found.onPicture.count(where: \.self) }
    var share: Double { Double(map.agreeing) / Double(max(1, lookedAt)) }

    /// How much the field changes at the most over 20 mm between the places to mark, as a share of
    /// that distance.
    func bend(_ blank: RegistrationBlank) -> Double {
      guard let first = blank.targets.first else { return 0 }
      let box = blank.targets.dropFirst().reduce(first) { $0.union($1) }
      let span = 20.0
      var most = 0.0
      for y in stride(from: box.y, through: box.maxY, by: span / 4) {
        for x in stride(from: box.x, through: box.maxX, by: span / 2) {
          let here = map.field(SIMD2(x, y))
          for place in [SIMD2(x + span, y), SIMD2(x, y + span)]
          where place.x <= box.maxX && place.y <= box.maxY {
            let change = map.field(place) - here
            most = max(most, (change.x * change.x + change.y * change.y).squareRoot() / span)
          }
        }
      }
      return most / map.projection.scale(at: SIMD2(blank.widthMM, blank.heightMM) / 2)
    }
  }

  /// Coarse places for each hypothesis, fine places for the better one.
  private static func candidate(_ guess: Guess, _ blank: RegistrationBlank) -> Candidate? {
    let view = guess.view
    var best: (map: FittedMap, hypothesis: Hypothesis)?
    for hypothesis in guess.hypotheses {
      guard let start = start(hypothesis) else { continue }
      let found = outwards(from: start, hypothesis, blank, view)
      let map = FittedMap(found, kernels: blank.coarseKernels, toleranceMM: 1, agreementMM: 1)
      if let map, map.agreeing > best?.map.agreeing ?? -1 { best = (map, hypothesis) }
    }
    guard let (coarse, hypothesis) = best else { return nil }
    let level = view.fine(for: coarse, blank)
    let found = PlaceSearch.find(
      blank.fine, on: level, expected: { coarse($0) }, projection: coarse.projection)
    guard let map = FittedMap(found, kernels: blank.fineKernels, toleranceMM: 0.5) else {
      return nil
    }
    return Candidate(
      index: guess.index, hypothesis: hypothesis, map: map, found: found, view: view, level: level)
  }

  /// The map that a hypothesis' matches make.
  private static func start(_ hypothesis: Hypothesis) -> Projection? {
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
    return grown(left(bent) < left(affine) ? bent : affine, hypothesis)
  }

  /// How far a projection is trusted beyond the places that made it, in millimetres. At 25° of
  /// tilt half a row of small bubbles is lost within some 60 mm.
  private static let trustMM = 30.0

  /// Coarse places, looked for outwards from the matches: a projection that is led on too far
  /// lands on the next row where all rows look alike.
  private static func outwards(
    from start: Projection, _ hypothesis: Hypothesis, _ blank: RegistrationBlank, _ view: PageView
  ) -> PlaceSearch.Found {
    let matches = hypothesis.offered.filter {
      let off = $0.page - start($0.blank)
      return off.x * off.x + off.y * off.y < 1.5 * 1.5
    }
    let keypoints = matches.map { Correspondence(blank: $0.blank, page: $0.page, weight: 0.2) }
    var (projection, trusted) = (start, matches.map(\.blank))
    let centers = blank.coarse.centers
    var found = PlaceSearch.Found(
      page: centers, likeness: centers.map { _ in 0 }, weight: centers.map { _ in 0 },
      onPicture: centers.map { _ in false })
    var left = Set(centers.indices)
    while !left.isEmpty {
      var near = left.filter { index in
        trusted.contains {
          let off = $0 - centers[index]
          return off.x * off.x + off.y * off.y < trustMM * trustMM
        }
      }
      if near.isEmpty { near = left }
      left.subtract(near)
      let some = PlaceSearch.find(
        blank.coarse, on: view.coarse, expected: { projection($0) }, projection: projection,
        only: near)
      for (at, index) in near.sorted().enumerated() {
        found.page[index] = some.page[at]
        found.likeness[index] = some.likeness[at]
        found.weight[index] = some.weight[at]
        found.onPicture[index] = some.onPicture[at]
        trusted.append(centers[index])
      }
      guard !left.isEmpty else { break }
      let places =
        keypoints
        + centers.indices.filter { found.weight[$0] > 0 }.map {
          Correspondence(blank: centers[$0], page: found.page[$0], weight: found.weight[$0])
        }
      if let affine = Projection.affine(places, tolerance: 1) {
        projection = affine.homography(places, tolerance: 1)
      }
    }
    return found
  }

  /// A similarity takes in a part of a sheet that is seen aslant; from there the projection is
  /// led on to matches that lie near it and beyond.
  private static func grown(_ start: Projection, _ hypothesis: Hypothesis) -> Projection {
    var (best, most) = (start, 0)
    for _ in 0..<6 {
      let near = hypothesis.offered.filter {
        let off = $0.page - best($0.blank)
        return off.x * off.x + off.y * off.y < Consensus.tolerance * Consensus.tolerance
      }
      guard near.count > max(most, 12) else { break }
      most = near.count
      let places = near.map { Correspondence(blank: $0.blank, page: $0.page, weight: 1) }
      guard let affine = Projection.affine(places, tolerance: 1) else { break }
      best = affine.homography(places, tolerance: 1)
    }
    return best
  }
}

extension GrayPicture {
  /// What is seen from behind.
  fileprivate func mirrored() -> GrayPicture {
    var result = self
    for y in 0..<height {
      result.pixels.replaceSubrange(
        y * width..<(y + 1) * width, with: pixels[y * width..<(y + 1) * width].reversed())
    }
    return result
  }
}

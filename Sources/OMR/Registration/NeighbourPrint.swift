// SPDX-License-Identifier: Apache-2.0
package import Form
import Geometry
import Imaging

/// Tells whether a question lies on its own print or on that of the next one.
///
/// Rows of bubbles look alike: seen aslant, a map may slip by a whole row, and all its places
/// agree there. What tells rows apart is little: their number, a word. So the page is compared
/// with both where they differ, and there alone: where it looks like the neighbour, the question
/// is misplaced.
package struct NeighbourPrint {
  /// A question against one neighbour that is laid out alike.
  package struct Pair {
    /// Which of `centers`.
    let question: Int
    /// Places of the blank where the two differ, in millimetres.
    let places: [SIMD2<Double>]
    /// The ink that each has there, of mean 0 and length 1.
    let own: [Float]
    let neighbour: [Float]

    /// How alike the page is to each, looked at this far beside: correlations.
    fileprivate func likeness(
      _ off: SIMD2<Double>, _ sample: (SIMD2<Double>) -> Float
    ) -> (own: Float, neighbour: Float) {
      guard let page = NeighbourPrint.normal(places.map { sample($0 + off) }) else { return (0, 0) }
      return (
        zip(page, own).reduce(0) { $0 + $1.0 * $1.1 },
        zip(page, neighbour).reduce(0) { $0 + $1.0 * $1.1 }
      )
    }

    /// By how much the page is more like the neighbour, at most and each where it fits best: a
    /// label may stand a little beside, where another program printed the form.
    fileprivate func excess(_ sample: (SIMD2<Double>) -> Float) -> Float {
      var best = likeness(.zero, sample)
      guard best.neighbour > best.own else { return best.neighbour - best.own }
      for at in 0..<25 {
        let off = SIMD2(Double(at % 5 - 2), Double(at / 5 - 2)) * 0.4
        let there = likeness(off, sample)
        best = (max(best.own, there.own), max(best.neighbour, there.neighbour))
      }
      guard best.neighbour > NeighbourPrint.likeNeighbour else { return 0 }
      return best.neighbour - best.own
    }
  }

  /// The middles of the questions on the blank, in millimetres.
  private(set) var centers: [SIMD2<Double>] = []
  package private(set) var pairs: [Pair] = []

  /// Neighbours further away are none that a map slips to, in millimetres.
  static let farthestMM = 16.0
  /// Targets of questions that are laid out alike lie alike to this, in millimetres.
  static let sameMM = 0.4
  /// Print beside the targets that tells of a question, in millimetres.
  static let besideMM = 12.0
  /// Distance of the places that are compared, in millimetres.
  static let stepMM = 0.3
  /// Ink differs where it does so by this share of the blank's darkest.
  static let leastDifference: Float = 0.15
  /// Of so many places at the most, those that differ most; with fewer than the least nothing is
  /// told.
  static let places = 40...300
  /// A page must be so much like the neighbour (a correlation), and by so much more than it is
  /// like the question itself.
  static let likeNeighbour: Float = 0.3
  static let leastExcess: Float = 0.15
  /// What lies so near a misplaced question is not sure either, in millimetres.
  static let reachMM = 15.0

  package init(_ page: FormPage, on level: InkLevel) {
    let rows = page.questions.map { $0.targets.map(\.box) }.filter { !$0.isEmpty }
    let darkest = level.ink.pixels.max() ?? 0
    guard darkest > 0 else { return }
    for (index, row) in rows.enumerated() {
      guard let box = Self.around(row) else { continue }
      centers.append(SIMD2(box.center.x, box.center.y))
      for shift in Self.shifts(of: row, among: rows) {
        if let pair = Self.pair(index, box, shift, level, least: Self.leastDifference * darkest) {
          pairs.append(pair)
        }
      }
    }
  }

  /// The nearest neighbours that are laid out alike, above, below, left and right, and one target
  /// further to either side.
  private static func shifts(of row: [BlankBox], among rows: [[BlankBox]]) -> [SIMD2<Double>] {
    var nearest: [SIMD2<Double>?] = [nil, nil, nil, nil]
    func offer(_ shift: SIMD2<Double>) {
      let length = (shift.x * shift.x + shift.y * shift.y).squareRoot()
      guard length > 1, length < farthestMM else { return }
      let side = abs(shift.x) > abs(shift.y) ? (shift.x > 0 ? 0 : 1) : (shift.y > 0 ? 2 : 3)
      if let known = nearest[side], known.x * known.x + known.y * known.y <= length * length {
        return
      }
      nearest[side] = shift
    }
    for other in rows where other.count == row.count {
      let shift = offset(row[0], other[0])
      let isAlike = zip(row, other).allSatisfy {
        let off = offset($0, $1) - shift
        return abs(off.x) < sameMM && abs(off.y) < sameMM
      }
      if isAlike { offer(shift) }
    }
    if row.count > 1 {
      let pitch = offset(row[0], row[1])
      offer(pitch)
      offer(-pitch)
    }
    return nearest.compactMap { $0 }
  }

  private static func offset(_ a: BlankBox, _ b: BlankBox) -> SIMD2<Double> {
    SIMD2(b.center.x - a.center.x, b.center.y - a.center.y)
  }

  private static func around(_ row: [BlankBox]) -> BlankBox? {
    row.first.map { first in row.dropFirst().reduce(first) { $0.union($1) } }
  }

  private static func pair(
    _ question: Int, _ box: BlankBox, _ shift: SIMD2<Double>, _ level: InkLevel, least: Float
  ) -> Pair? {
    var found: [(place: SIMD2<Double>, difference: Float)] = []
    for y in stride(from: box.y - 0.5, through: box.maxY + 0.5, by: stepMM) {
      for x in stride(from: box.x - besideMM, through: box.maxX + besideMM, by: stepMM) {
        let place = SIMD2(x, y)
        let difference = level.sample(place) - level.sample(place + shift)
        if abs(difference) > least { found.append((place, difference)) }
      }
    }
    found.sort {
      (abs($1.difference), $0.place.y, $0.place.x) < (abs($0.difference), $1.place.y, $1.place.x)
    }
    found = Array(found.prefix(places.upperBound))
    guard found.count >= places.lowerBound else { return nil }
    let all = found.map(\.place)
    guard let own = normal(all.map { level.sample($0) }),
      let neighbour = normal(all.map { level.sample($0 + shift) })
    else { return nil }
    return Pair(question: question, places: all, own: own, neighbour: neighbour)
  }

  /// Of mean 0 and length 1; `nil` where all are the same.
  fileprivate static func normal(_ values: [Float]) -> [Float]? {
    let mean = values.reduce(0, +) / Float(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard square > 1e-6 else { return nil }
    return values.map { ($0 - mean) / square.squareRoot() }
  }

  /// The questions that lie on a neighbour's print.
  ///
  /// - Parameter sample: The page's ink at a place of the blank.
  /// - Returns: Their middles on the blank.
  package func misplaced(_ sample: (SIMD2<Double>) -> Float) -> [SIMD2<Double>] {
    var most = [Float](repeating: -1, count: centers.count)
    for pair in pairs { most[pair.question] = max(most[pair.question], pair.excess(sample)) }
    return centers.indices.filter { most[$0] > Self.leastExcess }.map { centers[$0] }
  }

  /// Whether what lies at a place is not sure because of a misplaced question.
  static func reaches(_ misplaced: SIMD2<Double>, _ place: SIMD2<Double>) -> Bool {
    let off = misplaced - place
    return off.x * off.x + off.y * off.y < reachMM * reachMM
  }
}

extension InkLevel {
  /// The ink at a place in millimetres.
  package func sample(_ place: SIMD2<Double>) -> Float {
    let at = place * pixelsPerMM
    return ink.sample(x: at.x, y: at.y)
  }
}

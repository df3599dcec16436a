// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Places of the blank that are looked for on a page: squares of its print.
///
/// One a cell of the page is what matters: ranked by strength alone they all fall on dense text
/// and columns of answers get none. A square whose print looks like its own neighbourhood, as
/// dotted lines and rules do, cannot be told from its neighbour and is refused; that test looks
/// as far as the search will.
struct Places {
  struct Kind {
    /// Side of the square, in millimetres.
    var sideMM: Double
    /// Cells of which each gives at most one.
    var cellMM: Double
    var atMost: Int
    /// How far from where it is expected a place is looked for.
    var searchMM: Double
    /// Within this of itself likeness is no wonder.
    var selfMM: Double
    /// How far the self-likeness is looked for.
    var lookMM: Double

    static let coarse = Kind(
      sideMM: 12, cellMM: 20, atMost: 48, searchMM: 3, selfMM: 1.3, lookMM: 3)
    static let fine = Kind(
      sideMM: 5, cellMM: 8, atMost: 330, searchMM: 1.2, selfMM: 0.5, lookMM: 2.5)
  }

  static let mostSelfLikeness: Float = 0.8
  /// Mean corner strength of a square below which there is no print to speak of.
  static let leastStrength: Float = 8

  let kind: Kind
  /// Resolution of the templates.
  let pixelsPerMM: Double
  /// Side of the templates in pixels, odd.
  let side: Int
  /// How far they are moved, in pixels.
  let reach: Int
  /// The squares' middles on the blank, in millimetres.
  private(set) var centers: [SIMD2<Double>] = []
  private(set) var templates: [Template] = []

  var count: Int { centers.count }

  init(_ kind: Kind, on level: InkLevel) {
    self.kind = kind
    pixelsPerMM = level.pixelsPerMM
    side = max(5, 2 * Int((kind.sideMM * pixelsPerMM - 1) / 2) + 1)
    reach = max(1, Int((kind.searchMM * pixelsPerMM).rounded()))
    let strength = CornerStrength.map(level.ink, block: side)
    let step = max(1, side / 6)
    let radius = side / 2
    let cell = kind.cellMM * pixelsPerMM
    var chosen: [(strength: Float, x: Int, y: Int, template: Template)] = []
    for row in 0..<Int((Double(strength.height) / cell).rounded(.up)) {
      for column in 0..<Int((Double(strength.width) / cell).rounded(.up)) {
        var candidates: [CornerStrength.Peak] = []
        let (top, left) = (Int(Double(row) * cell), Int(Double(column) * cell))
        let bottom = min(Int(Double(row + 1) * cell), strength.height - radius)
        let right = min(Int(Double(column + 1) * cell), strength.width - radius)
        for y in stride(from: max(top, radius), to: bottom, by: step) {
          for x in stride(from: max(left, radius), to: right, by: step)
          where strength[x, y] > Self.leastStrength {
            candidates.append(.init(x: x, y: y, strength: strength[x, y]))
          }
        }
        candidates.sort { ($1.strength, $0.y, $0.x) < ($0.strength, $1.y, $1.x) }
        for candidate in candidates.prefix(12) {
          let template = Template(level.ink, x: candidate.x, y: candidate.y, side: side)
          if !looksLikeItself(template, candidate, level) {
            chosen.append((candidate.strength, candidate.x, candidate.y, template))
            break
          }
        }
      }
    }
    chosen.sort { ($1.strength, $0.y, $0.x) < ($0.strength, $1.y, $1.x) }
    let centers = chosen.map { SIMD2(Double($0.x) + 0.5, Double($0.y) + 0.5) / pixelsPerMM }
    for index in spread(centers) {
      self.centers.append(centers[index])
      templates.append(chosen[index].template)
    }
  }

  /// Leaves out places until none cover each other and there are few enough: of the two nearest
  /// the later one, so that dense text gives way to the lone digit at the edge of a table.
  private func spread(_ centers: [SIMD2<Double>]) -> [Int] {
    let nearest = 0.8 * kind.sideMM * 0.8 * kind.sideMM
    var pairs: [(square: Double, later: Int, earlier: Int)] = []
    for later in centers.indices {
      for earlier in 0..<later {
        let off = centers[later] - centers[earlier]
        let square = off.x * off.x + off.y * off.y
        if square < 900 { pairs.append((square, later, earlier)) }
      }
    }
    pairs.sort { ($0.square, $1.later, $0.earlier) < ($1.square, $0.later, $1.earlier) }
    var (stays, left) = ([Bool](repeating: true, count: centers.count), centers.count)
    for pair in pairs where stays[pair.later] && stays[pair.earlier] {
      guard left > kind.atMost || pair.square < nearest else { break }
      stays[pair.later] = false
      left -= 1
    }
    return Array(centers.indices.filter { stays[$0] }.prefix(kind.atMost))
  }

  private func looksLikeItself(
    _ template: Template, _ peak: CornerStrength.Peak, _ level: InkLevel
  ) -> Bool {
    let look = Int((kind.lookMM * pixelsPerMM).rounded())
    var window = SearchWindow(side: side, reach: look)
    window.copy(level.ink, x: peak.x, y: peak.y)
    let own = kind.selfMM * pixelsPerMM
    func isAlike(_ x: Int, _ y: Int, _ least: Float) -> Bool {
      Double(x * x + y * y).squareRoot() > own && window.likeness(template, x: x, y: y) > least
    }
    // Every other shift, with their neighbours where it is nearly alike.
    for y in stride(from: -look, through: look, by: 2) {
      for x in stride(from: -look, through: look, by: 2)
      where isAlike(x, y, Self.mostSelfLikeness - 0.2) {
        for nearY in (y - 1)...(y + 1) {
          for nearX in (x - 1)...(x + 1) where isAlike(nearX, nearY, Self.mostSelfLikeness) {
            return true
          }
        }
      }
    }
    return false
  }
}

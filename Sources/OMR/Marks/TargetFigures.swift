// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging

// What is measured of one target, in millimetres and shares of paper, so that it carries over
// from form to form: ink in zones round its middle, its stroke, what it encloses, how the print
// came out. Then the same against the other targets of its question and against what an
// untouched target of this shape looks like on this sheet.

/// The figures of one target, in the order of `TargetFigures.names`.
package struct TargetFigures: Sendable {
  package var values: [Float]

  package init(values: [Float]) { self.values = values }

  /// The names of the figures: the columns that the model is trained on.
  package static let names: [String] =
    own + strange + relative.map { "row difference, " + $0 } + relative.map { "row share, " + $0 }
    + relative.map { "untouched, " + $0 } + relative.map { "alike, " + $0 } + page + shape

  /// Figures of the target alone.
  static let own = [
    "ink 0", "ink 1", "ink 2", "ink 3", "above", "below", "left", "right", "darkest",
    "dark 95 %", "certain ink", "difference 0", "difference 1", "sectors", "enclosed",
    "center enclosed", "coverage", "stroke width", "stroke height", "stroke area",
    "stroke off x", "stroke off y", "stroke inside", "stroke fill", "stroke darkness",
    "stroke thickness", "stroke length",
  ]
  /// Figures of the target against untouched ones that are printed alike on this page: strange
  /// ink in three zones in mm², its mean in the inner two and its upper end (`AlikePrint`);
  /// `examples` is 1 where such targets are known, 0 where not, -1 before they are chosen.
  static let strange = [
    "strange 0", "strange 1", "strange 2", "strange mean 0", "strange mean 1", "strange 95 %",
    "examples",
  ]
  /// What stands for `strange` before examples are chosen.
  static let notYetStrange: [Float] = [0, 0, 0, 0, 0, 0, -1]
  /// Those that are also compared with the row and the sheet.
  static let relative = [
    "ink 0", "ink 1", "ink 2", "darkest", "certain ink", "difference 0", "difference 1",
    "coverage", "stroke area", "strange 0", "strange mean 0",
  ]
  static let page = ["noise", "pixels a mm"]
  static let shape = ["is char", "is bubble", "is box", "is cell"]

  static let relativeIndices: [Int] = relative.compactMap { (own + strange).firstIndex(of: $0) }
}

/// Measures targets on a canvas.
struct TargetMeter {
  let plan: MarkPlan
  let ink: InkMap
  let strokes: Strokes

  /// Zones round a printed digit: radii in millimetres.
  private static let charZones = [1.7, 3.2, 4.6]
  /// Zones round a drawn target: shares of its half width and height.
  private static let boxZones = [0.85, 1.25, 2.0]

  /// What is measured of one target.
  struct Measured {
    var own: [Float]
    var inkMM2: Double
    var coverage: Double
    /// Mean darkness of the ink at the target and close to it, in shares of paper.
    var darkness: Double
    /// The stroke with most ink here.
    var stroke: Int?
    /// Strokes here and their squares in the window.
    var squaresOfStroke: [Int: Int]
  }

  func measure(_ place: MarkPlan.Place) -> Measured {
    let window = place.window
    let width = plan.canvas.width
    let perMM = MarkCanvas.pixelsPerMM
    let square = 1 / (perMM * perMM)
    let halfWidth = max(1, place.target.box.width / 2 * perMM)
    let halfHeight = max(1, place.target.box.height / 2 * perMM)
    let isChar = place.target.shape == .char
    var zones = [Float](repeating: 0, count: 4)
    var zoneSquares = [Int](repeating: 0, count: 4)
    var bareSquares = [0, 0]
    var differences: [Float] = [0, 0]
    var covered = [0, 0]
    var darkness: Float = 0
    var sides: [Float] = [0, 0, 0, 0]
    var (darkest, certain): (Float, Float) = (0, 0)
    var sectors: UInt32 = 0
    var darks = [Int](repeating: 0, count: 64)
    var squares: [Int: Int] = [:]
    let twice = Float(2 * ink.limit)
    for y in window.ys {
      let dy = Double(y) + 0.5 - place.center.y
      for x in window.xs {
        let at = y * width + x
        let dx = Double(x) + 0.5 - place.center.x
        let zone = Self.zone(
          dx: dx, dy: dy, isChar: isChar, halfWidth: halfWidth, halfHeight: halfHeight)
        zoneSquares[zone] += 1
        let difference = ink.difference.pixels[at]
        let added = ink.added.pixels[at]
        if zone < 2 {
          if ink.bare[at] != 0 {
            differences[zone] += difference
            bareSquares[zone] += 1
          }
          darks[min(63, Int(added * 64))] += 1
          darkest = max(darkest, added)
        }
        guard ink.mask[at] != 0 else { continue }
        zones[zone] += 1
        if zone < 2 {
          covered[zone] += 1
          darkness += added
        }
        if added > twice { certain += 1 }
        if abs(dx) > halfWidth { sides[dx < 0 ? 2 : 3] += 1 }
        if abs(dy) > halfHeight { sides[dy < 0 ? 0 : 1] += 1 }
        sectors |= 1 << UInt32(Self.sector(dx: dx, dy: dy))
        let owner = Int(strokes.owner[at])
        if owner >= 0 { squares[owner, default: 0] += 1 }
      }
    }
    let main = squares.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let enclosed = enclosure(place)
    var own: [Float] = zones.map { $0 * Float(square) }
    own += sides.map { $0 * Float(square) }
    own += [darkest, Self.upper(darks, share: 0.95), certain * Float(square)]
    own += [
      differences[0] / Float(max(8, bareSquares[0])),
      differences[1] / Float(max(8, bareSquares[1])),
    ]
    own += [Float(sectors.nonzeroBitCount), enclosed.area * Float(square), enclosed.center]
    let coverage = Float(covered[0]) / Float(max(1, zoneSquares[0]))
    own.append(coverage)
    own += strokeFigures(main, place)
    return Measured(
      own: own, inkMM2: Double(zones.reduce(0, +)) * square, coverage: Double(coverage),
      darkness: Double(darkness) / Double(max(1, covered[0] + covered[1])), stroke: main?.key,
      squaresOfStroke: squares)
  }

  /// The figures of `TargetFigures.strange`; `values` is the strangeness of the target's cut.
  func strange(
    _ place: MarkPlan.Place, _ cut: PatchCut, _ values: [UInt8], hasExamples: Bool
  ) -> [Float] {
    let halfWidth = max(1, place.target.box.width / 2 * MarkCanvas.pixelsPerMM)
    let halfHeight = max(1, place.target.box.height / 2 * MarkCanvas.pixelsPerMM)
    var (strange, sums, counts) = ([0, 0, 0], [0, 0], [0, 0])
    var levels = [Int](repeating: 0, count: 64)
    let window = place.window
    for y in 0..<MarkPatch.height {
      let squareY = cut.top + y * cut.step
      guard squareY >= window.top, squareY < window.bottom else { continue }
      let dy = Double(squareY) + Double(cut.step) / 2 - place.center.y
      for x in 0..<MarkPatch.width {
        let squareX = cut.left + x * cut.step
        guard squareX >= window.left, squareX < window.right else { continue }
        let zone = Self.zone(
          dx: Double(squareX) + Double(cut.step) / 2 - place.center.x, dy: dy,
          isChar: place.target.shape == .char, halfWidth: halfWidth, halfHeight: halfHeight)
        guard zone < 3 else { continue }
        let value = Int(values[y * MarkPatch.width + x])
        if value > AlikePrint.strangeValue { strange[zone] += 1 }
        guard zone < 2 else { continue }
        sums[zone] += value - AlikePrint.nothing
        counts[zone] += 1
        levels[max(0, value - AlikePrint.nothing) / 2] += 1
      }
    }
    let side = Float(cut.step) / Float(MarkCanvas.pixelsPerMM)
    let areas: [Float] = strange.map { Float($0) * side * side }
    let means: [Float] = (0..<2).map { Float(sums[$0]) / Float(32 * max(1, counts[$0])) }
    let upper: Float = Self.upper(levels, share: 0.95)
    return areas + means + [upper, hasExamples ? 1 : 0]
  }

  private static func zone(
    dx: Double, dy: Double, isChar: Bool, halfWidth: Double, halfHeight: Double
  ) -> Int {
    if isChar {
      let radius = (dx * dx + dy * dy).squareRoot() / MarkCanvas.pixelsPerMM
      return charZones.firstIndex { radius < $0 } ?? 3
    }
    let reach = max(abs(dx) / halfWidth, abs(dy) / halfHeight)
    return boxZones.firstIndex { reach < $0 } ?? 3
  }

  /// One of 16 sectors round the middle, by comparisons alone: two halvings of each quadrant.
  private static func sector(dx: Double, dy: Double) -> Int {
    let quadrant = (dx < 0 ? 1 : 0) + (dy < 0 ? 2 : 0)
    let (a, b) = (abs(dx), abs(dy))
    // tan 22.5°, 45°, 67.5°
    let part = b < 0.41421 * a ? 0 : b < a ? 1 : b < 2.41421 * a ? 2 : 3
    return quadrant * 4 + part
  }

  private static func upper(_ counts: [Int], share: Double) -> Float {
    var left = Int(Double(counts.reduce(0, +)) * (1 - share))
    for bin in stride(from: counts.count - 1, through: 0, by: -1) {
      left -= counts[bin]
      if left < 0 { return Float(bin) / 64 }
    }
    return 0
  }

  private func strokeFigures(_ main: (key: Int, value: Int)?, _ place: MarkPlan.Place) -> [Float] {
    guard let main else { return [Float](repeating: 0, count: 10) }
    let stroke = strokes.strokes[main.key]
    let perMM = MarkCanvas.pixelsPerMM
    let (width, height) = (stroke.right - stroke.left, stroke.bottom - stroke.top)
    let offX = (Double(stroke.left + stroke.right) / 2 - place.center.x) / perMM
    let offY = (Double(stroke.top + stroke.bottom) / 2 - place.center.y) / perMM
    let thickness = stroke.thicknessMM
    return [
      Float(Double(width) / perMM), Float(Double(height) / perMM), Float(stroke.areaMM2),
      Float(offX), Float(offY), Float(main.value) / Float(max(1, stroke.area)),
      Float(stroke.area) / Float(max(1, width * height)), Float(stroke.meanDarkness),
      Float(thickness), Float(thickness > 0 ? stroke.areaMM2 / thickness : 0),
    ]
  }

  /// Squares that ink cuts off from the window's edge, and the share of the target's middle
  /// among them.
  private func enclosure(_ place: MarkPlan.Place) -> (area: Float, center: Float) {
    let window = place.window
    let (columns, rows) = (window.right - window.left, window.bottom - window.top)
    guard columns > 2, rows > 2 else { return (0, 0) }
    let width = plan.canvas.width
    var reached = [Bool](repeating: false, count: columns * rows)
    var open: [Int] = []
    func visit(_ x: Int, _ y: Int) {
      let at = y * columns + x
      guard !reached[at], strokes.walls[(y + window.top) * width + x + window.left] == 0
      else { return }
      reached[at] = true
      open.append(at)
    }
    for x in 0..<columns {
      visit(x, 0)
      visit(x, rows - 1)
    }
    for y in 0..<rows {
      visit(0, y)
      visit(columns - 1, y)
    }
    while let at = open.popLast() {
      let (x, y) = (at % columns, at / columns)
      if x > 0 { visit(x - 1, y) }
      if x + 1 < columns { visit(x + 1, y) }
      if y > 0 { visit(x, y - 1) }
      if y + 1 < rows { visit(x, y + 1) }
    }
    var (area, center, middle) = (0, 0, 0)
    // The middle of a target: 1 mm round its center.
    let reach = MarkCanvas.pixelsPerMM
    for y in 0..<rows {
      for x in 0..<columns {
        let dx = Double(x + window.left) + 0.5 - place.center.x
        let dy = Double(y + window.top) + 0.5 - place.center.y
        let isMiddle = abs(dx) < reach && abs(dy) < reach
        if isMiddle { middle += 1 }
        let wall = strokes.walls[(y + window.top) * width + x + window.left] != 0
        guard !reached[y * columns + x], !wall else { continue }
        area += 1
        if isMiddle { center += 1 }
      }
    }
    return (Float(area), Float(center) / Float(max(1, middle)))
  }
}

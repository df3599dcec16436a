// SPDX-License-Identifier: Apache-2.0
import Geometry

/// One person with one pen: what stays the same over a sheet.
struct Hand: Sendable {
  var pen: Pen
  /// How large this hand writes, about 1.
  var size: Double
  /// How much it leans to the right, about 0.
  var slant: Double
  /// How far it strays and trembles, in millimetres.
  var swing: Double
  var tremble: Double
  /// Whether rings are drawn counter-clockwise, and where they begin, radians from the top.
  var turnsLeft: Bool
  var ringStart: Double
  var besideRight: Bool
  var backslash: Bool
  /// How far fills go beyond (above 1) or stop before the outline.
  var fills: Double
  var hatchAngle: Double
  /// The kind of mark this person makes on each kind of place, and how faithfully.
  var usual: [PlaceKind: MarkKind]
  var faithful: Double
  /// Kinds of marks that the sheet tells people not to make, and that this person does not make.
  private let shunned: Set<MarkKind>
  private let use: SheetUse

  /// The share of people who mark as the sheet tells them.
  static let reads = 0.75

  /// A person; `plain` where only dark pens and steady hands are wanted (clean sheets).
  init(
    plain: Bool, use: SheetUse, shunned: Set<MarkKind> = [], _ chance: inout SeededGenerator
  ) {
    let pens = Pen.all(for: use).filter { $0.plain || !plain }
    pen = chance.pick(
      pens.map { ($0.pen, use == .training ? 2 + $0.weight * 0.3 : $0.weight) }
    )
    .inHand(&chance)
    size = chance.from(0.82...1.2)
    slant = chance.normal(0.25, 0.3)
    let shaky = !plain && chance.happens(0.12)
    swing = chance.from(0.04...0.16)
    tremble = shaky ? chance.from(0.06...0.14) : chance.from(0.0...0.03)
    turnsLeft = chance.happens(0.7)
    ringStart = chance.normal(0, 0.7)
    besideRight = chance.happens(0.35)
    backslash = chance.happens(0.25)
    fills = chance.from(0.82...1.12)
    hatchAngle = chance.from(-0.9...0.9)
    faithful = use == .training ? chance.from(0.2...0.8) : chance.from(0.75...1.0)
    self.use = use
    self.shunned = shunned
    usual = [:]
    for place in [PlaceKind.printed, .drawnBox, .drawnBubble, .emptyCell] {
      usual[place] = chance.pick(
        MarkKind.habits(place, use: use).filter { !shunned.contains($0.0) })
    }
  }

  /// The kind of the next mark on a place.
  func kind(at site: Site, _ chance: inout SeededGenerator) -> MarkKind {
    var kind = chance.pick(
      MarkKind.habits(site.kind, use: use).filter { !shunned.contains($0.0) })
    if chance.happens(faithful), let usual = usual[site.kind] { kind = usual }
    // Beside a target only where that is nearer to it than to the next.
    if site.pitchX < site.box.width + 6 {
      if kind == .tickBeside { kind = .tick }
      if kind == .crossBeside { kind = .cross }
    }
    return kind
  }

  /// Another pen for once: somebody picks up what lies nearest. Training sheets mix strong and
  /// weak marks this way.
  func withOtherPen(_ chance: inout SeededGenerator) -> Hand {
    var other = self
    other.pen = chance.pick(Pen.all(for: use).map { ($0.pen, 1) }).inHand(&chance)
    return other
  }
}

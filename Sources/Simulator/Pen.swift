// SPDX-License-Identifier: Apache-2.0

/// What a person writes with, and how it takes on paper.
package struct Pen: Sendable {
  /// As the truth names it: "blue ballpoint".
  var name: String
  /// The line's width at ordinary pressure, in millimetres.
  var width: Double
  /// How much of red, green and blue light a full line swallows, 0 to 1.
  var swallows: (red: Float, green: Float, blue: Float)
  /// How much of that a line of ordinary pressure reaches, 0 to 1.
  var strength: Double
  /// How strongly the pressure comes and goes along a line, 0 to 1.
  var unsteady: Double
  /// How much the paper's tooth breaks the line: 0 for ink, up to 1 for hard pencil.
  var tooth: Double
  /// How often the ink stays away, gaps a centimetre.
  var gaps: Double
  /// The width of the line's soft edge, in millimetres.
  var edge: Double
  /// Darker where the pen starts and stops, 0 to 1.
  var blots: Double
  /// Whether it can be rubbed out.
  var erases: Bool { name.hasSuffix("pencil") }

  /// The pens of an office, with how often each is seen at the levels office and hard; the plain
  /// ones alone are used where sheets are clean. Widths and strengths were set by looking at
  /// scans of real and painted sheets beside the painter's.
  static let all: [(pen: Pen, weight: Double, plain: Bool)] = [
    (
      Pen(
        name: "blue ballpoint", width: 0.40, swallows: (0.86, 0.76, 0.36), strength: 0.80,
        unsteady: 0.18, tooth: 0.10, gaps: 0.02, edge: 0.10, blots: 0.15), 17, true
    ),
    (
      Pen(
        name: "black ballpoint", width: 0.40, swallows: (0.86, 0.86, 0.83), strength: 0.80,
        unsteady: 0.18, tooth: 0.10, gaps: 0.02, edge: 0.10, blots: 0.15), 9, true
    ),
    (
      Pen(
        name: "red ballpoint", width: 0.40, swallows: (0.20, 0.85, 0.78), strength: 0.80,
        unsteady: 0.18, tooth: 0.10, gaps: 0.02, edge: 0.10, blots: 0.15), 2, false
    ),
    (
      Pen(
        name: "violet ballpoint", width: 0.38, swallows: (0.60, 0.80, 0.38), strength: 0.85,
        unsteady: 0.18, tooth: 0.10, gaps: 0.02, edge: 0.10, blots: 0.15), 1, false
    ),
    (
      Pen(
        name: "faint ballpoint", width: 0.33, swallows: (0.80, 0.72, 0.42), strength: 0.42,
        unsteady: 0.30, tooth: 0.22, gaps: 0.15, edge: 0.12, blots: 0.05), 4, false
    ),
    (
      Pen(
        name: "weak ballpoint", width: 0.36, swallows: (0.84, 0.76, 0.42), strength: 0.55,
        unsteady: 0.50, tooth: 0.30, gaps: 1.1, edge: 0.12, blots: 0.05), 4, false
    ),
    (
      Pen(
        name: "blue gel", width: 0.62, swallows: (0.92, 0.82, 0.40), strength: 0.93,
        unsteady: 0.08, tooth: 0.02, gaps: 0, edge: 0.08, blots: 0.2), 3, true
    ),
    (
      Pen(
        name: "black gel", width: 0.70, swallows: (0.93, 0.93, 0.92), strength: 0.95,
        unsteady: 0.08, tooth: 0.02, gaps: 0, edge: 0.08, blots: 0.2), 4, true
    ),
    (
      Pen(
        name: "felt pen", width: 1.20, swallows: (0.90, 0.88, 0.86), strength: 0.92,
        unsteady: 0.10, tooth: 0.06, gaps: 0, edge: 0.14, blots: 0.1), 2, false
    ),
    (
      Pen(
        name: "soft pencil", width: 0.65, swallows: (0.80, 0.80, 0.78), strength: 0.72,
        unsteady: 0.25, tooth: 0.55, gaps: 0, edge: 0.16, blots: 0), 3, false
    ),
    (
      Pen(
        name: "pencil", width: 0.50, swallows: (0.76, 0.76, 0.74), strength: 0.55,
        unsteady: 0.25, tooth: 0.60, gaps: 0, edge: 0.16, blots: 0), 4, false
    ),
    (
      Pen(
        name: "hard pencil", width: 0.38, swallows: (0.70, 0.70, 0.68), strength: 0.42,
        unsteady: 0.25, tooth: 0.60, gaps: 0, edge: 0.16, blots: 0), 4, false
    ),
    (faintPencil, 4, false),
    (
      Pen(
        name: "coloured pencil", width: 0.70, swallows: (0.70, 0.45, 0.30), strength: 0.50,
        unsteady: 0.25, tooth: 0.60, gaps: 0, edge: 0.18, blots: 0), 1, false
    ),
  ]

  static let faintPencil = Pen(
    name: "faint pencil", width: 0.50, swallows: (0.66, 0.66, 0.64), strength: 0.24,
    unsteady: 0.25, tooth: 0.60, gaps: 0, edge: 0.20, blots: 0)

  /// The pens of sheets for a use: one of them is on sheets to measure alone.
  static func all(for use: SheetUse) -> [(pen: Pen, weight: Double, plain: Bool)] {
    use == .measuring ? all : all.filter { $0.pen.name != keptForMeasuring }
  }

  /// The pen that no reader trains on.
  package static let keptForMeasuring = "violet ballpoint"

  /// This pen in one person's hand: a little thinner or thicker, stronger or weaker.
  func inHand(_ chance: inout SeededGenerator) -> Pen {
    var pen = self
    pen.width *= chance.from(0.8...1.35)
    pen.strength = min(1, pen.strength * chance.from(0.82...1.15))
    pen.unsteady *= chance.from(0.6...1.4)
    pen.tooth = min(0.9, pen.tooth * chance.from(0.6...1.4))
    return pen
  }
}

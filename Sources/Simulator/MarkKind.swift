// SPDX-License-Identifier: Apache-2.0
import Form

/// The ways in which people mark a target.
package enum MarkKind: String, Sendable, CaseIterable {
  // Round a printed digit or letter.
  case ring, openRing = "open ring", smallRing = "small ring", wideRing = "wide ring"
  case twoLoops = "two loops", offCentreRing = "off-centre ring"
  case underline, doubleUnderline = "double underline"
  // On everything.
  case tick, cross, slash
  // At boxes, bubbles and empty cells.
  case longTick = "long tick", tickBeside = "tick beside", crossBeside = "cross beside"
  case largeCross = "large cross"
  case scribbledFill = "scribbled fill", solidFill = "fill", partFill = "part fill"
  case lightFill = "light fill"
  case dot, dash, upright = "upright stroke"
  case star
  case boxRing = "box ring", bigRing = "big ring"

  /// Where the kinds are used, and how often by people who mark mostly so.
  ///
  /// `usual` is the share of people whose habit this is; `training` the same where rare kinds
  /// are raised, so that a reader sees hundreds of each. Kinds that are kept for measuring are on
  /// sheets to measure alone.
  static func habits(_ place: PlaceKind, use: SheetUse) -> [(MarkKind, Double)] {
    let table: [(kind: MarkKind, usual: Double, training: Double)]
    switch place {
    case .printed:
      table = [
        (.ring, 40, 9), (.openRing, 10, 8), (.smallRing, 6, 7), (.wideRing, 13, 9),
        (.twoLoops, 8, 7), (.offCentreRing, 5, 7), (.tick, 6, 9), (.cross, 5, 9),
        (.slash, 5, 9), (.underline, 4, 7), (.doubleUnderline, 0.5, 3), (.scribbledFill, 0.5, 4),
      ]
    case .drawnBox:
      table = [
        (.tick, 34, 9), (.cross, 32, 9), (.longTick, 6, 7), (.slash, 4, 8), (.largeCross, 3, 5),
        (.scribbledFill, 6, 8), (.solidFill, 5, 7), (.partFill, 2, 7), (.lightFill, 1, 8),
        (.tickBeside, 2, 9), (.crossBeside, 1, 8), (.dot, 1.5, 7), (.dash, 1, 7),
        (.upright, 1, 8), (.star, 0.7, 5), (.boxRing, 4, 7), (.bigRing, 1, 5),
      ]
    case .drawnBubble:
      table = [
        (.solidFill, 44, 12), (.scribbledFill, 24, 12), (.partFill, 8, 9), (.lightFill, 8, 12),
        (.tick, 6, 8), (.cross, 5, 8), (.slash, 2, 7), (.dot, 2, 6), (.boxRing, 2, 6),
        (.crossBeside, 0.5, 5), (.tickBeside, 0.5, 5), (.dash, 0.5, 5),
        (.upright, 0.5, 5),
      ]
    case .emptyCell:
      table = [
        (.tick, 34, 9), (.cross, 34, 9), (.slash, 6, 7), (.scribbledFill, 5, 7),
        (.partFill, 1, 4), (.dot, 3, 6), (.dash, 2, 6), (.upright, 2, 7), (.smallRing, 4, 6),
        (.longTick, 4, 6), (.largeCross, 4, 6), (.star, 0.7, 5),
      ]
    }
    return table.filter { use == .measuring || !keptForMeasuring.contains($0.kind) }
      .map { ($0.kind, use == .training ? $0.training : $0.usual) }
  }
}

extension MarkKind {
  /// Kinds that no reader trains on, one round printed digits and the others in boxes, so that
  /// what is said of kinds that nobody thought of is measured, not hoped. Big rings were trained
  /// on before they were kept; the trees in use know them.
  package static let keptForMeasuring: Set<MarkKind> = [.twoLoops, .star, .bigRing]

  /// Those that fill a target, or part of it.
  static let fills: Set<MarkKind> = [.solidFill, .scribbledFill, .partFill, .lightFill]

  /// What a sheet with this rule tells people not to make: where a blackened box is one that is
  /// taken back, its instruction also shows marks beside and round the box as wrong.
  static func against(_ rule: CancelRule) -> Set<MarkKind> {
    guard rule == .blacken else { return [] }
    return fills.union([.tickBeside, .crossBeside, .boxRing, .bigRing])
  }
}

/// What marks make of a target: how people treat it.
enum PlaceKind: Sendable {
  /// A printed digit or letter that stands free or in a table cell.
  case printed
  case drawnBox
  case drawnBubble
  case emptyCell
}

/// How a mark is taken back by its writer.
enum Retraction: String, Sendable, CaseIterable {
  case crossedOut = "crossed out"
  case scribbledOut = "scribbled out"
  case struckTwice = "struck twice"
  case wavedOut = "struck by a wave"
  case blackened
  /// Rubbed out, with a ghost left: pencils only.
  case erased
  case fluid = "correction fluid"
}

// SPDX-License-Identifier: Apache-2.0

/// How often people do what, a question or a page; one table for all levels.
struct MarkRates: Sendable {
  /// A question left blank; and the share of people who leave every fourth one blank.
  var blank: Double
  var careless: Double
  /// A sheet of which much is not used: columns of a name, the end of an exam, a part that is not
  /// for everybody.
  var unused: Double
  /// Two marks on a single question, none taken back.
  var double: Double
  /// A mark taken back and another one made; and taken back with no other.
  var takenBack: Double
  var takenBackOnly: Double
  /// Of those that take back: as the sheet says it is to be done, where it says so.
  var obedient: Double
  /// A speck of a resting pen beside an answer; and a speck as all there is.
  var speck: Double
  var speckOnly: Double
  /// A mark between two targets.
  var between: Double
  /// Made with another pen than the rest of the sheet.
  var otherPen: Double
  // How many a page.
  var strayLines: Double
  /// No page has more of them.
  var mostStrays: Int
  var linesThroughRows: Double
  /// A block of rows that are not used, crossed out.
  var crossedBlocks: Double
  var words: Double
  var marginTicks: Double
  var underlines: Double
  /// Words where words are asked for, a text area.
  var textAreas: Double
  /// A sheet on which nothing is marked.
  var blankSheet: Double
  /// A code of which nothing is written; and a cell whose digit is struck out or written over.
  var codeBlank: Double
  var cellSpoilt: Double
  /// An office's red stamp on the page.
  var stamped: Double

  /// The rates of a level; photographed sheets were filled as an office's are.
  static func of(_ level: Level, use: SheetUse) -> MarkRates {
    switch use {
    case .training: return .training
    case .takingBack: return .takingBack
    case .measuring, .calibrating: break
    }
    return switch level {
    case .clean: .clean
    case .office, .photo: .office
    case .hard: .hard
    }
  }

  static let clean = MarkRates(
    blank: 0.01, careless: 0, unused: 0.25, double: 0.002, takenBack: 0, takenBackOnly: 0,
    obedient: 1,
    speck: 0.003,
    speckOnly: 0, between: 0, otherPen: 0, strayLines: 0, mostStrays: 0, linesThroughRows: 0,
    crossedBlocks: 0,
    words: 0,
    marginTicks: 0, underlines: 0, textAreas: 0.3, blankSheet: 0, codeBlank: 0.01,
    cellSpoilt: 0.001, stamped: 0)
  static let office = MarkRates(
    blank: 0.03, careless: 0.08, unused: 0.25, double: 0.01, takenBack: 0.02, takenBackOnly: 0.002,
    obedient: 1,
    speck: 0.02,
    speckOnly: 0.002, between: 0.003, otherPen: 0.004, strayLines: 0.8, mostStrays: 2,
    linesThroughRows: 0.03, crossedBlocks: 0.01,
    words: 0.12, marginTicks: 0.15, underlines: 0.15, textAreas: 0.35, blankSheet: 0.03,
    codeBlank: 0.03, cellSpoilt: 0.01, stamped: 0.03)
  static let hard = MarkRates(
    blank: 0.05, careless: 0.12, unused: 0.25, double: 0.015, takenBack: 0.035,
    takenBackOnly: 0.005, obedient: 0.7,
    speck: 0.03, speckOnly: 0.004, between: 0.006, otherPen: 0.01, strayLines: 2, mostStrays: 6,
    linesThroughRows: 0.06, crossedBlocks: 0.03, words: 0.2, marginTicks: 0.3, underlines: 0.3,
    textAreas: 0.35,
    blankSheet: 0.03, codeBlank: 0.05, cellSpoilt: 0.02, stamped: 0.08)
  /// As an office's, but every other mark is taken back, most of them alone.
  static let takingBack = MarkRates(
    blank: 0.05, careless: 0, unused: 0.1, double: 0.01, takenBack: 0.2, takenBackOnly: 0.35,
    obedient: 0.4,
    speck: 0.03,
    speckOnly: 0, between: 0, otherPen: 0.03, strayLines: 1, mostStrays: 4,
    linesThroughRows: 0.05, crossedBlocks: 0.02,
    words: 0.2, marginTicks: 0.15, underlines: 0.2, textAreas: 0.35, blankSheet: 0,
    codeBlank: 0.03, cellSpoilt: 0.01, stamped: 0.03)
  /// Rare things raised, so that a reader that learns sees each often: empty rows with every
  /// sort of foreign ink, strong and weak marks on one sheet.
  static let training = MarkRates(
    blank: 0.20, careless: 0.15, unused: 0.35, double: 0.04, takenBack: 0.18, takenBackOnly: 0.03,
    obedient: 0.6,
    speck: 0.08,
    speckOnly: 0.01, between: 0.012, otherPen: 0.12, strayLines: 2.6, mostStrays: 12,
    linesThroughRows: 0.35, crossedBlocks: 0.15,
    words: 0.8, marginTicks: 1.0, underlines: 1.0, textAreas: 0.5, blankSheet: 0.04,
    codeBlank: 0.03, cellSpoilt: 0.02, stamped: 0.05)
}

// SPDX-License-Identifier: Apache-2.0

/// How hard a sheet's way was from the printer to the file.
public enum Level: String, Sendable, CaseIterable {
  case clean, office, hard, photo

  /// How cells are written at this level.
  var strips: StripWear {
    switch self {
    case .clean: .clean
    case .office, .photo: .office
    case .hard: .hard
    }
  }
}

/// What may happen to a sheet, and how often: one row a level, read as a table.
///
/// Rates are shares of pages; ranges are drawn from evenly (sizes in millimetres, angles in
/// degrees, tones as shares of white).
struct WearRates: Sendable {
  var dpi: [(Int, Double)]
  var skew: Double
  var scale: Double
  /// How far the feed strays, in millimetres.
  var feed: ClosedRange<Double>
  /// Crumpled paper: how far places stray, in millimetres.
  var crumpled: (rate: Double, by: ClosedRange<Double>)
  /// Camera tilt in degrees and the curl of the paper in millimetres; 0 on scanners.
  var tilt: ClosedRange<Double>
  var curl: ClosedRange<Double>
  // The paper before it is scanned.
  var blankCopied: Double
  /// Print that comes twice, a little beside itself.
  var doubled: Double
  /// Shaded ground printed as a screen of dots.
  var screened: Double
  var filledCopied: [(Int, Double)]
  var showThrough: (rate: Double, by: ClosedRange<Double>)
  var folds: Double
  var stains: Double
  var punched: Double
  /// A corner torn off.
  var tornCorner: Double
  // The scan.
  var colour: Double
  var oneBit: Double
  var colourDrop: Double
  var shadow: ClosedRange<Double>
  var paperTone: ClosedRange<Double>
  var noise: ClosedRange<Float>
  var blur: ClosedRange<Double>
  var streaks: Double
  /// How often the feed jerks, a page: a few rows lie sideways or come twice.
  var jerks: Double
  var dust: Double
  var clipped: Double
  var blackBorder: Double
  var cutEdge: Double
  var letterCanvas: Double
  var turned: Double
  var quality: ClosedRange<Double>
  var savedTwice: Double

  static func of(_ level: Level) -> WearRates {
    switch level {
    case .clean: clean
    case .office: office
    case .hard: hard
    case .photo: photo
    }
  }

  private static let clean = WearRates(
    dpi: [(300, 1)], skew: 1, scale: 0.004, feed: 0...0.1, crumpled: (0, 0...0), tilt: 0...0,
    curl: 0...0, blankCopied: 0.1, doubled: 0, screened: 0.2, filledCopied: [(0, 1)],
    showThrough: (0.1, 0.01...0.03),
    folds: 0, stains: 0, punched: 0, tornCorner: 0, colour: 0.15, oneBit: 0.05, colourDrop: 0.1,
    shadow: 0...0.02, paperTone: 0.95...1, noise: 0.004...0.012, blur: 0.5...0.8, streaks: 0,
    jerks: 0.15,
    dust: 0.2, clipped: 0.6, blackBorder: 0, cutEdge: 0, letterCanvas: 0, turned: 0,
    quality: 60...92, savedTwice: 0.1)
  private static let office = WearRates(
    dpi: [(300, 0.58), (200, 0.33), (240, 0.03), (400, 0.04), (150, 0.02)], skew: 2, scale: 0.012,
    feed: 0.05...0.5,
    crumpled: (0.05, 0.05...0.15), tilt: 0...0, curl: 0...0, blankCopied: 0.5, doubled: 0.02,
    screened: 0.35,
    filledCopied: [(0, 0.94), (1, 0.06)], showThrough: (0.45, 0.02...0.12), folds: 0.15,
    stains: 0.08, punched: 0.06, tornCorner: 0.02, colour: 0.12, oneBit: 0.25, colourDrop: 0.15,
    shadow: 0...0.06,
    paperTone: 0.82...1, noise: 0.006...0.03, blur: 0.5...1.0, streaks: 0.12, jerks: 0.5, dust: 1.5,
    clipped: 0.6, blackBorder: 0.08, cutEdge: 0.03, letterCanvas: 0.02, turned: 0.06,
    quality: 30...85, savedTwice: 0.3)
  private static let hard = WearRates(
    dpi: [(300, 4), (200, 3), (150, 2), (100, 0.6), (72, 0.5), (250, 0.4)], skew: 5, scale: 0.035,
    feed: 0.1...0.8, crumpled: (0.3, 0.1...0.35), tilt: 0...0, curl: 0...0, blankCopied: 0.6,
    doubled: 0.08, screened: 0.45,
    filledCopied: [(0, 0.45), (1, 0.35), (2, 0.2)], showThrough: (0.5, 0.03...0.16), folds: 0.8,
    stains: 0.9, punched: 0.3, tornCorner: 0.1, colour: 0.1, oneBit: 0.32, colourDrop: 0.15,
    shadow: 0...0.15,
    paperTone: 0.7...1, noise: 0.01...0.06, blur: 0.5...1.5, streaks: 0.8, jerks: 1.2, dust: 6,
    clipped: 0.4,
    blackBorder: 0.35, cutEdge: 0.2, letterCanvas: 0.15, turned: 0.3, quality: 25...70,
    savedTwice: 0.4)
  private static let photo = WearRates(
    dpi: [(150, 1), (165, 1), (180, 1), (130, 0.5)], skew: 5, scale: 0.01, feed: 0...0,
    crumpled: (0.3, 0.1...0.4), tilt: 2...25, curl: 0...4, blankCopied: 0.4, doubled: 0.02,
    screened: 0.3,
    filledCopied: [(0, 0.95), (1, 0.05)], showThrough: (0.3, 0.02...0.08), folds: 0.9,
    stains: 0.15, punched: 0.1, tornCorner: 0.03, colour: 0.92, oneBit: 0, colourDrop: 0,
    shadow: 0.05...0.4,
    paperTone: 0.68...0.95, noise: 0.008...0.03, blur: 0.6...1.3, streaks: 0, jerks: 0, dust: 0.5,
    clipped: 0.1, blackBorder: 0, cutEdge: 0, letterCanvas: 0, turned: 0.2, quality: 45...88,
    savedTwice: 0.3)
}

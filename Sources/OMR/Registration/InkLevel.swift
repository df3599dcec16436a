// SPDX-License-Identifier: Apache-2.0
package import Imaging

/// A small picture of a page's print: how much darker each pixel is than its surroundings.
///
/// Black-hat drops shaded rows, shadows, black borders and the desk: what is left is alike on
/// the blank and on any scan of it.
package struct InkLevel {
  /// Gray levels below the surroundings, slightly blurred; 0 is bare paper.
  package let ink: FloatPicture
  /// Pixels of the source for each pixel here, along each axis: exact, see `AreaMean`.
  let factor: Double
  /// Pixels here for each millimetre: on a blank exact, on a page as if the sheet filled it.
  package let pixelsPerMM: Double

  /// Coarse: 75 pixels an inch.
  static let coarsePixelsPerMM = 75 / 25.4
  /// Fine: 150 pixels an inch.
  package static let finePixelsPerMM = 150 / 25.4

  /// Takes the ink of a small picture: the black-hat's square is wider than strokes and table
  /// lines; the blur's σ is in pixels of the resolution `atPixelsPerMM`.
  init(
    _ small: GrayPicture, factor: Double, pixelsPerMM: Double, squareMM: Double,
    blurPixels: Double, atPixelsPerMM: Double
  ) {
    let side = max(3, 2 * Int(squareMM * pixelsPerMM / 2) + 1)
    let scale = min(1, pixelsPerMM / atPixelsPerMM)
    ink = GaussianBlur.blurred(
      Morphology.blackHat(small, side: side), sigma: blurPixels * scale)
    self.factor = factor
    self.pixelsPerMM = pixelsPerMM
  }

  static func coarse(_ small: GrayPicture, factor: Double, pixelsPerMM: Double) -> InkLevel {
    InkLevel(
      small, factor: factor, pixelsPerMM: pixelsPerMM, squareMM: 4, blurPixels: 0.7,
      atPixelsPerMM: coarsePixelsPerMM)
  }

  package static func fine(_ small: GrayPicture, factor: Double, pixelsPerMM: Double) -> InkLevel {
    InkLevel(
      small, factor: factor, pixelsPerMM: pixelsPerMM, squareMM: 3, blurPixels: 0.9,
      atPixelsPerMM: finePixelsPerMM)
  }
}

/// By how much a picture is shrunk, in two steps.
struct ShrinkPlan: Hashable {
  /// From the picture to the fine level.
  let fine: Double
  /// From the fine level to the coarse one.
  let coarse: Double

  /// - Parameter pixelsPerMM: The picture's own. A picture coarser than a level is used as it
  ///   is, never enlarged. Nearly whole factors are made whole: the levels' resolutions are no
  ///   promise, and whole factors are shrunk fastest.
  init(pixelsPerMM: Double) {
    fine = Self.snapped(pixelsPerMM / InkLevel.finePixelsPerMM)
    coarse = Self.snapped(pixelsPerMM / fine / InkLevel.coarsePixelsPerMM)
  }

  private static func snapped(_ factor: Double) -> Double {
    let whole = factor.rounded()
    if abs(factor - whole) < 0.06 * whole { return max(1, whole) }
    return max(1, factor)
  }
}

// SPDX-License-Identifier: Apache-2.0

// Form files give places in pixels of the blank's picture, the program thinks in millimetres.
// What goes in as a number of a file must come out as the same number, or importing and
// exporting a form would slowly move its targets.

extension BlankSource {
  /// Millimetres on the blank of a length in pixels of its picture.
  public func millimetres(pixels: Double) -> Double { pixels * 25.4 / dpi }

  /// Pixels of the blank's picture of a length in millimetres on the blank.
  ///
  /// The inverse of ``millimetres(pixels:)``: the shortest decimal number that gives exactly
  /// this length, so that a number of up to nine decimals that was read from a file comes back
  /// unchanged. Longer ones come back to within the last bits of a `Double`.
  public func pixels(millimetres: Double) -> Double {
    let near = millimetres * dpi / 25.4
    var scale = 1.0
    for _ in 0...9 {
      let short = (near * scale).rounded() / scale
      if self.millimetres(pixels: short) == millimetres { return short }
      scale *= 10
    }
    let neighbours = [near, near.nextUp, near.nextDown, near.nextUp.nextUp, near.nextDown.nextDown]
    return neighbours.first { self.millimetres(pixels: $0) == millimetres } ?? near
  }
}

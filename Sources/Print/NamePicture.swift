// SPDX-License-Identifier: Apache-2.0
public import Geometry
public import Imaging

/// Names, set in the program's own fonts, to be laid over a picture.
public enum NamePicture {
  /// A picture of names alone, black on white.
  ///
  /// - Parameters:
  ///   - names: Each with its upper left corner, in millimetres.
  ///   - width: Of the picture, in pixels.
  ///   - height: Of the picture, in pixels.
  ///   - pixelsPerMM: Its scale.
  ///   - fonts: The fonts.
  /// - Returns: The picture.
  /// - Throws: ``PrintFailure/noMemory``.
  public static func names(
    _ names: [(text: String, at: BlankPoint)], width: Int, height: Int, pixelsPerMM: Double,
    fonts: PrintFonts
  ) throws(PrintFailure) -> GrayPicture {
    let paper = try Paper(width: width, height: height, pixelsPerMM: pixelsPerMM, fonts: fonts)
    let style = TextStyle(size: 5.5, isBold: true)
    paper.draw(names.map { .text($0.text, style, at: $0.at, width: nil) })
    return GrayPicture(
      width: width, height: height, pixels: try paper.levels(count: width * height))
  }
}

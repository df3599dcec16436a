// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
public import Imaging

/// The pictures of a version's pages with nothing marked on them.
public enum BlankPicture {
  static let dpi = 300.0
  static let width = 2480
  static let height = 3508

  static func source(page: Int) -> BlankSource {
    BlankSource(file: "blank-\(page).png", width: width, height: height, dpi: dpi)
  }

  /// The pages' pictures, made from the layout that is printed. QR code and serial are left out:
  /// they differ from sheet to sheet.
  public static func pictures(
    of layout: PrintLayout, fonts: PrintFonts
  ) throws(PrintFailure) -> [GrayPicture] {
    var pictures: [GrayPicture] = []
    for (index, page) in layout.pages.enumerated() {
      let paper = try Paper(
        width: width, height: height, pixelsPerMM: dpi / 25.4, fonts: fonts)
      paper.draw(page.drawings)
      paper.draw(
        PageFrame.drawings(
          form: layout.form, version: layout.version, page: index + 1, of: layout.pages.count))
      let levels = try paper.levels(count: width * height)
      pictures.append(GrayPicture(width: width, height: height, pixels: levels.map(Self.coarse)))
    }
    return pictures
  }

  /// One of four levels: the edges of letters need no more, and the files are a third smaller
  /// than with sixteen.
  private static func coarse(_ level: UInt8) -> UInt8 { UInt8((Int(level) + 21) / 85 * 85) }
}

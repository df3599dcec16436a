// SPDX-License-Identifier: Apache-2.0
import Form
public import Imaging

/// Pages of sheets as pictures, with QR code and serial: what a flawless scanner would see of
/// them.
public enum SheetPicture {
  /// Draws a page.
  ///
  /// - Parameters:
  ///   - layout: The form as laid out.
  ///   - page: Its page, from 1.
  ///   - serial: One to twelve digits.
  ///   - dpi: Pixels an inch.
  ///   - fonts: The fonts.
  /// - Returns: The whole page.
  /// - Throws: `PrintFailure`.
  public static func picture(
    of layout: PrintLayout, page: Int, serial: String, dpi: Double, fonts: PrintFonts
  ) throws(PrintFailure) -> GrayPicture {
    let perMM = dpi / 25.4
    let width = Int((PageFrame.width * perMM).rounded())
    let height = Int((PageFrame.height * perMM).rounded())
    let paper = try Paper(width: width, height: height, pixelsPerMM: perMM, fonts: fonts)
    try layout.draw(page: page, serial: serial, on: paper)
    return GrayPicture(
      width: width, height: height, pixels: try paper.levels(count: width * height))
  }
}

extension PrintLayout {
  /// Draws a page of a sheet.
  func draw(page: Int, serial: String, on paper: Paper) throws(PrintFailure) {
    paper.draw(pages[page - 1].drawings)
    paper.draw(
      PageFrame.drawings(form: form, version: version, page: page, of: pages.count))
    let label = label(page: page, serial: serial)
    paper.draw(PageFrame.drawings(serial: label))
    guard let code = QRCode(label.text) else {
      throw .labelTooLong(form.name)
    }
    paper.draw(code, in: PageFrame.code)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Imaging
import Print
import Scanner
import Simulator

/// A form of our own in one look: laid out as it is printed, and ready to be painted.
struct OwnForm: Sendable {
  let written: WrittenFolder
  let layout: PrintLayout
  let painter: SheetPainter
  private let blanks: [GrayPicture]

  /// Lays a form out. `look` is the form's own if left out.
  init(folder: String, look: FormLook?, fonts: PrintFonts) throws {
    guard case .written(let written) = try FormSource.load(folder) else {
      throw Refused(description: "\(folder): a form with coordinates; a written one is measured")
    }
    self.written = written
    layout = try PrintLayout(written.form, look: look, fonts: fonts)
    blanks = try BlankPicture.pictures(of: layout, fonts: fonts)
    painter = SheetPainter(form: layout.placed, blanks: blanks.map { Raster($0) })
  }

  struct Refused: Error, CustomStringConvertible { var description: String }

  /// As the table names it: `sipas-2024, boxes`.
  var name: String { "\(layout.form.name), \(layout.look.rawValue)" }
  var form: BallotForm { painter.form }

  /// Freezes the version in a folder of forms, as `phieu form print` does.
  ///
  /// - Returns: The form's folder.
  func freeze(in templates: String) throws -> String {
    let folder = templates + "/" + layout.form.name
    let file = folder + "/" + FormFolder.yamlName
    if !FileManager.default.fileExists(atPath: file) {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: written.file, toPath: file)
    }
    guard case .written(let copy) = try FormSource.load(folder) else { return folder }
    try copy.freeze(layout.placed, blanks: blanks.map { try encodePNG($0, isSmall: true) })
    return folder
  }

  /// Writes the form's coordinates and blanks as forms by coordinates are given (contract §2).
  func writeBlanks(to folder: String) throws {
    for (page, blank) in zip(form.pages, blanks) {
      try Data(encodePNG(blank, isSmall: true))
        .write(to: URL(fileURLWithPath: folder + "/" + page.blank.file))
    }
    try Data(FormJSON.text(form).utf8)
      .write(to: URL(fileURLWithPath: folder + "/" + FormFolder.jsonName))
  }

  /// A page with its sheet's QR code and serial, as the printer lays it on paper.
  func print(page: Int, serial: String, fonts: PrintFonts) throws -> Raster {
    Raster(
      try SheetPicture.picture(
        of: layout, page: page, serial: serial, dpi: layout.placed.pages[page - 1].blank.dpi,
        fonts: fonts))
  }
}

extension Raster {
  /// A picture as light: 0 black to 1 white.
  init(_ picture: GrayPicture) {
    self.init(width: picture.width, height: picture.height, bytes: picture.pixels)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
import Imaging
import Print
import Scanner

/// A form's pages with every target boxed and named: targets green, cells blue, text areas
/// orange, label and serial red.
struct FormPicture {
  private let form: BallotForm
  private let blanks: [GrayPicture]
  private let fonts: PrintFonts

  init(_ source: FormSource, look: FormLook?) throws {
    fonts = try PrintFonts()
    switch source {
    case .written(let folder):
      let layout = try PrintLayout(folder.form, look: look, fonts: fonts)
      form = layout.placed
      blanks = try BlankPicture.pictures(of: layout, fonts: fonts)
    case .placed(let folder):
      form = folder.form
      blanks = try folder.form.pages.map { page in
        let path = folder.blankPath(of: page)
        do { return try PageSource(try ScannedFile(path: path)).page(1).get().picture } catch {
          throw FormError.unreadable(path, reason: "\(error)")
        }
      }
    }
  }

  /// Writes the pictures.
  ///
  /// - Returns: The files that were written.
  func write(to path: String) throws -> [String] {
    var written: [String] = []
    for (page, blank) in zip(form.pages, blanks) {
      let file =
        form.pages.count == 1 ? path : ExportCommand.path(path, adding: "\(page.number)")
      do {
        try Data(encodePNG(try drawing(page, on: blank))).write(to: URL(fileURLWithPath: file))
      } catch let error as CocoaError {
        throw FormError.cannotWrite(file, reason: error.localizedDescription)
      }
      written.append(file)
    }
    return written
  }

  private func drawing(_ page: FormPage, on blank: GrayPicture) throws -> RGBPicture {
    var picture = RGBPicture(blank)
    let perMM = page.blank.dpi / 25.4
    var names: [(text: String, at: BlankPoint)] = []
    func name(_ text: String, _ box: BlankBox) {
      names.append((text, BlankPoint(x: box.x + 0.2, y: box.y - 2.6)))
    }
    for question in page.questions {
      let color: RGBColor =
        switch question.kind {
        case .single, .multiple: .green
        case .code: .blue
        case .text: .orange
        }
      for box in question.boxes { picture.drawFrame(color, box, perMM) }
      guard let first = question.boxes.first else { continue }
      name(question.id, first)
      for target in question.targets.dropFirst() { name(target.value, target.box) }
    }
    if let label = page.label {
      picture.drawFrame(.red, label.code, perMM)
      picture.drawFrame(.red, label.serial, perMM)
    }
    let words = try NamePicture.names(
      names, width: blank.width, height: blank.height, pixelsPerMM: perMM, fonts: fonts)
    picture.lay(words, in: .red)
    return picture
  }
}

extension RGBPicture {
  /// Three lines wide, so that it is seen on a page that is shown small.
  fileprivate mutating func drawFrame(_ color: RGBColor, _ box: BlankBox, _ perMM: Double) {
    let corners = box.corners.map { (x: $0.x * perMM, y: $0.y * perMM) }
    for (from, to) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      for shift in [-1.0, 0, 1] {
        drawLine(color, from: (from.x + shift, from.y), to: (to.x + shift, to.y))
        drawLine(color, from: (from.x, from.y + shift), to: (to.x, to.y + shift))
      }
    }
  }

  /// Lays what is dark in a picture of the same size over this one.
  fileprivate mutating func lay(_ words: GrayPicture, in color: RGBColor) {
    for y in 0..<words.height {
      for x in 0..<words.width where words[x, y] < 128 { draw(color, x: x, y: y) }
    }
  }
}

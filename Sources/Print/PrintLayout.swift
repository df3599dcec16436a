// SPDX-License-Identifier: Apache-2.0
import CDigest
public import Form
import Geometry

/// A form laid out on paper, once: what is drawn on each page and where its questions lie.
///
/// Its version is the hash of all of it. Whatever moves a box, changes a word or a value makes
/// another version; the same file makes the same version on every machine.
public struct PrintLayout: Sendable {
  public let form: WrittenForm
  public let look: FormLook
  /// The first ten hexadecimal digits of the SHA-256 of all that is drawn and asked.
  public let version: String
  let pages: [LaidPage]

  /// Ten digits tell a trillion versions apart; the whole hash would make the QR code coarse to
  /// read for nothing.
  private static let versionDigits = 10

  /// Lays a form out.
  ///
  /// - Parameters:
  ///   - form: The form.
  ///   - look: What is marked; the form's own look if left out.
  ///   - fonts: The fonts.
  /// - Throws: `PrintFailure`: signs that cannot be printed, what does not fit.
  public init(
    _ form: WrittenForm, look: FormLook? = nil, fonts: PrintFonts
  ) throws(PrintFailure) {
    self.form = form
    self.look = look ?? form.look
    let composer = Composer(form: form, look: self.look, fonts: fonts)
    var pager = Pager()
    try pager.add(try composer.strips())
    pages = pager.pages.map { $0.snapped }
    try Self.checkSigns(pages, fonts)
    version = Self.version(form, self.look, pages)
    guard QRCode(label(page: pages.count, serial: "999999999999").text) != nil else {
      throw .labelTooLong(form.name)
    }
  }

  /// The label of a page of a sheet.
  public func label(page: Int, serial: String) -> SheetLabel {
    SheetLabel(form: form.name, version: version, page: page, serial: serial)
  }

  /// The form with its coordinates, as it is frozen.
  public var placed: BallotForm {
    BallotForm(
      name: form.name, version: version, title: form.title, look: look,
      cancel: form.cancel(on: look),
      pages: pages.enumerated().map { index, page in
        FormPage(
          number: index + 1, blank: BlankPicture.source(page: index + 1),
          label: PageFrame.label.snapped, questions: page.questions)
      })
  }

  private static func checkSigns(
    _ pages: [LaidPage], _ fonts: PrintFonts
  ) throws(PrintFailure) {
    for page in pages {
      for case .text(let text, _, _, _) in page.drawings {
        let missing = fonts.missing(in: text)
        if !missing.isEmpty { throw .missingSigns(String(missing), in: text) }
      }
    }
  }

  // MARK: - Version

  private static func version(
    _ form: WrittenForm, _ look: FormLook, _ pages: [LaidPage]
  ) -> String {
    var text = "phieu 1 \(form.name) \(form.title) \(look.rawValue) "
    text += "\(form.cancel(on: look).rawValue) \(PageFrame.label.snapped)\n"
    for (index, page) in pages.enumerated() {
      text += "page\n"
      let frame = PageFrame.drawings(form: form, version: "", page: index + 1, of: pages.count)
      for drawing in page.drawings + frame { text += drawing.facts + "\n" }
      for question in page.questions { text += question.facts + "\n" }
    }
    return String(sha256(text).prefix(versionDigits))
  }

  private static func sha256(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe phieu_sha256(bytes, bytes.count, &digest)
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension LaidPage {
  /// The page with all places of questions on tenths of the blank's pixels, so that they stand
  /// in the frozen file as short numbers and come back from it unchanged.
  var snapped: LaidPage {
    LaidPage(
      drawings: drawings,
      questions: questions.map { question in
        var snapped = question
        switch question.kind {
        case .single(let targets): snapped.kind = .single(targets.map(\.snapped))
        case .multiple(let targets): snapped.kind = .multiple(targets.map(\.snapped))
        case .code(let cells): snapped.kind = .code(cells: cells.map(\.snapped))
        case .text(let box): snapped.kind = .text(box.snapped)
        }
        return snapped
      })
  }
}

extension Target {
  var snapped: Target {
    var target = self
    target.box = box.snapped
    return target
  }
}

extension LabelPlaces {
  var snapped: LabelPlaces { LabelPlaces(code: code.snapped, serial: serial.snapped) }
}

extension Box<BlankPlane> {
  /// On tenths of the blank's pixels: off by at most 0.0043 mm.
  var snapped: BlankBox {
    let blank = BlankPicture.source(page: 1)
    func snap(_ mm: Double) -> Double {
      blank.millimetres(pixels: (mm * blank.dpi / 25.4 * 10).rounded() / 10)
    }
    return BlankBox(x: snap(x), y: snap(y), width: snap(width), height: snap(height))
  }
}

// What is hashed: numbers to a hundredth of a millimetre, so that no last bit makes a version.

private func short(_ mm: Double) -> String { String(Int((mm * 100).rounded())) }

extension Box {
  fileprivate var facts: String { [x, y, width, height].map(short).joined(separator: ",") }
}

extension Drawing {
  fileprivate var facts: String {
    switch self {
    case .text(let text, let style, let at, let width):
      "text \(short(at.x)),\(short(at.y)) \(width.map(short) ?? "-") \(short(style.size)) "
        + "\(style.isBold) \(style.alignment.rawValue) \(text)"
    case .frame(let box, let line): "frame \(box.facts) \(short(line))"
    case .fill(let box, let ink): "fill \(box.facts) \(short(ink))"
    case .path(let points, let line, let dash):
      "path \(points.map { short($0.x) + "," + short($0.y) }.joined(separator: " ")) "
        + "\(short(line)) \(short(dash))"
    case .ellipse(let box, let line): "ellipse \(box.facts) \(short(line))"
    }
  }
}

extension Question {
  fileprivate var facts: String {
    let places =
      switch kind {
      case .single(let targets), .multiple(let targets):
        targets.map { "\($0.value)=\($0.box.facts)" }
      case .code(let cells): cells.map(\.facts)
      case .text(let box): [box.facts]
      }
    return "\(id) \(kind.name) \(rule?.pattern ?? "") " + places.joined(separator: " ")
  }
}

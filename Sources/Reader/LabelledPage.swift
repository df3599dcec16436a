// SPDX-License-Identifier: Apache-2.0
import Ballot
import Codes
import Form
import Geometry
import Imaging
import Label
import OMR

// The label goes first: it names form, version, page and sheet, so that the page is laid on one
// blank alone, never on another version's. Where it cannot be read, the page is told by its look
// among all blanks, and its serial is read where it is printed, if its check value holds. Where
// versions look alike, the check value tells them apart too: it is that of one version's page.
// What is still open is asked of a person.

/// A page that was found to be one of the forms', with what its label says of the sheet.
struct LabelledPage {
  /// Which of all pages of all forms.
  var blank: Int
  var fit: PageFit
  var serial: String?
}

extension PageReader {
  /// Tells which page it is and lays it on its blank.
  func place(
    _ picture: GrayPicture, watcher: StageWatcher?
  ) -> Result<LabelledPage, Rejection> {
    guard forms.hasLabels else {
      // No form has labels: one is looked for only to say what is missing.
      return placeByLook(picture, watcher: watcher).mapError { rejection in
        LabelReader.read(picture).map { .missing($0) } ?? rejection
      }
    }
    guard let label = LabelReader.read(picture) else {
      return placeByLook(picture, watcher: watcher)
    }
    guard let blank = forms.index(of: label) else {
      return .failure(.missing(label))
    }
    return registrar.register(
      picture, on: [forms.blanks[blank]], isNamed: true, watcher: watcher
    ).map { LabelledPage(blank: blank, fit: $0.fit, serial: label.serial) }
  }

  private func placeByLook(
    _ picture: GrayPicture, watcher: StageWatcher?
  ) -> Result<LabelledPage, Rejection> {
    registrar.register(picture, on: forms.blanks, watcher: watcher)
      .map { labelled($0.blank, $0.fit, on: picture) }
      .flatMap { found in otherVersion(found, on: picture).map { .failure($0) } ?? .success(found) }
      .flatMapError { rejection in
        placeByPrint(picture, among: rejection.open).map { .success($0) } ?? .failure(rejection)
      }
  }

  /// Why a page that lost its label is refused though all that was found fits: the print of a
  /// whole question was not found, so that it may be a version without that question, its last
  /// one; or much of the blank lies off the picture, so that it may be a version that has the same
  /// table elsewhere on its sheet.
  private func otherVersion(_ found: LabelledPage, on picture: GrayPicture) -> Rejection? {
    let page = forms.pages[found.blank]
    guard page.page.label != nil, found.serial == nil else { return nil }
    let (fit, blank) = (found.fit, forms.blanks[found.blank])
    let least = (rules ?? Rules()).leastAgreement
    let isLost = page.page.questions.contains { question in
      guard let first = question.boxes.first else { return false }
      let whole = question.boxes.dropFirst().reduce(first) { $0.union($1) }
      return fit.agreement(around: whole) < least
    }
    guard isLost || fit.shareOff(picture, of: blank) > Self.mostOffPicture else { return nil }
    return .perhapsAnotherVersion(
      form: page.form, agreeing: fit.summary.places, places: fit.summary.placesLookedAt)
  }

  /// The most of a blank that may lie off a picture by which no label was read. A sheet scanned as
  /// another size, a photo without its corner and a bent edge lose less than a tenth.
  private static let mostOffPicture = 0.25

  /// The one page, of versions that may be this page's, whose printed serial has that page's check
  /// value. The registrar names some of them, as `form@version` or `form@version/page`.
  private func placeByPrint(_ picture: GrayPicture, among names: [String]) -> LabelledPage? {
    let alike = Set(names.map { $0.prefix { $0 != "@" } })
    guard !alike.isEmpty else { return nil }
    let pages = forms.pages.indices.compactMap { index -> LabelledPage? in
      guard forms.pages[index].page.label != nil,
        alike.contains(forms.pages[index].form.prefix { $0 != "@" }),
        case .success(let placed) = registrar.register(
          picture, on: [forms.blanks[index]], isNamed: true)
      else { return nil }
      let page = labelled(index, placed.fit, on: picture)
      return page.serial == nil ? nil : page
    }
    return pages.count == 1 ? pages[0] : nil
  }

  /// White round the printed serial that is looked at too, in millimetres: what stands beside it
  /// is 1 mm away.
  private static let serialMarginMM = 0.6

  /// A page that was told by its look, with its serial where that is legible and its check value
  /// holds.
  private func labelled(_ blank: Int, _ fit: PageFit, on picture: GrayPicture) -> LabelledPage {
    let page = forms.pages[blank]
    let (name, version) = BallotForm.parts(id: page.form)
    var found = LabelledPage(blank: blank, fit: fit)
    if let version, let box = page.page.label?.serial.grown(by: Self.serialMarginMM),
      let read = serials.read(picture, map: fit, box: box)
    {
      found.serial =
        SheetLabel(
          form: name, version: version, page: page.page.number, printedSerial: read.text)?.serial
    }
    return found
  }
}

extension Rejection {
  /// The versions between which, or of which, only a check value can tell.
  fileprivate var open: [String] {
    switch self {
    case .ambiguous(let forms): forms
    case .perhapsAnotherVersion(let form, _, _): [form]
    default: []
    }
  }

  /// The version that a label names is not there.
  static func missing(_ label: SheetLabel) -> Rejection {
    .missingVersion(form: label.form, version: label.version)
  }
}

extension PreparedForms {
  /// Whether any form's sheets have labels.
  var hasLabels: Bool { pages.contains { $0.page.label != nil } }

  /// The page that a label names.
  func index(of label: SheetLabel) -> Int? {
    pages.firstIndex { $0.form == label.formID && $0.page.number == label.page }
  }
}

extension PageReading {
  /// Asks for the serial of a page that should have had a label.
  mutating func askSerial(of page: FormPage, on fit: PageFit) {
    guard let question = page.question(LabelPlaces.serialQuestion), page.label != nil else {
      return
    }
    let cells = question.boxes.map { $0.corners.map { fit.pagePoint($0) } }
    evidence.questions.append(
      QuestionEvidence(question: question.id, targets: [], cells: cells))
    answers.append(
      Answer(
        question: question.id, outcome: .review(candidates: [], reasons: [.noLabel]),
        cells: cells.map { _ in .review(candidates: []) }))
  }
}

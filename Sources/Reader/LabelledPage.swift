// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Imaging
import Label
import OMR

// The label goes first: it names form, version, page and sheet, so that the page is laid on one
// blank alone, never on another version's. Where it cannot be read, the page is told by its look,
// and its serial is asked of a person.

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
    return registrar.register(picture, on: [forms.blanks[blank]], watcher: watcher).map {
      LabelledPage(blank: blank, fit: $0.fit, serial: label.serial)
    }
  }

  private func placeByLook(
    _ picture: GrayPicture, watcher: StageWatcher?
  ) -> Result<LabelledPage, Rejection> {
    registrar.register(picture, on: forms.blanks, watcher: watcher).flatMap { placed in
      let twins = forms.twins(of: placed.blank)
      // Versions may look alike; without a label nothing tells them apart.
      guard twins.isEmpty else {
        return .failure(.ambiguous(forms: [forms.pages[placed.blank].form] + twins))
      }
      return .success(LabelledPage(blank: placed.blank, fit: placed.fit))
    }
  }
}

extension Rejection {
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

  /// Other versions of a page's form with the same look, by id.
  func twins(of page: Int) -> [String] {
    guard let form = forms.first(where: { $0.id == pages[page].form }), form.version != nil else {
      return []
    }
    return forms.filter { $0.name == form.name && $0.id != form.id && $0.look == form.look }
      .map(\.id)
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

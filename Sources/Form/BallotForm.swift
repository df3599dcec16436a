// SPDX-License-Identifier: Apache-2.0
public import Geometry

/// A form: what is asked, and where on its pages the answers are marked.
///
/// A form is a value that knows no pixels. Its blank pages stand as pictures beside its file.
public struct BallotForm: Hashable, Sendable {
  /// The form's name: letters, digits, `-`, `_`, `.`; also its folder's name.
  public var name: String
  /// The title as printed; empty where nobody gave one.
  public var title: String
  /// The pages in their order; at least one.
  public var pages: [FormPage]

  public init(name: String, title: String, pages: [FormPage]) {
    self.name = name
    self.title = title
    self.pages = pages
  }

  /// All questions of all pages, in the form's order.
  public var questions: [Question] { pages.flatMap(\.questions) }
}

/// One side of the form.
public struct FormPage: Hashable, Sendable {
  /// Counts from 1.
  public var number: Int
  public var blank: BlankSource
  public var questions: [Question]

  public init(number: Int, blank: BlankSource, questions: [Question]) {
    self.number = number
    self.blank = blank
    self.questions = questions
  }
}

/// The picture of a page with nothing marked on it, and its physical size.
public struct BlankSource: Hashable, Sendable {
  /// The picture's file, relative to the form's folder.
  public var file: String
  /// The picture's size in pixels.
  public var width: Int
  public var height: Int
  /// Pixels an inch; approximate where the blank is itself a scan.
  public var dpi: Double

  public init(file: String, width: Int, height: Int, dpi: Double) {
    self.file = file
    self.width = width
    self.height = height
    self.dpi = dpi
  }

  /// Millimetres on the blank for each pixel of its picture.
  public var mmPerPixel: Double { 25.4 / dpi }
}

/// A question, and where its answer is marked or written.
public struct Question: Hashable, Sendable {
  /// Unique in the form.
  public var id: String
  /// What is asked, as printed; empty where nobody gave it.
  public var label: String
  public var kind: QuestionKind

  public init(id: String, label: String, kind: QuestionKind) {
    self.id = id
    self.label = label
    self.kind = kind
  }

  /// The targets, in the form's order; empty for codes and text.
  public var targets: [Target] {
    switch kind {
    case .single(let targets), .multiple(let targets): targets
    case .code, .text: []
    }
  }

  /// The places of the question: its targets, cells or text area.
  public var boxes: [BlankBox] {
    switch kind {
    case .single(let targets), .multiple(let targets): targets.map(\.box)
    case .code(let cells): cells
    case .text(let box): [box]
    }
  }
}

/// What kind of answer a question takes.
public enum QuestionKind: Hashable, Sendable {
  /// One answer expected.
  case single([Target])
  /// Any number of answers.
  case multiple([Target])
  /// One written character a cell.
  case code(cells: [BlankBox])
  /// Kept as a picture.
  case text(BlankBox)

  /// The kind's name as in form files: `single`, `multiple`, `code`, `text`.
  public var name: String {
    switch self {
    case .single: "single"
    case .multiple: "multiple"
    case .code: "code"
    case .text: "text"
    }
  }
}

/// A place to mark.
public struct Target: Hashable, Sendable {
  /// What a mark here says; unique in its question.
  public var value: String
  public var shape: TargetShape
  /// Where it lies, in millimetres on the blank.
  public var box: BlankBox

  public init(value: String, shape: TargetShape, box: BlankBox) {
    self.value = value
    self.shape = shape
    self.box = box
  }
}

/// What is printed at a target.
public enum TargetShape: String, Hashable, Sendable, CaseIterable, Codable {
  /// A drawn square.
  case box
  /// A drawn circle or oval, often with a letter in it.
  case bubble
  /// A printed digit or letter to be circled; the box is its cell or surroundings.
  case char
  /// An empty table cell.
  case cell
}

// SPDX-License-Identifier: Apache-2.0
public import Geometry

/// A form: what is asked, and where on its pages the answers are marked.
///
/// A form is a value that knows no pixels. Its blank pages stand as pictures beside its file.
public struct BallotForm: Hashable, Sendable {
  /// The form's name: letters, digits, `-`, `_`, `.`; also its folder's name.
  public var name: String
  /// The hash of the geometry of a form that was printed here; `nil` for somebody else's blank.
  public var version: String?
  /// The title as printed; empty where nobody gave one.
  public var title: String
  /// What is marked on its sheets; `nil` where nobody said.
  public var look: FormLook?
  /// How its sheets say that an answer is taken back; `nil` where nobody said.
  public var cancel: CancelRule?
  /// The share of accepted answers that may be silent errors; `nil` where nobody said.
  public var silentRate: Double?
  /// The pages in their order; at least one.
  public var pages: [FormPage]

  public init(
    name: String, version: String? = nil, title: String, look: FormLook? = nil,
    cancel: CancelRule? = nil, silentRate: Double? = nil, pages: [FormPage]
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.look = look
    self.cancel = cancel
    self.silentRate = silentRate
    self.pages = pages
  }

  /// What readings and ballots call the form: its name, and its version where it has one, as in
  /// `sipas-2024@3f2a9c01d4`. Two versions of a form are two forms to whoever reads.
  public var id: String { Self.id(name: name, version: version) }

  /// The name and the version that an id is made of.
  public static func parts(id: String) -> (name: String, version: String?) {
    guard let at = id.lastIndex(of: "@") else { return (id, nil) }
    return (String(id[..<at]), String(id[id.index(after: at)...]))
  }

  /// The id of a form's version.
  public static func id(name: String, version: String?) -> String {
    version.map { "\(name)@\($0)" } ?? name
  }

  /// Whether its sheets have labels, and so serials.
  public var hasLabels: Bool { pages.contains { $0.label != nil } }

  /// All questions of all pages, in the form's order.
  public var questions: [Question] { pages.flatMap(\.questions) }
}

/// One side of the form.
public struct FormPage: Hashable, Sendable {
  /// Counts from 1.
  public var number: Int
  public var blank: BlankSource
  /// Where sheets have their label (a QR code) and their serial; `nil` on somebody else's blank.
  public var label: LabelPlaces?
  public var questions: [Question]

  public init(
    number: Int, blank: BlankSource, label: LabelPlaces? = nil, questions: [Question]
  ) {
    self.number = number
    self.blank = blank
    self.label = label
    self.questions = questions
  }

  /// A question of this page. The serial of a page with a label is one too: it is asked where
  /// the label cannot be read.
  public func question(_ id: String) -> Question? {
    if id == LabelPlaces.serialQuestion { return label?.question }
    return questions.first { $0.id == id }
  }
}

/// Where a page's label and serial are printed.
public struct LabelPlaces: Hashable, Sendable {
  /// The id under which a serial is asked; no question of a form may have it.
  public static let serialQuestion = "serial"

  /// The QR code's square.
  public var code: BlankBox
  /// The serial in digits.
  public var serial: BlankBox

  public init(code: BlankBox, serial: BlankBox) {
    self.code = code
    self.serial = serial
  }

  /// The serial as it is put to a person: twelve cells, as many as a serial may have digits.
  public var question: Question {
    let wide = serial.width / 12
    let cells = (0..<12).map { index in
      BlankBox(
        x: serial.x + Double(index) * wide, y: serial.y, width: wide, height: serial.height)
    }
    return Question(id: Self.serialQuestion, label: "Số phiếu", kind: .code(cells: cells))
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
  /// What is asked, in English; empty where nobody gave it.
  public var english: String
  /// The factor of an index that the question belongs to; empty where it belongs to none.
  public var factor: String
  /// What a code's characters must be; `nil` where any may stand.
  public var rule: CodeRule?
  public var kind: QuestionKind

  public init(
    id: String, label: String, english: String = "", factor: String = "", rule: CodeRule? = nil,
    kind: QuestionKind
  ) {
    self.id = id
    self.label = label
    self.english = english
    self.factor = factor
    self.rule = rule
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
  /// What is printed for it; empty where nobody gave it.
  public var label: String
  /// The same in English; empty where nobody gave it.
  public var english: String
  public var shape: TargetShape
  /// Where it lies, in millimetres on the blank.
  public var box: BlankBox

  public init(
    value: String, label: String = "", english: String = "", shape: TargetShape, box: BlankBox
  ) {
    self.value = value
    self.label = label
    self.english = english
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

// SPDX-License-Identifier: Apache-2.0
import Geometry

/// `form.json`: forms given by coordinates, as other programs exchange them.
public enum FormJSON {
  /// Reads a form.
  ///
  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: Its name, for the error.
  /// - Returns: The form.
  /// - Throws: ``FormError/nonsense(file:problems:)`` with every problem that was found.
  public static func read(_ text: String, file: String) throws(FormError) -> BallotForm {
    guard case .placed(let form) = try FormReader.read(text, dialect: .json, file: file) else {
      throw .notPrinted(file)
    }
    return form
  }

  /// The form as text, a question a line, with the numbers that it was read from.
  public static func text(_ form: BallotForm) -> String {
    var text = """
      {
        "form": \(JSONText.quoted(form.name)),
        "title": \(JSONText.quoted(form.title)),
        "pages": [

      """
    for (index, page) in form.pages.enumerated() {
      let blank = page.blank
      text += """
            {"page": \(page.number), "blank": \(JSONText.quoted(blank.file)), \
        "width": \(blank.width), "height": \(blank.height), "dpi": \(JSONText.short(blank.dpi)),
             "questions": [

        """
      let lines = page.questions.map { "      " + question($0, on: blank).line(space: " ") }
      text += lines.joined(separator: ",\n") + (lines.isEmpty ? "" : "\n")
      text += "     ]}" + (index + 1 < form.pages.count ? ",\n" : "\n")
    }
    return text + "  ]\n}\n"
  }

  private static func question(_ question: Question, on blank: BlankSource) -> JSONText {
    var members: [JSONText.Member] = [
      .init("id", .string(question.id)), .init("type", .string(question.kind.name)),
      .init("label", .string(question.label)),
    ]
    switch question.kind {
    case .single(let targets), .multiple(let targets):
      let list = targets.map { target in
        JSONText.object([
          .init("value", .string(target.value)), .init("shape", .string(target.shape.rawValue)),
          .init("box", box(target.box, on: blank)),
        ])
      }
      members.append(.init("targets", .list(list)))
    case .code(let cells):
      members.append(.init("cells", .list(cells.map { box($0, on: blank) })))
    case .text(let area):
      members.append(.init("box", box(area, on: blank)))
    }
    return .object(members)
  }

  private static func box(_ box: BlankBox, on blank: BlankSource) -> JSONText {
    .list(blank.pixelNumbers(box).map { .number($0) })
  }
}

extension BlankSource {
  /// A box as form files write it: x, y, width and height in pixels of the picture.
  func pixelNumbers(_ box: BlankBox) -> [Double] {
    [box.x, box.y, box.width, box.height].map { pixels(millimetres: $0) }
  }
}

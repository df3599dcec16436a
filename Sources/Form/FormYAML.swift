// SPDX-License-Identifier: Apache-2.0
import Geometry
import Yams

/// `form.yaml`: the project's own language for forms.
///
/// ```yaml
/// form: office-form
/// title: Phiếu khảo sát
/// pages:
/// - blank: {picture: blank-1.png, width: 2480, height: 3508, dpi: 300}
///   questions:
///   - id: c01
///     type: single
///     label: Nơi ngồi chờ
///     shape: char
///     targets:
///     - {value: '1', box: [1804, 902, 92, 78]}
/// ```
public enum FormYAML {
  /// Reads a form with coordinates.
  ///
  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: Its name, for the error.
  /// - Returns: The form.
  /// - Throws: ``FormError/nonsense(file:problems:)`` with every problem that was found;
  ///   ``FormError/notPrinted(_:)`` where the form has no coordinates.
  public static func read(_ text: String, file: String) throws(FormError) -> BallotForm {
    guard case .placed(let form) = try content(text, file: file) else { throw .notPrinted(file) }
    return form
  }

  /// Reads a form, with or without coordinates.
  ///
  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: Its name, for the error.
  /// - Returns: The form as it is.
  /// - Throws: ``FormError/nonsense(file:problems:)`` with every problem that was found.
  public static func content(_ text: String, file: String) throws(FormError) -> FormContent {
    try FormReader.read(text, dialect: .yaml, file: file)
  }

  /// The form as text, ready to be edited by a person.
  ///
  /// - Parameter form: The form.
  /// - Returns: The file's text.
  /// - Throws: What the YAML library says; no form that was read makes it.
  public static func text(_ form: BallotForm) throws -> String {
    let head = """
      # What is asked and where. Boxes are [x, y, width, height] in pixels of the page's picture.
      # `phieu form check` tells what is wrong after a change.

      """
    let root = block(
      [("form", scalar(form.name))] + optional("version", form.version)
        + [("title", scalar(form.title))] + optional("look", form.look?.rawValue)
        + optional("cancel", form.cancel?.rawValue)
        + (form.silentRate.map { [("silent", number($0))] } ?? [])
        + [("pages", list(form.pages.map(page)))])
    return try head + Yams.serialize(node: root, width: -1, allowUnicode: true)
  }

  private static func page(_ page: FormPage) -> Node {
    let blank = page.blank
    let pairs: [(String, Node)] =
      [
        ("page", number(Double(page.number))),
        (
          "blank",
          flow([
            ("picture", scalar(blank.file)), ("width", number(Double(blank.width))),
            ("height", number(Double(blank.height))), ("dpi", number(blank.dpi)),
          ])
        ),
      ]
      + (page.label.map { label in
        let places = [("code", label.code), ("serial", label.serial)]
        return [("label", flow(places.map { ($0.0, numbers($0.1, on: blank)) }))]
      } ?? []) + [("questions", list(page.questions.map { question($0, on: blank) }))]
    return block(pairs)
  }

  /// A key that stands only where there is something to say.
  private static func optional(_ key: String, _ text: String?) -> [(String, Node)] {
    guard let text, !text.isEmpty else { return [] }
    return [(key, scalar(text))]
  }

  private static func question(_ question: Question, on blank: BlankSource) -> Node {
    var pairs: [(String, Node)] = [
      ("id", scalar(question.id)), ("type", scalar(question.kind.name)),
      ("label", scalar(question.label)),
    ]
    pairs += optional("english", question.english) + optional("factor", question.factor)
    pairs += question.rule.map(rule) ?? []
    switch question.kind {
    case .single(let targets), .multiple(let targets):
      let shapes = Set(targets.map(\.shape))
      let common = shapes.count == 1 ? shapes.first : nil
      if let common { pairs.append(("shape", scalar(common.rawValue))) }
      let items = targets.map { target in
        let shape = common == nil ? [("shape", scalar(target.shape.rawValue))] : []
        return flow(
          [("value", scalar(target.value))] + optional("label", target.label)
            + optional("english", target.english) + shape
            + [("box", numbers(target.box, on: blank))])
      }
      pairs.append(("targets", list(items)))
    case .code(let cells):
      pairs.append(("cells", list(cells.map { numbers($0, on: blank) })))
    case .text(let area):
      pairs.append(("box", numbers(area, on: blank)))
    }
    return block(pairs)
  }

  private static func rule(_ rule: CodeRule) -> [(String, Node)] {
    var pairs: [(String, Node)] = [("pattern", scalar(rule.pattern))]
    pairs += optional("check", rule.check?.rawValue)
    if !rule.issued.isEmpty { pairs.append(("issued", list(rule.issued.map(scalar)))) }
    if let dates = rule.dates {
      let days = [
        ("from", scalar(dates.lowerBound.text)), ("to", scalar(dates.upperBound.text)),
      ]
      pairs.append(("dates", flow(days)))
    }
    return pairs
  }

  private static func numbers(_ box: BlankBox, on blank: BlankSource) -> Node {
    .sequence(.init(blank.pixelNumbers(box).map(number), Tag(.implicit), .flow))
  }

  private static func number(_ value: Double) -> Node {
    .scalar(.init(JSONText.short(value), Tag(.implicit), .plain))
  }

  /// Text: in quotes where another YAML reader would take it for something else, so that a
  /// code keeps its zeros there too.
  private static func scalar(_ text: String) -> Node {
    let plain = Node.scalar(.init(text, Tag(.implicit)))
    let isText = Resolver.default.resolveTag(of: plain) == .str
    let style: Node.Scalar.Style =
      text.contains(where: \.isNewline) ? .doubleQuoted : isText ? .any : .singleQuoted
    return .scalar(.init(text, Tag(.implicit), style))
  }

  private static func list(_ items: [Node]) -> Node {
    .sequence(.init(items, Tag(.implicit), items.isEmpty ? .flow : .block))
  }

  private static func block(_ pairs: [(String, Node)]) -> Node {
    .mapping(.init(pairs.map { (Node($0.0), $0.1) }, Tag(.implicit), .block))
  }

  private static func flow(_ pairs: [(String, Node)]) -> Node {
    .mapping(.init(pairs.map { (Node($0.0), $0.1) }, Tag(.implicit), .flow))
  }
}

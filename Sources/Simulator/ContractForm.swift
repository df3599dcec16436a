// SPDX-License-Identifier: Apache-2.0
public import Form
public import Foundation
import Geometry

/// A small reader of `form.json` (contract §2) for the painter alone, which shares no code with
/// the program's own: it trusts the file, as it only ever reads forms made for measuring.
public enum ContractForm {
  /// Reads a form from the file's bytes.
  ///
  /// - Throws: `DecodingError` where the file is not as the contract says.
  public static func decode(_ json: Data) throws -> BallotForm {
    let file = try JSONDecoder().decode(FormInFile.self, from: json)
    return BallotForm(
      name: file.form, title: file.title ?? "", pages: try file.pages.map { try $0.asFormPage() })
  }
}

private struct FormInFile: Decodable {
  var form: String
  var title: String?
  var pages: [PageInFile]
}

private struct PageInFile: Decodable {
  var page: Int
  var blank: String
  var width: Int
  var height: Int
  var dpi: Double
  var questions: [QuestionInFile]

  func asFormPage() throws -> FormPage {
    let source = BlankSource(file: blank, width: width, height: height, dpi: dpi)
    return FormPage(
      number: page, blank: source,
      questions: try questions.map { try $0.question(mmPerPixel: source.mmPerPixel) })
  }
}

private struct QuestionInFile: Decodable {
  var id: String
  var type: String
  var label: String?
  var targets: [TargetInFile]?
  var cells: [[Double]]?
  var box: [Double]?

  func question(mmPerPixel: Double) throws -> Question {
    func place(_ numbers: [Double]?) throws -> BlankBox {
      guard let n = numbers, n.count == 4 else { throw nonsense("a box of four numbers") }
      return BlankBox(
        x: n[0] * mmPerPixel, y: n[1] * mmPerPixel, width: n[2] * mmPerPixel,
        height: n[3] * mmPerPixel)
    }
    let places = try (targets ?? []).map {
      Target(value: $0.value, shape: $0.shape, box: try place($0.box))
    }
    let kind: QuestionKind
    switch type {
    case "single": kind = .single(places)
    case "multiple": kind = .multiple(places)
    case "code": kind = .code(cells: try (cells ?? []).map(place))
    case "text": kind = .text(try place(box))
    default: throw nonsense("single, multiple, code or text")
    }
    return Question(id: id, label: label ?? "", kind: kind)
  }

  private func nonsense(_ expected: String) -> DecodingError {
    .dataCorrupted(
      .init(codingPath: [], debugDescription: "question \(id): expected \(expected)"))
  }
}

private struct TargetInFile: Decodable {
  var value: String
  var shape: TargetShape
  var box: [Double]
}

// SPDX-License-Identifier: Apache-2.0
import Form
public import Geometry
import OMR

/// Sheets of a form page are printed otherwise than its blank: another version, perhaps. One
/// cause for all of them, which nobody would find by settling answer after answer.
public struct BatchAlarm: Hashable, Sendable {
  /// The form's id.
  public var form: String
  /// The form's page, from 1.
  public var formPage: Int
  /// Where it is so on the blank, in millimetres.
  public var places: [BlankBox]
  /// The ids of the questions at the height of these places, in the form's order.
  public var questions: [String]
  /// How many sheets were compared.
  public var sheets: Int
}

extension BatchPrints {
  /// What is to be told of a batch that was read, in the order of the forms' pages.
  public func alarms(of forms: PreparedForms) -> [BatchAlarm] {
    forms.pages.enumerated().compactMap { index, prepared in
      let (places, sheets) = differences(of: index)
      guard !places.isEmpty else { return nil }
      return BatchAlarm(
        form: prepared.form, formPage: prepared.page.number, places: places,
        questions: prepared.page.questions.filter { $0.isLevel(withAny: places) }.map(\.id),
        sheets: sheets)
    }
  }
}

extension Question {
  /// Whether any place is at the height of its targets.
  fileprivate func isLevel(withAny places: [BlankBox]) -> Bool {
    boxes.contains { box in places.contains { $0.y < box.maxY && $0.maxY > box.y } }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form

/// What is true of a target, as a careful person would say who saw the pen move.
package enum TargetLabel: String, Sendable, Codable {
  case marked, untouched, cancelled
  /// Nobody could say: left out of training, and its question is one to ask about.
  case doubtful
}

/// One thing that was done to a sheet, in its order.
enum PenAction: Sendable {
  case draw([Stroke], Pen)
  /// Rubbed along these strokes; `left` is the share of ink that stays.
  case rub([Stroke], left: Double)
  case fluid([Stroke])
  case write(WrittenCode)
  case stamp([Stroke])
}

/// A mark or other ink, as the truth names it.
struct DoneMark: Sendable {
  var question: String?
  var value: String?
  var kind: String
  /// What of it is measured in the finished scan; empty where that says nothing.
  var strokes: [Stroke]
  /// The line's width in millimetres.
  var width: Double
  /// Whether the answer rests on it.
  var answers: Bool
  /// Whether nobody can say what it means: where it hardly shows, a blank answer is right too.
  var isOpen = false
}

/// A page as one person filled it: what the pen did, and what it says.
struct FilledPage: Sendable {
  var actions: [PenAction] = []
  var marks: [DoneMark] = []
  /// By question: the marked values in the form's order.
  var answers: [String: [String]] = [:]
  /// By question: the answers that may be accepted where asking is right.
  var ask: [String: [[String]]] = [:]
  var labels: [String: [String: TargetLabel]] = [:]
  /// By question: the kind that it was given, where kinds are drilled.
  var drilled: [String: DrilledKind]?

  /// Adds an answer that may be accepted where asking is right.
  mutating func accept(_ answer: [String], for question: String) {
    guard ask[question]?.contains(answer) != true else { return }
    ask[question, default: []].append(answer)
  }

  mutating func draw(_ strokes: [Stroke], _ pen: Pen) { actions.append(.draw(strokes, pen)) }
}

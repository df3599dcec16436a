// SPDX-License-Identifier: Apache-2.0
import Form

/// The columns of the wide table, made from the form alone, so that every batch of a survey
/// exports the same ones.
///
/// A question of one answer is one column that holds its value. A question of many answers is
/// one column an option, 1 or 0: what SPSS, R and pivot tables take as they are, while values
/// joined in one cell have to be torn apart first. Questions kept as pictures have none.
struct ExportColumns {
  /// A column and what it holds.
  struct Column: Hashable {
    var name: String
    var question: Question
    /// The option that the column tells of; `nil` where it holds the question's value.
    var option: Target?
  }

  let columns: [Column]
  /// What stands in a cell that nobody has answered for yet. An empty cell is an answer: the
  /// respondent left the question out.
  let openMark: String

  /// - Parameters:
  ///   - form: The form.
  ///   - reserved: Names that other columns have.
  init(form: BallotForm, reserved: [String]) {
    var taken = Set(reserved)
    func unique(_ name: String) -> String {
      var (result, count) = (name, 1)
      while !taken.insert(result).inserted {
        count += 1
        result = "\(name)_\(count)"
      }
      return result
    }
    columns = form.questions.flatMap { question -> [Column] in
      switch question.kind {
      case .single, .code:
        [Column(name: unique(question.id), question: question)]
      case .multiple(let targets):
        targets.map {
          Column(name: unique("\(question.id).\($0.value)"), question: question, option: $0)
        }
      case .text:
        []
      }
    }
    let values = Set(form.questions.flatMap { $0.targets.map(\.value) })
    var mark = "?"
    while values.contains(mark) { mark += "?" }
    openMark = mark
  }
}

// SPDX-License-Identifier: Apache-2.0
public import Form
public import Language

/// What the wide table's columns and values mean, as a table beside it: one row a column and
/// value.
public struct Codebook: Sendable {
  private let table: BallotTable
  private let language: Language

  /// - Parameters:
  ///   - form: The form.
  ///   - includesUnverified: As in the table that it explains.
  ///   - language: Of the meanings.
  public init(form: BallotForm, includesUnverified: Bool, language: Language) {
    table = BallotTable(form: form, layout: .wide, includesUnverified: includesUnverified)
    self.language = language
  }

  /// Writes the codebook as CSV.
  ///
  /// - Parameter write: Takes the text piece by piece.
  public func write(to write: (String) throws -> Void) rethrows {
    let header = ["column", "question", "label", "type", "value", "meaning", "shape"]
    try write(CSVWriter.byteOrderMark + CSVWriter.line(header))
    for (name, meaning) in fixed where table.fixedNames.contains(name) {
      try write(CSVWriter.line([name, "", "", "", "", meaning, ""]))
    }
    let columns = ExportColumns(form: table.form, reserved: table.fixedNames)
    for question in table.form.questions {
      let own = columns.columns.filter { $0.question.id == question.id }
      for row in rows(question, own, openMark: columns.openMark) {
        let cells = [
          row.column, question.id, question.label, question.kind.name, row.value, row.meaning,
          row.shape,
        ]
        try write(CSVWriter.line(cells))
      }
    }
  }

  private struct Row {
    var column = ""
    var value = ""
    var meaning = ""
    var shape = ""
  }

  private func rows(
    _ question: Question, _ columns: [ExportColumns.Column], openMark: String
  ) -> [Row] {
    var rows: [Row] = []
    for column in columns {
      let name = column.name
      switch (question.kind, column.option) {
      case (.single(let targets), _):
        rows += targets.map {
          Row(
            column: name, value: $0.value, meaning: say("this option is marked", "chọn ô này"),
            shape: $0.shape.rawValue)
        }
        rows.append(Row(column: name, meaning: say("nothing is marked", "bỏ trống")))
      case (_, let option?):
        let value = option.value
        rows.append(
          Row(
            column: name, value: "1", meaning: say("\(value) is marked", "có chọn \(value)"),
            shape: option.shape.rawValue))
        rows.append(
          Row(
            column: name, value: "0",
            meaning: say("\(value) is not marked", "không chọn \(value)"),
            shape: option.shape.rawValue))
      default:
        let cells = question.boxes.count
        rows.append(
          Row(
            column: name, value: "…",
            meaning: say("as written; cells: \(cells)", "như viết; số ô: \(cells)")))
        rows.append(Row(column: name, meaning: say("nothing is written", "bỏ trống")))
      }
      if table.includesUnverified {
        rows.append(
          Row(
            column: name, value: openMark,
            meaning: say("nobody has decided yet", "chưa ai kết luận")))
      }
    }
    if case .text = question.kind {
      rows.append(
        Row(
          meaning: say("kept as a picture, not in the table", "giữ bằng ảnh, không có trong bảng")))
    }
    return rows
  }

  private var fixed: [(String, String)] {
    [
      (
        "ballot", say("the ballot's number in its workspace", "số của phiếu trong thư mục làm việc")
      ),
      (
        "file",
        say(
          "the scanned files of its pages, separated by ;",
          "tệp quét của các trang, cách nhau bằng dấu ;")
      ),
      (
        "page",
        say(
          "the pages inside these files, separated by ;",
          "trang trong các tệp ấy, cách nhau bằng dấu ;")
      ),
      (
        "verified",
        say(
          "yes: every answer accepted by the rules or settled by a person; no: not yet",
          "yes: mọi câu trả lời đã được luật chấp nhận hoặc người kết luận; no: chưa")
      ),
    ]
  }

  private func say(_ english: String, _ vietnamese: String) -> String {
    language == .vietnamese ? vietnamese : english
  }
}

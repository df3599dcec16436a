// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the sheets of a folder say (contract §4).
struct Truth: Decodable {
  struct Sheet: Codable {
    var file: String
    var page: Int?
    var level: String?
    /// `nil` for a page that must not be read.
    var formPage: Int?
    var answers: [String: [String]]?
    var ask: [String: [[String]]]?
    var marks: [Mark]?
    /// What each target is, in sheets of our own painter: `untouched`, `marked`, `cancelled`,
    /// `doubtful`.
    var targets: [String: [String: String]]?
    /// By question: the kind that it was given, where kinds are drilled.
    var drilled: [String: String]?
    /// What is to become of a sheet that is not read: `rejected`, `failed`.
    var status: String?
    /// The form's id and the sheet's serial, where sheets of several forms lie together.
    var form: String?
    var serial: String?
  }

  struct Mark: Codable {
    var question: String?
    var value: String?
    var kind: String?
  }

  /// A cell of a painted sheet whose digit hardly shows: it counts neither way.
  static let hidden = "~"

  var form: String
  var sheets: [Sheet]

  init(folder: URL, file: String = "truth.json") throws {
    let data = try Data(contentsOf: folder.appendingPathComponent(file))
    self = try JSONDecoder().decode(Truth.self, from: data)
  }
}

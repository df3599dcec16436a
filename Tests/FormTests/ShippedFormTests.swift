// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Testing

/// A form of `templates/` as it is shipped.
func shippedForm(_ name: String) throws -> WrittenForm {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let path = root.appendingPathComponent("templates/\(name)").path
  guard case .written(let folder) = try FormSource.load(path) else {
    throw FormError.noSuchFile(path)
  }
  return folder.form
}

@Suite struct ShippedFormTests {
  /// name, answers, targets, codes, cells, text areas.
  static let counts = [
    ("sipas-2024", [84, 364, 4, 18, 5]), ("one-stop-9", [13, 57, 3, 17, 2]),
    ("five-factors-25", [31, 150, 2, 13, 2]),
  ]

  @Test("A shipped form asks what it says", arguments: counts)
  func asks(name: String, expected: [Int]) throws {
    let counts = try shippedForm(name).counts
    let found = [counts.answers, counts.targets, counts.codes, counts.cells, counts.texts]
    #expect(found == expected)
  }

  @Test("A shipped form says how official its wording is", arguments: counts.map(\.0))
  func saysWording(name: String) throws {
    let form = try shippedForm(name)
    #expect(form.wording != nil && !form.wordingNote.isEmpty)
    #expect(form.name == name)
  }

  @Test("The 39 items of the national form belong to its nine factors")
  func factors() throws {
    let items = try shippedForm("sipas-2024").sections.flatMap(\.entries).flatMap {
      entry -> [WrittenMatrix.Item] in
      if case .matrix(let matrix) = entry { matrix.items } else { [] }
    }
    let factors = Dictionary(grouping: items.filter { !$0.factor.isEmpty }, by: \.factor)
      .mapValues(\.count)
    #expect(
      factors == [
        "pA": 2, "pB": 2, "pC": 9, "pD": 10, "sA": 3, "sB": 4, "sC": 3, "sD": 3, "sE": 3,
      ])
  }

  @Test("The levels of the counter's form are printed from 5 to 1")
  func counterLevels() throws {
    let levels = try shippedForm("one-stop-9").sections.flatMap(\.entries).compactMap {
      entry -> [String]? in
      if case .matrix(let matrix) = entry { matrix.levels.map(\.value) } else { nil }
    }
    #expect(levels == [["5", "4", "3", "2", "1"]])
  }
}

// SPDX-License-Identifier: Apache-2.0
import Geometry
import Imaging
import Testing

import OMR

/// What the median of a batch's sheets has in print that the blank has not.
@Suite("Print survey")
struct PrintSurveyTests {
  /// The sheet of `MarkReaderTests` with lines of words above its questions; sheets differ in a
  /// pale line, as no two scans are the same. `words` is where the second line begins, in mm.
  private func sheet(_ number: Int, words: Int = 30) -> GrayPicture {
    var picture = Sheet.blank()
    for (left, top) in [(30, 8), (words, 14)] {
      for dx in 0..<360 where dx % 23 < 14 {
        for dy in 0..<14 { picture[left * 6 + dx, top * 6 + dy] = 20 }
      }
    }
    for x in 0..<600 { picture[x, 890] = UInt8(200 + number) }
    return picture
  }

  private func survey(_ sheets: [GrayPicture]) throws -> PrintSurvey {
    let prepared = PreparedPage(form: "f", page: Sheet.prepared().page, blank: sheet(0))
    var survey = try #require(PrintSurvey(prepared))
    for sheet in sheets where survey.wants(sheet) { survey.add(survey.sheet(sheet, map: Flat())) }
    return survey
  }

  @Test("Sheets that are printed as the blank is differ nowhere")
  func same() throws {
    let survey = try survey((1...8).map { sheet($0) })
    #expect(survey.count == 8)
    #expect(survey.differences().isEmpty)
  }

  @Test("Words that stand elsewhere on most sheets are told with their place")
  func otherWords() throws {
    let survey = try survey((1...8).map { sheet($0, words: $0 < 3 ? 30 : 60) })
    let places = survey.differences()
    #expect(!places.isEmpty)
    #expect(places.allSatisfy { $0.y <= 17 && $0.maxY >= 14 }, "\(places)")
  }

  @Test("What a few sheets have, or few sheets at all, is no other print")
  func few() throws {
    #expect(try survey((1...8).map { sheet($0, words: $0 < 4 ? 60 : 30) }).differences().isEmpty)
    #expect(try survey((1...4).map { sheet($0, words: 60) }).differences().isEmpty)
  }

  @Test("Of many sheets the same sixteen are compared, in whatever order they come")
  func order() throws {
    let sheets = (1...40).map { sheet($0, words: $0 % 2 == 0 ? 60 : 30) }
    let (one, other) = (try survey(sheets), try survey(sheets.reversed()))
    #expect(one.count == 16)
    #expect(one.differences() == other.differences())
  }
}

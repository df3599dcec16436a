// SPDX-License-Identifier: Apache-2.0
import Ballot
import Imaging
import Language
import Review
import Store
import Testing

@Suite struct CopyReviewTests {
  /// Two copies of a page, and questions that the first (reading 1) and the second (2) ask.
  static let copies: ReviewItem = {
    var item = ReviewSamples.item("c03")
    item.copy = PageCopy(
      serial: "000123", reading: ReadingNumber(2),
      origin: PageOrigin(
        file: "scans/b.png", sha256: String(repeating: "1", count: 64), page: 1, formPage: 1),
      differences: [
        CopyDifference(question: "c03", first: ["2"], second: []),
        CopyDifference(question: "way", first: nil, second: ["1"]),
      ])
    return item
  }()

  static func state() throws -> ReviewState {
    var state = ReviewState(
      items: [copies, ReviewSamples.item("way"), ReviewSamples.item("xa", reading: 2)])
    state.show(
      try #require(ReviewSubject(copies, in: ReviewSamples.reading, of: ReviewSamples.form)))
    return state
  }

  @Test("Copies that differ in a question that the form gained since are put all the same")
  func gained() {
    var item = Self.copies
    item.question = "new"
    #expect(ReviewSubject(item, in: ReviewSamples.reading, of: ReviewSamples.form) != nil)
  }

  @Test("One key keeps a copy", arguments: [("1", false), ("2", true)] as [(Character, Bool)])
  func keys(key: Character, keepsCopy: Bool) throws {
    var state = try Self.state()
    #expect(
      state.press(.character(key))
        == .choose(Self.copies, keepsCopy: keepsCopy, note: "key \(key)"))
  }

  @Test("Keys that answer questions choose no copy", arguments: ["0", " ", "3"] as [Character])
  func otherKeys(key: Character) throws {
    var state = try Self.state()
    #expect(state.press(.character(key)) == nil)
    #expect(state.notice == .unknownKey)
  }

  @Test("What the dropped copy asks is not asked any more, until the choice is taken back")
  func needless() throws {
    var state = try Self.state()
    state.didChoose(keepsCopy: true, SettlementNumber(5))
    #expect(state.left == 1)
    #expect(state.current == 2, "the first copy's question is passed over")
    ReviewSamples.show(&state)
    #expect(state.press(.control("u")) == .withdraw(SettlementNumber(5)))
    state.didWithdraw()
    #expect(state.left == 3 && state.current == 0)
  }

  @Test("What came to wait meanwhile is put after the rest, once")
  func adds() throws {
    var state = ReviewState(items: [ReviewSamples.item("c03")])
    state.add([ReviewSamples.item("c03"), ReviewSamples.item("way")])
    #expect(state.left == 2 && state.current == 0)
    state.didSettle(["1"], SettlementNumber(1))
    state.didSettle([], SettlementNumber(2))
    #expect(state.current == nil)
    state.add([Self.copies])
    #expect(state.current == 2 && state.left == 1)
  }

  @Test("The screen says which ballot, both files, what differs, and the keys")
  func screen() throws {
    let lines = ReviewScreen(
      try Self.state(), drawing: nil, language: .english, columns: 80, rows: 16
    ).lines()
    #expect(lines[2] == "Serial 000123, page 1: scanned twice, read differently")
    #expect(lines[3] == "1: scans/a\\u{1b}[2J.png, page 2 · 2: scans/b.png, page 1")
    #expect(lines[4] == "c03: 2 ≠ blank; way: ? ≠ 1")
    #expect(lines.contains("1 = keep the first   2 = keep the second"))
  }

  @Test("Both copies' pictures stand side by side, at about one size, each with its key's place")
  func pair() {
    let crop = ReviewCrop.pair(
      GrayPicture(width: 40, height: 10, filledWith: 100),
      GrayPicture(width: 80, height: 20, filledWith: 50))
    #expect(crop.picture.height == 10)
    #expect(crop.targets.map(\.width) == [40, 40])
    #expect(crop.targets[1].x > 40)
    #expect(crop.picture[5, 5] == 100)
    #expect(crop.picture[Int(crop.targets[1].x) + 5, 5] == 50)
    let between = (40..<Int(crop.targets[1].x)).map { crop.picture[$0, 5] }
    #expect(between.contains(0) && between.first == 255 && between.last == 255)
  }

  @Test("What is typed for a serial is digits alone or nothing at all")
  func serial() throws {
    var state = ReviewState(items: [SerialSubjectTests.item])
    for (typed, isSerial) in [("12a", false), ("1 2", false), ("?", false), ("0012", true)] {
      state.show(try SerialSubjectTests.subject())
      for letter in typed { #expect(state.press(.character(letter)) == nil) }
      let deed = state.press(.enter)
      #expect((deed != nil) == isSerial, "\(typed)")
      if !isSerial { #expect(state.notice == .noSerial) }
    }
    state.show(try SerialSubjectTests.subject())
    #expect(state.press(.enter) != nil, "a sheet without a serial")
  }
}

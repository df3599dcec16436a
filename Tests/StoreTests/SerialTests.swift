// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Geometry
import Store
import Testing

@Suite struct SerialTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
  }

  /// A form of two pages with labels.
  static var form: BallotForm {
    var form = Samples.form(pages: 2)
    form.version = "3f2a9c01d4"
    let box = BlankBox(x: 0, y: 0, width: 5, height: 5)
    for index in form.pages.indices {
      form.pages[index].label = LabelPlaces(code: box, serial: box)
    }
    return form
  }

  /// A page of it; without a serial the serial is asked.
  static func page(_ page: Int, _ serial: String?, value: [String] = ["1"]) -> StoredOutcome {
    var reading = Samples.reading(form.id, page: page, value: value)
    reading.serial = serial
    if serial == nil {
      reading.answers.append(
        Answer(
          question: LabelPlaces.serialQuestion,
          outcome: .review(candidates: [], reasons: [.noLabel])))
    }
    return .read(reading)
  }

  @Test("Pages of one serial are one ballot, in whatever order and files they came")
  func joins() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [Self.page(2, "07"), Self.page(1, "08"), Self.page(2, "08")])
    try Samples.feed(store, try folder.write("b.pdf", "b"), [Self.page(1, "07")])
    let ballots = try store.ballots(of: [Self.form])
    #expect(ballots.map(\.serial) == ["07", "08"])
    #expect(ballots.map { $0.pages.map(\.formPage) } == [[1, 2], [1, 2]])
    #expect(ballots.map(\.number) == [1, 2])
    #expect(ballots.map(\.isVerified) == [true, true])
    #expect(ballots[0].answers.map(\.question) == ["q1", "q2"])
  }

  @Test("Missing pages are told")
  func missing() throws {
    try Samples.feed(store, try folder.write("a.pdf", "a"), [Self.page(2, "07")])
    let ballot = try #require(try store.ballots(of: [Self.form]).first)
    #expect(ballot.missingPages == [1] && ballot.doubledPages.isEmpty && !ballot.isVerified)
  }

  @Test("A page scanned twice is told; copies that agree are one")
  func doubled() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [Self.page(1, "07"), Self.page(2, "07"), Self.page(2, "07")])
    let ballot = try #require(try store.ballots(of: [Self.form]).first)
    #expect(ballot.doubledPages == [2] && ballot.pages.count == 3 && ballot.isVerified)
  }

  @Test("Copies that do not agree leave the answer open")
  func disagreeing() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [Self.page(1, "07"), Self.page(2, "07"), Self.page(2, "07", value: ["2"])])
    let ballot = try #require(try store.ballots(of: [Self.form]).first)
    #expect(ballot.answers.map(\.source).last == .open && !ballot.isVerified)
  }

  @Test("A serial that a person typed joins the page")
  func typed() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"), [Self.page(1, "07"), Self.page(2, nil)])
    #expect(try store.ballots(of: [Self.form]).map(\.isVerified) == [false, false])
    let item = try #require(try store.openItems().first)
    #expect(item.question == LabelPlaces.serialQuestion)
    _ = try store.settle(
      item.reading,
      Settlement(
        question: item.question, value: ["07"], reviewer: "Lan", date: Samples.noon, note: ""))
    let ballots = try store.ballots(of: [Self.form])
    #expect(ballots.map(\.serial) == ["07"] && ballots[0].isVerified)
  }

  @Test("Pages that a person says have no serial are joined by their order")
  func noSerial() throws {
    try Samples.feed(store, try folder.write("a.pdf", "a"), [Self.page(1, nil), Self.page(2, nil)])
    for item in try store.openItems() {
      _ = try store.settle(
        item.reading,
        Settlement(
          question: item.question, value: [""], reviewer: "Lan", date: Samples.noon, note: ""))
    }
    let ballots = try store.ballots(of: [Self.form])
    #expect(ballots.map(\.serial) == [nil] && ballots[0].pages.count == 2)
    #expect(ballots[0].isVerified)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Store
import Testing

@Suite struct CopyTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
  }

  let form = SerialTests.form

  /// Ballot 07 whose second page was scanned twice, and not read alike.
  func feedTwice(second: [String]? = ["2"]) throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [SerialTests.page(1, "07"), SerialTests.page(2, "07")])
    var copy = Samples.reading(form.id, page: 2, value: second)
    copy.serial = "07"
    try Samples.feed(store, try folder.write("b.pdf", "b"), [.read(copy)])
  }

  func choose(_ item: ReviewItem, keepsCopy: Bool) throws -> SettlementNumber {
    try store.choose(item, keepsCopy: keepsCopy, by: "Lan", at: Samples.noon, note: "key")
  }

  @Test("Copies that differ are put to a person, with both files and what each says")
  func asks() throws {
    try feedTwice()
    let items = try store.openCopies(of: [form])
    #expect(items.count == 1)
    let item = try #require(items.first)
    let copy = try #require(item.copy)
    #expect(item.origin.file.hasSuffix("a.pdf") && item.origin.page == 2)
    #expect(copy.origin.file.hasSuffix("b.pdf") && copy.origin.page == 1)
    #expect(
      copy.differences == [CopyDifference(question: "q2", first: ["1"], second: ["2"])])
    let ballot = try #require(try store.ballots(of: [form]).first)
    #expect(ballot.differingPages == [2] && !ballot.isVerified)
  }

  @Test("Copies that say the same are put to nobody")
  func agree() throws {
    try feedTwice(second: ["1"])
    #expect(try store.openCopies(of: [form]).isEmpty)
    let ballot = try #require(try store.ballots(of: [form]).first)
    #expect(ballot.doubledPages == [2] && ballot.differingPages.isEmpty && ballot.isVerified)
  }

  @Test("The copy that a person keeps makes the ballot", arguments: [false, true])
  func keeps(keepsCopy: Bool) throws {
    try feedTwice()
    let item = try #require(try store.openCopies(of: [form]).first)
    _ = try choose(item, keepsCopy: keepsCopy)
    #expect(try store.openCopies(of: [form]).isEmpty)
    let ballot = try #require(try store.ballots(of: [form]).first)
    #expect(ballot.isVerified && ballot.doubledPages.isEmpty && ballot.number == 1)
    #expect(ballot.answers.last?.value == [keepsCopy ? "2" : "1"])
    #expect(ballot.pages.count == 2)
    #expect(ballot.pages.last?.file.hasSuffix(keepsCopy ? "b.pdf" : "a.pdf") == true)
  }

  @Test("Nobody is asked any more what a copy that is out asks")
  func questionsGo() throws {
    try feedTwice(second: nil)
    #expect(try store.openItems().count == 1)
    let item = try #require(try store.openCopies(of: [form]).first)
    #expect(item.copy?.differences.first?.second == nil)
    let choice = try choose(item, keepsCopy: false)
    #expect(try store.openItems().isEmpty)
    let counts = try store.counts()
    #expect(counts.answers == 2 && counts.answersAccepted == 2 && counts.answersOpen == 0)
    #expect(counts.pagesRead == 3)
    #expect(try store.ballots(of: [form]).map(\.isVerified) == [true])
    try store.withdraw(choice, by: "Lan", at: Samples.noon, note: "undo")
    #expect(try store.openItems().count == 1)
    #expect(try store.ballots(of: [form]).map(\.isVerified) == [false])
  }

  @Test("A ballot whose first page is dropped for a copy keeps its number")
  func number() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [SerialTests.page(1, "07"), SerialTests.page(2, "07")])
    try Samples.feed(
      store, try folder.write("b.pdf", "b"), [SerialTests.page(1, "07", value: ["2"])])
    let item = try #require(try store.openCopies(of: [form]).first)
    _ = try choose(item, keepsCopy: true)
    let ballots = try store.ballots(of: [form])
    #expect(ballots.map(\.number) == [1] && ballots.map(\.isVerified) == [true])
    #expect(ballots.first?.answers.first?.value == ["2"])
  }

  @Test("Of three copies two choices leave one")
  func three() throws {
    try feedTwice()
    try Samples.feed(
      store, try folder.write("c.pdf", "c"), [SerialTests.page(2, "07", value: [])])
    let first = try #require(try store.openCopies(of: [form]).first)
    _ = try choose(first, keepsCopy: true)
    let second = try #require(try store.openCopies(of: [form]).first)
    #expect(second.origin.file.hasSuffix("b.pdf"))
    #expect(second.copy?.origin.file.hasSuffix("c.pdf") == true)
    _ = try choose(second, keepsCopy: false)
    #expect(try store.ballots(of: [form]).map(\.isVerified) == [true])
    #expect(try store.ballots(of: [form])[0].answers.last?.value == ["2"])
  }

  @Test("What one reviewer chose, another is told and does not choose again")
  func chosen() throws {
    try feedTwice()
    let item = try #require(try store.openCopies(of: [form]).first)
    _ = try choose(item, keepsCopy: true)
    #expect(throws: StoreFailure.alreadySettled(question: "q2", reviewer: "Lan")) {
      try choose(item, keepsCopy: false)
    }
  }

  @Test("A choice that was taken back is not taken back twice")
  func withdrawnOnce() throws {
    try feedTwice()
    let choice = try choose(try #require(try store.openCopies(of: [form]).first), keepsCopy: true)
    try store.withdraw(choice, by: "Lan", at: Samples.noon, note: "")
    #expect(throws: StoreFailure.notStanding) {
      try store.withdraw(choice, by: "Lan", at: Samples.noon, note: "")
    }
    #expect(try store.openCopies(of: [form]).count == 1)
  }
}

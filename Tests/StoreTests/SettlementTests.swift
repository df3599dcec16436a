// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Store
import Testing

@Suite struct SettlementTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [.read(Samples.reading(value: nil)), .read(Samples.reading(value: ["2"]))])
  }

  func settlement(_ value: [String]) -> Settlement {
    Settlement(question: "q1", value: value, reviewer: "Lan", date: Samples.noon, note: "key 2")
  }

  @Test("A settled question waits no longer, and its ballot is verified")
  func settles() throws {
    let item = try #require(try store.openItems().first)
    #expect(try store.ballots(of: [Samples.form()]).map(\.isVerified) == [false, true])
    _ = try store.settle(item.reading, settlement(["2"]))
    #expect(try store.openItems().isEmpty)
    let ballot = try #require(try store.ballots(of: [Samples.form()]).first)
    #expect(ballot.isVerified)
    #expect(
      ballot.answers == [
        BallotAnswer(
          question: "q1", value: ["2"], source: .person(reviewer: "Lan", date: Samples.noon))
      ])
    let counts = try store.counts()
    #expect(counts.answersSettled == 1)
    #expect(counts.answersAccepted == 1)
    #expect(counts.answersOpen == 0)
  }

  @Test("A withdrawn settlement stays as a row, and the question waits again")
  func withdraws() throws {
    let item = try #require(try store.openItems().first)
    let number = try store.settle(item.reading, settlement(["2"]))
    try store.withdraw(number, by: "Lan", at: Samples.noon, note: "undo")
    #expect(try store.openItems() == [item])
    #expect(throws: StoreFailure.notStanding) {
      try store.withdraw(number, by: "Lan", at: Samples.noon, note: "undo")
    }
    _ = try store.settle(item.reading, settlement([]))
    #expect(try store.ballots(of: [Samples.form()])[0].answers[0].value == [])
  }

  @Test("Two people cannot settle the same question unnoticed")
  func settlesOnce() throws {
    let item = try #require(try store.openItems().first)
    _ = try store.settle(item.reading, settlement(["2"]))
    #expect(throws: StoreFailure.alreadySettled(question: "q1", reviewer: "Lan")) {
      try store.settle(item.reading, settlement(["1"]))
    }
  }

  @Test("A question that was never read cannot be settled")
  func unknownQuestion() throws {
    let item = try #require(try store.openItems().first)
    var other = settlement(["1"])
    other.question = "q7"
    #expect(throws: StoreFailure.self) { try store.settle(item.reading, other) }
  }

  @Test("What a person said of the ink holds when the file is read again")
  func outlivesReadings() throws {
    let item = try #require(try store.openItems().first)
    _ = try store.settle(item.reading, settlement(["2"]))
    try Samples.feed(
      store, item.origin.file,
      [.read(Samples.reading(value: nil)), .read(Samples.reading(value: ["2"]))], again: true)
    #expect(try store.openItems().isEmpty)
    #expect(try store.ballots(of: [Samples.form()])[0].answers[0].value == ["2"])
    #expect(try store.counts().answersSettled == 1)
  }
}

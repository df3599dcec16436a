// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Store
import Testing

@Suite struct BallotTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
  }

  /// Pages as they lie in a file, and the ballots that they make: form pages and missing ones.
  struct Example: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var pages: [Int?]
    var ballots: [[Int]]
    var missing: [[Int]]
  }

  static let examples = [
    Example(
      testDescription: "pages in order make ballots", pages: [1, 2, 1, 2],
      ballots: [[1, 2], [1, 2]], missing: [[], []]),
    Example(
      testDescription: "a lost second page", pages: [1, 1, 2],
      ballots: [[1], [1, 2]], missing: [[2], []]),
    Example(
      testDescription: "a lost first page", pages: [2, 1, 2],
      ballots: [[2], [1, 2]], missing: [[1], []]),
    Example(
      testDescription: "pages of two people round pages that were not read",
      pages: [1, nil, nil, 2], ballots: [[1], [2]], missing: [[2], [1]]),
    Example(
      testDescription: "the same page twice", pages: [1, 2, 2],
      ballots: [[1, 2], [2]], missing: [[], [1]]),
  ]

  @Test("Pages are joined to ballots", arguments: examples)
  func joins(_ example: Example) throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      example.pages.map { page in
        page.map { .read(Samples.reading(page: $0)) } ?? .rejected(.emptyPage)
      })
    let ballots = try store.ballots(of: [Samples.form(pages: 2)])
    #expect(ballots.map { $0.pages.map(\.formPage) } == example.ballots)
    #expect(ballots.map(\.missingPages) == example.missing)
    #expect(ballots.map(\.isVerified) == example.missing.map(\.isEmpty))
  }

  @Test("Pages of two files are never one ballot")
  func keepsFilesApart() throws {
    try Samples.feed(store, try folder.write("a.png", "a"), [.read(Samples.reading(page: 1))])
    try Samples.feed(store, try folder.write("b.png", "b"), [.read(Samples.reading(page: 2))])
    #expect(try store.ballots(of: [Samples.form(pages: 2)]).map(\.missingPages) == [[2], [1]])
  }

  @Test("Another form ends a ballot, and readings of unknown forms are left out")
  func severalForms() throws {
    try Samples.feed(
      store, try folder.write("a.pdf", "a"),
      [
        .read(Samples.reading("x")), .read(Samples.reading("y")), .read(Samples.reading("z")),
      ])
    let ballots = try store.ballots(of: [Samples.form("x"), Samples.form("z")])
    #expect(ballots.map(\.form) == ["x", "z"])
    #expect(ballots.map(\.number) == [1, 3])
  }

  @Test("A question that the form gained after the reading is open, not blank")
  func editedForm() throws {
    try Samples.feed(store, try folder.write("a.png", "a"), [.read(Samples.reading())])
    var form = Samples.form()
    form.pages[0].questions.append(Question(id: "new", label: "", kind: .multiple([])))
    let ballot = try #require(try store.ballots(of: [form]).first)
    #expect(ballot.answers.map(\.source).last == .open)
    #expect(!ballot.isVerified)
  }

  @Test("A ballot keeps its number when a file before it is read again")
  func stableNumbers() throws {
    let first = try folder.write("a.png", "a")
    try Samples.feed(store, first, [.rejected(.emptyPage)])
    try Samples.feed(store, try folder.write("b.png", "b"), [.read(Samples.reading())])
    #expect(try store.ballots(of: [Samples.form()]).map(\.number) == [2])
    try Samples.feed(store, first, [.read(Samples.reading())], again: true)
    #expect(try store.ballots(of: [Samples.form()]).map(\.number) == [1, 2])
  }
}

// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Store
import Testing

@Suite struct PassTests {
  let folder: TemporaryFolder
  let store: BallotStore

  init() throws {
    folder = try TemporaryFolder()
    store = try BallotStore(Workspace(folder: folder.path), makingNew: true)
  }

  @Test("An original keeps its bytes under its SHA-256, and comes only once")
  func keepsOriginals() throws {
    let path = try folder.write("a.png", "abc")
    let kept = try Samples.keep(store, path)
    #expect(kept.bytes == 3)
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept.original)) == Data("abc".utf8))
    #expect(try Samples.keep(store, path) == kept)
    let names = try FileManager.default.subpathsOfDirectory(atPath: store.workspace.originals)
    #expect(names.sorted() == ["61", "61/" + kept.sha256])
  }

  @Test("A reading comes back as it was stored")
  func readingRoundTrips() throws {
    let reading = Samples.reading(value: nil)
    try Samples.feed(store, try folder.write("a.png", "a"), [.read(reading)])
    let item = try #require(try store.openItems().first)
    #expect(try store.pageReading(item.reading) == reading)
    #expect(item.origin.page == 1)
    #expect(item.question == "q1")
  }

  @Test("The same bytes again change nothing, under whatever name")
  func seenBefore() throws {
    try Samples.feed(store, try folder.write("a.png", "a"), [.read(Samples.reading())])
    let before = try store.counts()
    let kept = try Samples.keep(store, try folder.write("b.png", "a"))
    #expect(try store.progress(sha256: kept.sha256) == .finished)
    #expect(try store.begin(kept, at: Samples.noon) == nil)
    #expect(try store.counts() == before)
  }

  @Test("An interrupted file goes on with the pages that are missing")
  func goesOn() throws {
    let kept = try Samples.keep(store, try folder.write("a.pdf", "a"))
    let first = try #require(try store.begin(kept, at: Samples.noon))
    try store.store(.read(Samples.reading()), page: 1, in: first, at: Samples.noon)
    #expect(try store.progress(sha256: kept.sha256) == .interrupted(done: [1]))
    #expect(try store.counts().interruptedFiles == 1)

    let reopened = try BallotStore(store.workspace)
    let second = try #require(try reopened.begin(kept, at: Samples.noon))
    #expect(second.done == [1])
    try reopened.store(.rejected(.emptyPage), page: 2, in: second, at: Samples.noon)
    try reopened.end(second, at: Samples.noon)
    let counts = try reopened.counts()
    #expect(counts.pagesRead == 1)
    #expect(counts.pagesRejected == 1)
    #expect(counts.interruptedFiles == 0)
  }

  @Test("A file read again stands beside what was read before, and the newest counts")
  func readAgain() throws {
    let path = try folder.write("a.png", "a")
    try Samples.feed(store, path, [.rejected(.emptyPage)])
    #expect(try store.unreadPages().map(\.why) == [.rejected(.emptyPage)])
    try Samples.feed(store, path, [.read(Samples.reading())], again: true)
    let counts = try store.counts()
    #expect(counts.pagesRead == 1)
    #expect(counts.pagesRejected == 0)
    #expect(counts.files == 1)
  }

  @Test("A file that could not be opened is kept with its reason")
  func failedFile() throws {
    let kept = try Samples.keep(store, try folder.write("a.pdf", "junk"))
    let pass = try #require(try store.begin(kept, at: Samples.noon))
    try store.store(.failed(facts: "{\"empty\":{}}"), page: nil, in: pass, at: Samples.noon)
    try store.end(pass, at: Samples.noon)
    let unread = try #require(try store.unreadPages().first)
    #expect(unread.page == nil)
    #expect(unread.why == .failed(facts: "{\"empty\":{}}"))
  }

  @Test("A page is stored whole or not at all")
  func wholePages() throws {
    let kept = try Samples.keep(store, try folder.write("a.png", "a"))
    let pass = try #require(try store.begin(kept, at: Samples.noon))
    var twice = Samples.reading()
    twice.answers.append(twice.answers[0])  // refused at its second row, after others
    #expect(throws: StoreFailure.self) {
      try store.store(.read(twice), page: 1, in: pass, at: Samples.noon)
    }
    #expect(try store.counts().pagesRead == 0)
    #expect(try store.progress(sha256: kept.sha256) == .interrupted(done: []))
  }
}

// SPDX-License-Identifier: Apache-2.0
import Codes
import Foundation
import Form
import OMR
import Scanner

/// A folder of sheets with truth (contract §1), its form prepared.
struct SheetFolder: Sendable {
  let url: URL
  let form: BallotForm
  let pages: [PreparedPage]
  let blanks: [RegistrationBlank]
  let marks: [PreparedMarks]
  let codes: [PreparedCodes]

  /// Loads a form and prepares it. `sheets` is where the sheets lie, if not beside the form.
  init(_ path: String, sheets: URL? = nil) throws {
    url = sheets ?? URL(fileURLWithPath: path)
    let folder = try FormFolder.load(path)
    form = folder.form
    pages = try folder.form.pages.map { page in
      let file = try ScannedFile(path: folder.blankPath(of: page))
      let blank = try PageSource(file).page(1).get()
      return PreparedPage(form: folder.form.name, page: page, blank: blank.picture)
    }
    blanks = try pages.map { try RegistrationBlank($0) }
    marks = pages.map { PreparedMarks($0) }
    codes = pages.map { PreparedCodes($0.page, blank: $0.blank) }
  }

  /// Where a sheet of the truth lies.
  func path(_ file: String) -> String { url.appendingPathComponent(file).path }
}

extension Array {
  /// The items in their order, so many at a time.
  func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
  }
}

/// Does work on both cores and gives the results in the order of the items.
func inParallel<Item: Sendable, Outcome: Sendable>(
  _ items: [Item], workers: Int, _ work: @escaping @Sendable (Item) throws -> Outcome
) async throws -> [Outcome] {
  try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
    var results: [Int: Outcome] = [:]
    var next = 0
    func start() {
      guard next < items.count else { return }
      let (index, item) = (next, items[next])
      next += 1
      group.addTask { (index, try work(item)) }
    }
    for _ in 0..<max(1, workers) { start() }
    for try await (index, outcome) in group {
      results[index] = outcome
      start()
    }
    return items.indices.compactMap { results[$0] }
  }
}

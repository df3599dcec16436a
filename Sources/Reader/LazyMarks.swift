// SPDX-License-Identifier: Apache-2.0
import OMR
import Synchronization

/// What scoring needs of each page of the forms, made when a page of that kind comes first.
///
/// It costs about a CPU second and 30 MB a page, and a workspace keeps the versions of years of
/// which a round uses one. Whoever comes while it is made waits for it: it is made once for all
/// workers.
struct LazyMarks: Sendable {
  private let pages: [Once]

  init(_ pages: [PreparedPage]) { self.pages = pages.map { Once($0) } }

  subscript(page: Int) -> PreparedMarks { pages[page].marks }

  private final class Once: Sendable {
    private let page: PreparedPage
    private let made = Mutex<PreparedMarks?>(nil)

    init(_ page: PreparedPage) { self.page = page }

    var marks: PreparedMarks {
      made.withLock { made in
        if let made { return made }
        let new = PreparedMarks(page)
        made = new
        return new
      }
    }
  }
}

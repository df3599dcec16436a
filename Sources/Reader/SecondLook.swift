// SPDX-License-Identifier: Apache-2.0
public import Ballot
import Form
import OMR

/// Which pages of a batch are looked at a second time: those on which a person would be asked
/// about a question at which the batch's sheets print something beside the blank (`BatchPrints`).
public struct SecondLook: Sendable {
  private struct Page {
    var form: String
    var formPage: Int
    var answers: [Answer]
  }

  private var told: [Int: Set<Int>] = [:]
  private var asking: [Int: [Int: Page]] = [:]

  public init() {}

  /// Notes what became of a page of the batch's file number `file`; `nil` is the file as a whole.
  public mutating func note(_ outcome: PageOutcome, page: Int?, file: Int) {
    told[file, default: []].insert(page ?? 0)
    guard let page, case .read(let reading) = outcome,
      reading.answers.contains(where: { !$0.isAccepted })
    else { return }
    asking[file, default: [:]][page] = Page(
      form: reading.form, formPage: reading.formPage, answers: reading.answers)
  }

  /// The same without the pages that the batch's prints cannot help.
  public func narrowed(to prints: BatchPrints, of forms: PreparedForms) -> SecondLook {
    narrowed(to: prints) { form, page in
      forms.pages.firstIndex { $0.form == form && $0.page.number == page }
    }
  }

  /// The same where `index` numbers the forms' pages.
  package func narrowed(
    to prints: BatchPrints, index: (_ form: String, _ page: Int) -> Int?
  ) -> SecondLook {
    var result = self
    result.asking = asking.mapValues { pages in
      pages.filter { _, page in
        guard let print = index(page.form, page.formPage).flatMap(prints.batchPrint) else {
          return false
        }
        return page.answers.contains {
          !$0.isAccepted && print.questions.contains($0.question)
        }
      }
    }.filter { !$0.value.isEmpty }
    return result
  }

  /// The files that are opened again.
  public var files: [Int] { asking.keys.sorted() }

  /// The pages of a file that are not looked at again. 0 stands for the file as a whole.
  public func leftOut(file: Int) -> Set<Int> {
    (told[file] ?? []).subtracting((asking[file] ?? [:]).keys)
  }

  /// What a page's second look is worth beside the first; `nil` where the first one stands.
  public func reading(_ outcome: PageOutcome, page: Int?, file: Int) -> PageReading? {
    guard let page, let first = asking[file]?[page], case .read(let second) = outcome,
      second.form == first.form, second.formPage == first.formPage
    else { return nil }
    return second.held(against: first.answers)
  }
}

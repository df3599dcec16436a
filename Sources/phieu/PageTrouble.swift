// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Language

/// A ballot with missing or doubled pages, or with a page whose serial is not known.
struct PageTrouble: Encodable, Sendable {
  var ballot: Int
  /// The form's id.
  var form: String
  var serial: String?
  var missingPages: [Int]
  var doubledPages: [Int]
  /// Doubled pages whose copies do not say the same.
  var differingPages: [Int]
  /// Whether the serial waits for a person.
  var asksSerial: Bool
  /// The pages that there are.
  var pages: [PageOrigin]

  /// - Returns: `nil` where every page is there once.
  init?(_ ballot: BallotRecord) {
    asksSerial = ballot.answers.contains {
      $0.question == LabelPlaces.serialQuestion && $0.value == nil
    }
    guard asksSerial || !ballot.missingPages.isEmpty || !ballot.doubledPages.isEmpty else {
      return nil
    }
    self.ballot = ballot.number
    form = ballot.form
    serial = ballot.serial
    missingPages = ballot.missingPages
    doubledPages = ballot.doubledPages
    differingPages = ballot.differingPages.sorted()
    pages = ballot.pages
  }

  /// What is wrong and what to do: a line a page.
  func lines(_ language: Language) -> [String] {
    let name =
      serial.map { language.say("số phiếu \($0)", "serial \($0)") }
      ?? language.say("phiếu thứ \(ballot)", "ballot \(ballot)")
    return (asksSerial ? [serialWords(language)] : missing(language)).map {
      "\(form), \(name): \($0)".shown
    } + doubled(language).map { "\(form), \(name): \($0)".shown }
  }

  /// Which ballot's page it is comes first: what is missing there is not known before.
  private func serialWords(_ language: Language) -> String {
    language.say(
      "không đọc được số phiếu (\(places(pages, language))); hãy gõ số phiếu: phieu review",
      "serial not legible (\(places(pages, language))); type it: phieu review")
  }

  private func missing(_ language: Language) -> [String] {
    let there = places(pages, language)
    return missingPages.map {
      language.say(
        "thiếu trang \($0) (đã có: \(there)); hãy tìm tờ giấy đó và quét",
        "missing page \($0) (there is: \(there)); look for the sheet and scan it")
    }
  }

  private func doubled(_ language: Language) -> [String] {
    doubledPages.map { number in
      let there = places(pages.filter { $0.formPage == number }, language)
      let doubled = language.say(
        "trùng trang \(number) (\(there)); ", "doubled page \(number) (\(there)); ")
      return doubled
        + (differingPages.contains(number)
          ? language.say(
            "hai lần đọc khác nhau, hãy chọn một: phieu review",
            "they do not say the same, choose one: phieu review")
          : language.say("đọc giống nhau, không phải làm gì", "they say the same, nothing to do"))
    }
  }

  private func places(_ pages: [PageOrigin], _ language: Language) -> String {
    pages.map { "\($0.file), \(language.say("trang", "page")) \($0.page)" }
      .joined(separator: "; ")
  }
}

/// The first of many ballots with page troubles, and how many there are.
struct TroubleList: Sendable {
  /// As many are kept.
  let most: Int
  private(set) var first: [PageTrouble] = []
  private(set) var count = 0
  /// Ballots of which a person must choose between copies.
  private(set) var differing = 0

  init(most: Int) { self.most = most }

  mutating func add(_ ballot: BallotRecord) {
    guard let trouble = PageTrouble(ballot) else { return }
    count += 1
    if !trouble.differingPages.isEmpty { differing += 1 }
    if first.count < most { first.append(trouble) }
  }

  /// A line a page, and how many ballots were left out.
  func lines(_ language: Language) -> [String] {
    var lines = first.flatMap { $0.lines(language) }
    if count > first.count {
      lines.append(
        language.say(
          "… và \(count - first.count) phiếu khác: phieu status",
          "… and \(count - first.count) more ballots: phieu status"))
    }
    return lines
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Form
import Foundation
import Language
import Scanner
import Store

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tells how much is read, asked, settled and verified.")

  @Flag(help: "As one JSON object.")
  var json = false

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() async throws {
    let language = speech.language
    try await CommandError.worded(language) {
      let store = try BallotStore(place.workspace)
      let forms = try place.forms(language)
      var report = StatusReport(counts: try store.counts())
      try store.forEachBallot(of: forms) { ballot in
        report.ballots += 1
        if ballot.isVerified { report.ballotsVerified += 1 }
        if !ballot.missingPages.isEmpty { report.ballotsIncomplete += 1 }
        if !ballot.doubledPages.isEmpty { report.ballotsDoubled += 1 }
        if !ballot.differingPages.isEmpty { report.ballotsDiffering += 1 }
        report.add(PageTrouble(ballot))
      }
      report.pagesOfUnknownForms = report.counts.pagesByForm
        .filter { name, _ in !forms.contains { $0.id == name } }.values.reduce(0, +)
      report.unread = try store.unreadPages().map { UnreadLine($0, language) }
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try Console.give(String(decoding: try encoder.encode(report), as: UTF8.self))
      } else {
        for line in report.lines(language) { try Console.give(line) }
      }
    }
  }
}

/// A page that is not read, and why, in words.
struct UnreadLine: Encodable, Sendable {
  var file: String
  var page: Int?
  var status: String
  var reason: String

  init(_ page: UnreadPage, _ language: Language) {
    file = page.file
    self.page = page.page
    switch page.why {
    case .rejected(let rejection):
      status = "rejected"
      reason = rejection.words(language)
    case .failed(let facts):
      status = "failed"
      let failure = try? JSONDecoder().decode(ScanFailure.self, from: Data(facts.utf8))
      reason = failure?.words(language) ?? facts
    }
  }
}

/// What `phieu status` tells.
struct StatusReport: Encodable, Sendable {
  var counts: StoreCounts
  var ballots = 0
  var ballotsVerified = 0
  /// Ballots with missing pages.
  var ballotsIncomplete = 0
  /// Ballots with a page that was scanned more than once.
  var ballotsDoubled = 0
  /// Those of them whose copies do not say the same.
  var ballotsDiffering = 0
  /// Those ballots, the first thousand of them.
  var pageTroubles: [PageTrouble] = []
  /// Pages of forms that are no longer in templates/.
  var pagesOfUnknownForms = 0
  var unread: [UnreadLine] = []

  init(counts: StoreCounts) { self.counts = counts }

  mutating func add(_ trouble: PageTrouble?) {
    if let trouble, pageTroubles.count < 1_000 { pageTroubles.append(trouble) }
  }

  func lines(_ language: Language) -> [String] {
    func line(_ vietnamese: String, _ english: String, _ count: Int) -> String {
      "\(language.say(vietnamese, english)): \(count)"
    }
    var lines = [
      line("Tệp", "Files", counts.files),
      line("Trang đã đọc", "Pages read", counts.pagesRead),
      line("Trang bị từ chối", "Pages rejected", counts.pagesRejected),
      line("Trang không mở được", "Pages failed", counts.pagesFailed),
      line("Câu trả lời", "Answers", counts.answers),
      line("  máy chấp nhận", "  accepted by the rules", counts.answersAccepted),
      line("  người kết luận", "  settled by a person", counts.answersSettled),
      line("  chờ người xem", "  waiting for a person", counts.answersOpen),
      line("Phiếu", "Ballots", ballots),
      line("  đã kiểm xong", "  verified", ballotsVerified),
    ]
    if ballotsIncomplete > 0 {
      lines.append(line("  thiếu trang", "  with missing pages", ballotsIncomplete))
    }
    if ballotsDoubled > 0 {
      lines.append(line("  trùng trang", "  with doubled pages", ballotsDoubled))
    }
    if ballotsDiffering > 0 {
      lines.append(
        line("  trùng trang mà đọc khác nhau", "  whose copies differ", ballotsDiffering))
    }
    if counts.interruptedFiles > 0 {
      lines.append(
        line(
          "Tệp đang đọc dở (chạy lại phieu scan)", "Files interrupted (run phieu scan again)",
          counts.interruptedFiles))
    }
    if pagesOfUnknownForms > 0 {
      lines.append(
        line(
          "Trang của mẫu không còn trong templates/", "Pages of forms not in templates/",
          pagesOfUnknownForms))
    }
    lines += pageTroubles.flatMap { $0.lines(language) }
    lines += unread.map { unread in
      let page = unread.page.map { language.say(", trang ", ", page ") + "\($0)" } ?? ""
      let status =
        unread.status == "rejected"
        ? language.say("bị từ chối", "rejected") : language.say("không mở được", "failed")
      return "\(unread.file.shown)\(page): \(status): \(unread.reason.shown)"
    }
    return lines
  }
}

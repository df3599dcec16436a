// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Simulator

/// How often what the reader held for so probable was so: targets by their probability of being
/// marked, a column a look and kind of scan; and the silent errors that the accepted answers'
/// own probabilities let expect.
///
/// What the sheet leaves open (a target that is doubtful, a question that is to be asked) counts
/// nowhere.
struct Reliability {
  /// What is printed where, and what scanned it.
  struct Group: Hashable, Comparable {
    var look: String
    var scan: String

    var name: String { look + ", " + scan }
    static func < (a: Group, b: Group) -> Bool { (a.look, a.scan) < (b.look, b.scan) }
  }

  private struct Bin {
    var count = 0
    var predicted = 0.0
    var seen = 0
  }

  private struct Accepted {
    var count = 0
    var expected = 0.0
    var silent = 0
  }

  /// Where the bins of probability end: finer where answers are accepted.
  private static let ends = [
    0.0001, 0.001, 0.01, 0.03, 0.1, 0.3, 0.7, 0.9, 0.97, 0.99, 0.999, 1,
  ]
  private var bins: [Group: [Bin]] = [:]
  private var accepted: [Group: Accepted] = [:]

  /// Counts a painted page that was read.
  mutating func add(_ truth: SheetTruth, _ reading: PageReading, look: FormLook?) {
    let group = Group(
      look: look?.rawValue ?? "coordinates",
      scan: truth.level == Level.photo.rawValue ? "photo" : truth.scan.mode)
    for question in reading.evidence.questions {
      let labels = truth.targets[question.question] ?? [:]
      for target in question.targets {
        // What is doubtful on the sheet has another label, or none.
        guard let label = labels[target.value],
          ["untouched", "marked", "cancelled"].contains(label)
        else { continue }
        count(target.marked, isMarked: label == "marked", in: group)
      }
    }
    for answer in reading.answers {
      guard case .accepted(let value, let confidence) = answer.outcome,
        let right = truth.answers[answer.question], truth.ask[answer.question] == nil,
        labelled(answer.question, truth)
      else { continue }
      accepted[group, default: Accepted()].count += 1
      accepted[group, default: Accepted()].expected += 1 - confidence
      if right.sorted() != value.sorted() { accepted[group, default: Accepted()].silent += 1 }
    }
  }

  private func labelled(_ question: String, _ truth: SheetTruth) -> Bool {
    !(truth.targets[question] ?? [:]).isEmpty
  }

  private mutating func count(_ probability: Double, isMarked: Bool, in group: Group) {
    let at = Self.ends.firstIndex { probability <= $0 } ?? Self.ends.count - 1
    var row = bins[group] ?? Self.ends.map { _ in Bin() }
    row[at].count += 1
    row[at].predicted += probability
    row[at].seen += isMarked ? 1 : 0
    bins[group] = row
  }

  /// Both tables.
  func markdown() -> String {
    let groups = bins.keys.sorted()
    guard !groups.isEmpty else { return "" }
    let head = ["probability of a mark up to"] + groups.map(\.name)
    let rows = Self.ends.indices.map { at in
      ["\(Self.ends[at])"] + groups.map { Self.cell(bins[$0]?[at] ?? Bin()) }
    }
    let sums = groups.map { group in
      let sum = accepted[group] ?? Accepted()
      return [
        group.name, "\(sum.count)", String(format: "%.2f", sum.expected), "\(sum.silent)",
        Score.Counts.upper95(sum.silent, of: sum.count).map { String(format: "%.5f", $0) } ?? "–",
      ]
    }
    return """
      ## How honest the probabilities are

      Targets by the probability of a mark that the reader gave them: how many, what it said on \
      average → what was so, in %. All levels together; what the sheet itself leaves open is left \
      out.

      \(markdownTable(head, rows))

      Accepted answers to marked questions: the silent errors that their own probabilities let \
      expect (the sum of 1 − p), and those seen.

      \(markdownTable(["look, scan", "accepted", "expected", "seen", "95 % bound"], sums))

      """
  }

  private static func cell(_ bin: Bin) -> String {
    guard bin.count > 0 else { return "–" }
    let share = 100 / Double(bin.count)
    return String(
      format: "%d: %.3g → %.3g", bin.count, share * bin.predicted, share * Double(bin.seen))
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Simulator

/// A page of a ballot as it is to be painted and fed.
struct PlannedPage: Sendable {
  /// Which of the forms.
  var form: Int
  var serial: String
  /// From 1.
  var page: Int
  /// 0, or 1 where the page is fed for the second time.
  var copy: Int
  var order: SheetOrder
  /// The file's path without its ending.
  var file: String
}

/// What must become of a ballot.
struct PlannedBallot: Sendable {
  var form: Int
  var serial: String
  var missing: [Int] = []
  var doubled: [Int] = []
}

/// The ballots of a batch: which of their pages are fed, in which order, and how they lie.
struct OwnPlan: Sendable {
  /// In the order in which they are fed: a stack that was dropped.
  var pages: [PlannedPage] = []
  var ballots: [PlannedBallot] = []

  /// Of the ballots, how many lack a page; have a page that is fed twice. Of the pages, how many
  /// are fed upside down beyond what the level itself turns. More than offices see: each is to
  /// be counted in tens, not ones.
  static let missing = 0.05
  static let doubled = 0.05
  static let upsideDown = 0.05

  /// Plans at least so many pages, each form the same share of them.
  ///
  /// - Parameters:
  ///   - forms: The forms.
  ///   - count: How many pages at least.
  ///   - level: Names the files.
  ///   - seed: The same seed plans the same.
  ///   - digits: With what codes are written.
  init(
    _ forms: [BallotForm], pages count: Int, level: Level, seed: UInt64, digits: DigitHands?
  ) {
    for (index, form) in forms.enumerated() {
      let share = (count + forms.count - 1) / forms.count
      var planned = 0
      var number = 0
      while planned < share {
        number += 1
        planned += add(form, index, number: number, level: level, seed: seed, digits: digits)
      }
    }
    var chance = SeededGenerator(seed: seed).branch(2)
    pages.shuffle(using: &chance)
  }

  /// Adds a ballot and returns how many pages it has.
  private mutating func add(
    _ form: BallotForm, _ index: Int, number: Int, level: Level, seed: UInt64, digits: DigitHands?
  ) -> Int {
    // Far apart for ballots that are near each other (SplitMix64's and FNV's own multipliers).
    let name = (form.id + level.rawValue).utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    var chance = SeededGenerator(seed: seed ^ name ^ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    func happens(_ rate: Double) -> Bool { Double(chance.next() >> 11) * 0x1p-53 < rate }
    func any(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }
    let serial = String(String(1_000_000 + number).dropFirst())
    var ballot = PlannedBallot(form: index, serial: serial)
    let numbers = form.pages.map(\.number)
    if numbers.count > 1, happens(Self.missing) { ballot.missing = [numbers[any(numbers.count)]] }
    let fed = numbers.filter { !ballot.missing.contains($0) }
    if happens(Self.doubled) { ballot.doubled = [fed[any(fed.count)]] }
    let hand = chance.next()
    var count = 0
    for page in fed {
      let written = chance.next()
      for copy in 0...(ballot.doubled.contains(page) ? 1 : 0) {
        var order = SheetOrder(seed: written)
        order.handSeed = hand
        order.scanSeed = chance.next()
        order.turns = happens(Self.upsideDown) ? 2 : nil
        order.digits = digits
        pages.append(
          PlannedPage(
            form: index, serial: serial, page: page, copy: copy, order: order,
            file: "\(level.rawValue)/\(form.name)-\(form.look?.rawValue ?? "")-\(serial)-\(page)"
              + (copy > 0 ? "-again" : "")))
        count += 1
      }
    }
    ballots.append(ballot)
    return count
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Print
import Simulator

/// A form whose sheets are painted: its painter, and where it lies when it is at hand.
struct ForeignSource: Sendable {
  /// The form's name, without look and version.
  var name: String
  var painter: SheetPainter
  /// Its folder among forms; `nil` for a form that is never at hand.
  var folder: String?
  /// What prints its labels; `nil` for forms without.
  var own: OwnForm?
  /// The pages that are foreign, from 0; all where it is `nil`.
  var pages: [Int]?
}

/// One foreign page: what is painted, and which forms are at hand when it is read.
struct ForeignPage: Sendable {
  var kind: ForeignKind
  var number: Int
  var source: ForeignSource
  /// The page of the source's form, from 0.
  var page: Int
  var level: Level
  var isLabelled: Bool
  var seed: UInt64
  /// The folders of the forms.
  var atHand: [String]

  /// The file's name without its ending.
  var name: String {
    kind.rawValue.replacingOccurrences(of: " ", with: "-").filter { $0 != "," && $0 != "'" }
      + "-\(number)"
  }
}

/// All foreign pages.
struct ForeignPlan: Sendable {
  var pages: [ForeignPage] = []
  var notes: [String] = []

  /// The levels take turns; without photographs where two sheets or a piece of one are scanned.
  private static let levels: [Level] = [.clean, .office, .hard, .photo]
  /// So many forms are made of words that mean nothing, of each sort.
  private static let made = 24

  /// Shares `count` pages out among the kinds. Forms that are made for it are written to `folder`.
  ///
  /// - Throws: What making them throws.
  init(
    _ sources: [ForeignSource], count: Int, seed: UInt64, in folder: String, fonts: PrintFonts
  ) throws {
    let made = try (0..<Self.made).map { number in
      try MadeForm(seed: seed &+ UInt64(number) &* 7919, number, in: folder, fonts)
    }
    let all = sources.compactMap(\.folder)
    for kind in ForeignKind.allCases {
      let wanted = (count * kind.share + 999) / 1000
      let choices: [Choice] =
        switch kind {
        case .otherForm: Self.withoutItsForm(sources)
        case .otherLook: Self.withItsOtherLook(sources)
        case .otherVersion:
          made.filter { $0.shortened.pages?.isEmpty == false }.prefix(8)
            .map { ($0.shortened, [$0.frozen]) }
        case .otherOffice: made.map { ($0.survey, all) }
        case .letter: made.map { ($0.letter, all) }
        case .back, .two, .torn, .noise: sources.map { ($0, all) }
        }
      guard !choices.isEmpty else {
        notes.append("\(kind.rawValue): no form at hand for it.")
        continue
      }
      add(kind, wanted, choices, seed: seed)
    }
  }

  /// A source, and the folders of the forms that are at hand when its sheets are read.
  private typealias Choice = (source: ForeignSource, atHand: [String])

  private static func withoutItsForm(_ sources: [ForeignSource]) -> [Choice] {
    sources.compactMap { source in
      let others = sources.filter { $0.name != source.name }.compactMap(\.folder)
      return others.isEmpty ? nil : (source, others)
    }
  }

  private static func withItsOtherLook(_ sources: [ForeignSource]) -> [Choice] {
    sources.compactMap { source in
      let other = sources.first { $0.name == source.name && $0.folder != source.folder }
      return other?.folder.map { (source, [$0]) }
    }
  }

  private mutating func add(
    _ kind: ForeignKind, _ wanted: Int, _ choices: [Choice], seed: UInt64
  ) {
    var chance = SeededGenerator(seed: seed).branch(UInt64(kind.share + kind.rawValue.count))
    let levels = [.two, .torn, .back].contains(kind) ? Array(Self.levels.dropLast()) : Self.levels
    for number in 0..<wanted {
      let (source, atHand) = choices[number % choices.count]
      let foreign = source.pages ?? Array(source.painter.form.pages.indices)
      let page = foreign[number / choices.count % foreign.count]
      pages.append(
        ForeignPage(
          kind: kind, number: number, source: source, page: page,
          level: levels[number / 2 % levels.count],
          isLabelled: ![.otherVersion, .letter].contains(kind) && chance.happens(0.5),
          seed: chance.next(), atHand: atHand))
    }
  }
}

/// A form of words that mean nothing, the same without one of its questions, and a letter.
private struct MadeForm {
  let survey: ForeignSource
  let shortened: ForeignSource
  let letter: ForeignSource
  /// The survey's folder when it is at hand.
  let frozen: String

  init(seed: UInt64, _ number: Int, in folder: String, _ fonts: PrintFonts) throws {
    var form = RandomForm(seed: seed)
    let look = number % 2 == 0 ? "boxes" : "digits"
    let parts = form.survey(named: "made-\(number)", look: look)
    func source(_ text: String, _ name: String) throws -> (ForeignSource, OwnForm) {
      let place = folder + "/made/" + name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try text.write(toFile: place + "/form.yaml", atomically: true, encoding: .utf8)
      let own = try OwnForm(folder: place, look: nil, fonts: fonts)
      return (ForeignSource(name: name, painter: own.painter, own: own), own)
    }
    func text(_ parts: [[String]]) -> String { parts.joined().joined(separator: "\n") + "\n" }
    let whole = try source(text(parts), "made-\(number)")
    survey = whole.0
    frozen = try whole.1.freeze(in: folder + "/made-templates")
    // Not the last question, whose loss moves nothing.
    var fewer = parts
    fewer.remove(at: 1 + number % (parts.count - 2))
    var less = try source(text(fewer), "made-\(number)-shortened").0
    // Pages before the one that lost something are the same in both.
    let (pages, others) = (less.painter.form.pages, survey.painter.form.pages)
    less.pages = pages.indices.filter { page in
      page >= others.count
        || pages[page].questions.map(\.boxes) != others[page].questions.map(\.boxes)
    }
    shortened = less
    letter = try source(form.letter(named: "letter-\(number)"), "letter-\(number)").0
  }
}

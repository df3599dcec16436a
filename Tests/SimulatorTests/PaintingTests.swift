// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry
import Simulator
import Testing

private func paint(
  _ seed: UInt64, _ level: Level = .office, for use: SheetUse = .measuring
) throws -> PaintedSheet {
  try TestForm.painter.paint(
    page: 0, level: level, use: use, seed: seed, file: "scans/x")
}

@Test("The same seed paints the same page, another seed another one")
func sameSeedSamePage() throws {
  let (first, again, other) = (try paint(4), try paint(4), try paint(5))
  #expect(first.picture.pixels == again.picture.pixels)
  #expect(first.truth.answers == again.truth.answers)
  #expect(first.picture.pixels != other.picture.pixels)
}

@Test("A place taken to the page and back is where it was", arguments: Level.allCases)
func placesComeBack(level: Level) throws {
  for seed in 1...4 as ClosedRange<UInt64> {
    let geometry = try paint(seed, level).geometry
    for target in TestForm.form.questions.flatMap(\.targets) {
      let back = geometry.blankPoint(geometry.pagePoint(target.box.center))
      #expect(back.distance(to: target.box.center) < 1e-3)
    }
  }
}

@Test("Every target lies whole inside the picture", arguments: Level.allCases)
func targetsAreInside(level: Level) throws {
  for seed in 1...6 as ClosedRange<UInt64> {
    let sheet = try paint(seed, level)
    for place in sheet.places.values {
      #expect(place[0] > 0 && place[0] < Double(sheet.picture.width))
      #expect(place[1] > 0 && place[1] < Double(sheet.picture.height))
    }
  }
}

@Test("Print lies where the places say", arguments: 1...8 as ClosedRange<UInt64>)
func printLiesAtItsPlaces(seed: UInt64) throws {
  let sheet = try paint(seed, .clean)
  // The black square of a cell is 1.2 × 2 mm; a place beside it is paper.
  for row in 0..<3 {
    for value in 1...4 {
      let place = try #require(sheet.places["row\(row)/\(value)"])
      let middle = gray(sheet.picture, place[0], place[1])
      #expect(middle < 110, "row\(row)/\(value) of seed \(seed)")
    }
  }
}

@Test("Answers are the marked targets, and what is doubtful is asked about")
func labelsAgreeWithAnswers() throws {
  for seed in 1...40 as ClosedRange<UInt64> {
    let truth = try paint(seed, seed % 2 == 0 ? .hard : .office, for: .training).truth
    for question in TestForm.form.questions {
      let labels = try #require(truth.targets[question.id])
      let answer = try #require(truth.answers[question.id])
      #expect(Set(labels.keys) == Set(question.targets.map(\.value)))
      let marked = question.targets.map(\.value).filter { labels[$0] == "marked" }
      #expect(marked.allSatisfy(answer.contains), "\(question.id) of seed \(seed)")
      if case .single = question.kind, marked.count > 1 {
        #expect(truth.ask[question.id] != nil, "\(question.id) of seed \(seed)")
      }
      if truth.ask[question.id] == nil {
        #expect(marked == answer, "\(question.id) of seed \(seed)")
      }
    }
  }
}

@Test("Over many sheets to train on every kind is seen but those kept for measuring")
func kindsAreSeen() throws {
  var kinds: Set<String> = []
  var labels: [String: Int] = [:]
  for seed in 1...100 as ClosedRange<UInt64> {
    let truth = try paint(seed, .clean, for: .training).truth
    for mark in truth.marks {
      kinds.insert(String(mark.kind.prefix { $0 != "," }))
      #expect(!mark.kind.hasSuffix(Pen.keptForMeasuring))
    }
    for label in truth.targets.values.flatMap(\.values) { labels[label, default: 0] += 1 }
  }
  let kept = MarkKind.keptForMeasuring
  for kind in MarkKind.allCases {
    #expect(kinds.contains(kind.rawValue) != kept.contains(kind), "\(kind)")
  }
  for kind in [
    "stray line", "words near the row", "text underlined", "speck", "line through a row",
    "block crossed out",
  ] {
    #expect(kinds.contains(kind), "\(kind)")
  }
  for label in ["marked", "untouched", "cancelled", "doubtful"] {
    #expect(labels[label, default: 0] > 20, "\(label)")
  }
}

@Test("A marked target on a clean sheet holds more ink than an untouched one of its row")
func marksDarken() throws {
  var (darker, all) = (0, 0)
  for seed in 1...12 as ClosedRange<UInt64> {
    let sheet = try paint(seed, .clean)
    for row in 0..<3 {
      guard let answer = sheet.truth.answers["row\(row)"]?.first, sheet.truth.ask.isEmpty else {
        continue
      }
      let ink = try (1...4).map { value in
        let place = try #require(sheet.places["row\(row)/\(value)"])
        return (String(value), inkRound(sheet, place))
      }
      all += 1
      if ink.max(by: { $0.1 < $1.1 })?.0 == answer { darker += 1 }
    }
  }
  #expect(all > 20)
  #expect(Double(darker) > 0.93 * Double(all), "\(darker) of \(all)")
}

@Test("A 1-bit page is black and white alone")
func oneBitIsBlackAndWhite() throws {
  var seen = 0
  for seed in 1...30 as ClosedRange<UInt64> {
    let picture = try paint(seed, .hard).picture
    guard picture.oneBit else { continue }
    seen += 1
    #expect(Set(picture.pixels).isSubset(of: [0, 255]))
  }
  #expect(seen > 2)
}

@Test("A form that says nonsense is refused")
func refusesNonsense() {
  let bytes = Data(
    #"{"form":"a","pages":[{"page":1,"blank":"b","width":1,"height":1,"dpi":300,"questions":[{"id":"q","type":"riddle"}]}]}"#
      .utf8)
  #expect(throws: DecodingError.self) { try ContractForm.decode(bytes) }
}

private func gray(_ picture: PaintedPicture, _ x: Double, _ y: Double) -> Double {
  let (px, py) = (Int(x.rounded()), Int(y.rounded()))
  let at = (py * picture.width + px) * picture.channels
  return (0..<picture.channels).map { Double(picture.pixels[at + $0]) }.reduce(0, +)
    / Double(picture.channels)
}

/// The mean darkness within 3.6 mm of a place.
private func inkRound(_ sheet: PaintedSheet, _ place: [Double]) -> Double {
  let reach = 3.6 * Double(sheet.truth.scan.dpi) / 25.4
  var (sum, count) = (0.0, 0.0)
  for dy in stride(from: -reach, through: reach, by: 1) {
    for dx in stride(from: -reach, through: reach, by: 1) where dx * dx + dy * dy < reach * reach {
      sum += 255 - gray(sheet.picture, place[0] + dx, place[1] + dy)
      count += 1
    }
  }
  return sum / count
}

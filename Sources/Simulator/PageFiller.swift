// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// Fills a page as one person does: decides question by question what happens there, draws it,
/// and writes down what is true.
struct PageFiller {
  let page: FormPage
  let rates: MarkRates
  let hand: Hand
  let sites: [[Site]]
  /// Who writes the codes; `nil` where they stay empty.
  let codes: CodeFiller?
  /// How the sheet says that an answer is taken back.
  private let cancel: CancelRule
  /// A mark of the question in work is of a kind that the sheet tells people not to make.
  private var isAgainst = false
  var filled = FilledPage()
  private let blankRate: Double
  /// Questions that this person did not come to.
  private let unused: Set<Int>

  init(
    page: FormPage, rates: MarkRates, hand: Hand, cancel: CancelRule = .none,
    codes: CodeFiller? = nil, _ chance: inout SeededGenerator
  ) {
    self.cancel = cancel
    self.codes = codes
    self.page = page
    self.rates = rates
    self.hand = hand
    sites = Site.all(of: page)
    blankRate = chance.happens(rates.careless) ? 0.28 : rates.blank
    unused = chance.happens(rates.unused) ? Self.unused(of: sites.count, &chance) : []
  }

  /// All from some question on, or runs here and there.
  private static func unused(of count: Int, _ chance: inout SeededGenerator) -> Set<Int> {
    guard count > 1 else { return [] }
    if chance.happens(0.5) {
      return Set(Int(Double(count) * chance.from(0.15...0.9))..<count)
    }
    var result: Set<Int> = []
    let share = chance.from(0.2...0.7)
    var at = 0
    while at < count {
      let run = 1 + Int(chance.unit() * Double(min(12, count)))
      if chance.happens(share) { result.formUnion(at..<min(count, at + run)) }
      at += run
    }
    return result
  }

  /// What happens at a question.
  private enum Happening {
    case answered, blank, double, takenBack, takenBackOnly, speckOnly, between
  }

  /// The page filled.
  mutating func fill(_ chance: inout SeededGenerator) -> FilledPage {
    let nothing = chance.happens(rates.blankSheet)
    for (index, question) in page.questions.enumerated() where !sites[index].isEmpty {
      filled.answers[question.id] = []
      filled.labels[question.id] = Dictionary(
        question.targets.map { ($0.value, .untouched) }, uniquingKeysWith: { a, _ in a })
      if !nothing, !unused.contains(index) { answer(question, sites[index], &chance) }
    }
    for question in page.questions {
      if case .code(let cells) = question.kind {
        filled.answers[question.id] = cells.map { _ in "" }
        if !nothing { codes?.fill(question, cells, on: &filled, &chance) }
      }
    }
    var foreign = ForeignInk(page: page, sites: sites, rates: rates, hand: hand)
    if !nothing { foreign.add(to: &filled, &chance) }
    if chance.happens(rates.stamped) { foreign.stamp(&filled, &chance) }
    return filled
  }

  private mutating func answer(
    _ question: Question, _ sites: [Site], _ chance: inout SeededGenerator
  ) {
    let hand = chance.happens(rates.otherPen) ? hand.withOtherPen(&chance) : hand
    if case .multiple = question.kind {
      answerMultiple(question, sites, hand, &chance)
      return
    }
    let many = sites.count > 1
    let happening: Happening = chance.pick([
      (.blank, blankRate), (.double, many ? rates.double : 0),
      (.takenBack, many ? rates.takenBack : 0), (.takenBackOnly, rates.takenBackOnly),
      (.speckOnly, rates.speckOnly), (.between, many ? rates.between : 0),
      (
        .answered,
        max(
          0.1,
          1 - blankRate - rates.double - rates.takenBack - rates.takenBackOnly - rates.speckOnly
            - rates.between)
      ),
    ])
    let chosen = Int(chance.unit() * Double(sites.count))
    let other = (chosen + 1 + Int(chance.unit() * Double(max(sites.count - 1, 1)))) % sites.count
    switch happening {
    case .blank: break
    case .answered: mark(question, chosen, sites, hand, &chance)
    case .double:
      let first = mark(question, chosen, sites, hand, &chance)
      let second = mark(question, other, sites, hand, &chance)
      settleDouble(question, [(chosen, first), (other, second)], sites)
    case .takenBack:
      takeBack(question, other, sites, hand, another: true, &chance)
      mark(question, chosen, sites, hand, afterTakingBack: true, &chance)
    case .takenBackOnly:
      takeBack(question, other, sites, hand, another: false, &chance)
      if filled.ask[question.id] == nil,
        filled.labels[question.id]?.values.contains(.doubtful) == true
      {
        filled.ask[question.id] = [[], [question.targets[other].value]]
      }
    case .speckOnly: speckOnly(question, chosen, sites, hand, &chance)
    case .between: between(question, chosen, sites, hand, &chance)
    }
    settle(question)
    if chance.happens(rates.speck) { speck(question, sites, hand, &chance) }
  }

  private mutating func answerMultiple(
    _ question: Question, _ sites: [Site], _ hand: Hand, _ chance: inout SeededGenerator
  ) {
    guard !chance.happens(blankRate) else { return }
    let share = chance.from(0.1...0.5)
    var chosen = sites.indices.filter { _ in chance.happens(share) }
    if chosen.isEmpty { chosen = [Int(chance.unit() * Double(sites.count))] }
    let back = sites.count > chosen.count && chance.happens(rates.takenBack)
    if back, let other = sites.indices.first(where: { !chosen.contains($0) }) {
      takeBack(question, other, sites, hand, another: true, &chance)
    }
    for index in chosen { mark(question, index, sites, hand, afterTakingBack: back, &chance) }
    settle(question)
    if chance.happens(rates.speck) { speck(question, sites, hand, &chance) }
  }

  /// Marks a target, in this hand's way where none is `wanted`, and says how.
  @discardableResult
  mutating func mark(
    _ question: Question, _ index: Int, _ sites: [Site], _ hand: Hand,
    as wanted: MarkKind? = nil, afterTakingBack: Bool = false, _ chance: inout SeededGenerator
  ) -> MarkKind {
    let value = question.targets[index].value
    var kind = wanted ?? hand.kind(at: sites[index], &chance)
    // Beside a blackened box only another kind of mark says which of the two is meant.
    if afterTakingBack, sites[index].kind != .drawnBubble, MarkKind.fills.contains(kind) {
      kind = .tick
    }
    let strokes = MarkShapes(hand: hand).strokes(kind, at: sites[index], &chance)
    filled.draw(strokes, hand.pen)
    filled.marks.append(
      DoneMark(
        question: question.id, value: value, kind: "\(kind.rawValue), \(hand.pen.name)",
        strokes: strokes, width: hand.pen.width, answers: true))
    filled.labels[question.id]?[value] = .marked
    let marked = Set(filled.answers[question.id] ?? []).union([value])
    let answer = question.targets.map(\.value).filter(marked.contains)
    filled.answers[question.id] = answer
    if MarkKind.against(cancel).contains(kind) { isAgainst = true }
    return kind
  }

  /// Two marks and neither taken back: only asking is right, except where the sheet's own words
  /// take one of them back, a box that is filled beside a mark that fills nothing.
  private mutating func settleDouble(
    _ question: Question, _ marks: [(target: Int, kind: MarkKind)], _ sites: [Site]
  ) {
    filled.ask[question.id] = []
    let full: [MarkKind] = [.solidFill, .scribbledFill]
    let fills = marks.filter { MarkKind.fills.contains($0.kind) }
    guard cancel == .blacken, fills.count == 1, full.contains(fills[0].kind),
      sites[fills[0].target].kind == .drawnBox,
      let other = marks.first(where: { !MarkKind.fills.contains($0.kind) })
    else { return }
    let values = (question.targets[fills[0].target].value, question.targets[other.target].value)
    filled.labels[question.id]?[values.0] = .doubtful
    filled.answers[question.id] = [values.1]
    filled.ask[question.id] = [[values.1]]
  }

  /// Where all marks of a question are made: what was meant is plain, and yet a careful person
  /// may ask because of a ghost that shows nearly as strongly as the answer, or because of marks
  /// against what the sheet tells.
  mutating func settle(_ question: Question) {
    defer { isAgainst = false }
    let doubtful = filled.labels[question.id]?.values.contains(.doubtful) == true
    guard doubtful || isAgainst, filled.ask[question.id] == nil else { return }
    filled.ask[question.id] = [filled.answers[question.id] ?? []]
  }

  mutating func takeBack(
    _ question: Question, _ index: Int, _ sites: [Site], _ hand: Hand, another: Bool,
    _ chance: inout SeededGenerator
  ) {
    let (site, value) = (sites[index], question.targets[index].value)
    let shapes = MarkShapes(hand: hand)
    var kind = hand.kind(at: site, &chance)
    let boxed = site.kind == .drawnBox || site.kind == .emptyCell
    var ways: [(Retraction, Double)] = [
      (.scribbledOut, 4), (.struckTwice, 2), (.wavedOut, 1),
      (.crossedOut, kind == .cross || kind == .largeCross ? 0 : 3), (.fluid, 1),
    ]
    if hand.pen.erases { ways.append((.erased, 5)) }
    if boxed && another { ways.append((.blackened, 5)) }
    let asTold = chance.happens(rates.obedient) ? told(kind, site, another: another) : nil
    let way = asTold ?? chance.pick(ways)
    if boxed, way != .erased, way != .fluid,
      [.solidFill, .scribbledFill, .lightFill, .partFill, .dot].contains(kind)
    {
      kind = .tick
    }
    let strokes = shapes.strokes(kind, at: site, &chance)
    filled.draw(strokes, hand.pen)
    var label = TargetLabel.cancelled
    // Scribbled over, a fill is a fill: whoever looks at the sheet can't know what was meant.
    let hides: [Retraction] = [.scribbledOut, .wavedOut, .struckTwice, .crossedOut]
    let fills: [MarkKind] = [.solidFill, .scribbledFill, .lightFill, .partFill, .dot]
    // So is a tick that is scribbled over in its box, where nothing else is marked.
    let looksFilled = boxed && !another && (way == .scribbledOut || way == .wavedOut)
    if hides.contains(way) && fills.contains(kind) || looksFilled {
      label = .doubtful
      filled.ask[question.id] = another ? [] : [[], [value]]
    }
    switch way {
    case .erased:
      let left = chance.from(0.06...0.5)
      filled.actions.append(.rub(rubbing(strokes, site, &chance), left: left))
      label = left > 0.32 ? .doubtful : left < 0.12 ? .untouched : .cancelled
    case .fluid:
      filled.actions.append(.fluid(rubbing(strokes, site, &chance)))
      // White on white: nobody can tell where nothing is printed.
      if site.kind == .emptyCell { label = .doubtful }
    default:
      filled.draw(
        shapes.retraction(way, over: strokes, at: site, &chance), hand.pen)
    }
    filled.labels[question.id]?[value] = label
    filled.marks.append(
      DoneMark(
        question: question.id, value: value,
        kind: "\(kind.rawValue), taken back (\(way.rawValue)), \(hand.pen.name)",
        strokes: way == .fluid ? [] : strokes,
        width: hand.pen.width, answers: false))
  }

  /// How the sheet says that this mark is taken back; `nil` where it says nothing that fits: a
  /// box is blackened only beside another answer, a cross is not crossed out.
  private func told(_ kind: MarkKind, _ site: Site, another: Bool) -> Retraction? {
    switch cancel {
    case .none: nil
    case .blacken: another && site.kind == .drawnBox ? .blackened : nil
    case .crossedRing: kind == .cross || kind == .largeCross ? nil : .crossedOut
    }
  }

  /// Where rubber or fluid goes to hide these strokes: over them, and little further, for the
  /// next target is near.
  private func rubbing(
    _ strokes: [Stroke], _ site: Site, _ chance: inout SeededGenerator
  ) -> [Stroke] {
    let dots = strokes.lazy.flatMap(\.dots).map { BlankPoint(x: $0.x, y: $0.y) }
    guard let box = BlankBox.around(dots) else { return [] }
    let width = min(3.2, 0.6 * min(site.pitchX, site.pitchY))
    let halfX = max(0.2, box.width / 2 - width / 2 + chance.from(0...0.5))
    let halfY = max(0.2, box.height / 2 - width / 2 + chance.from(0...0.4))
    let turns = max(1, Int((2 * halfY / (0.6 * width)).rounded(.up)))
    var corners: [(x: Double, y: Double)] = []
    for turn in 0...turns {
      let y = box.center.y + halfY * (-1 + 2 * Double(turn) / Double(turns))
      let side = turn % 2 == 0 ? -1.0 : 1.0
      corners.append((box.center.x + side * halfX, y))
      corners.append((box.center.x - side * halfX, y))
    }
    var stroke = Stroke.through(corners, sharp: true)
    stroke.width = width
    return [stroke]
  }

  mutating func speck(
    _ question: Question, _ sites: [Site], _ hand: Hand, _ chance: inout SeededGenerator
  ) {
    let index = Int(chance.unit() * Double(sites.count))
    let reach = min(sites[index].pitchX * 0.5, 5)
    addSpeck(
      question, x: sites[index].x + chance.from(-reach...reach),
      y: sites[index].y + chance.from(-2.5...2.5), value: nil, hand, &chance)
  }

  private mutating func addSpeck(
    _ question: Question, x: Double, y: Double, value: String?, _ hand: Hand,
    _ chance: inout SeededGenerator
  ) {
    let length = chance.from(0.05...0.5)
    let angle = chance.from(0...6.28)
    let stroke = Stroke.through([
      (x, y), (x + cos(angle) * length, y + sin(angle) * length),
    ])
    filled.draw([stroke], hand.pen)
    filled.marks.append(
      DoneMark(
        question: question.id, value: value, kind: "speck, \(hand.pen.name)", strokes: [],
        width: hand.pen.width, answers: false))
  }

  private mutating func speckOnly(
    _ question: Question, _ index: Int, _ sites: [Site], _ hand: Hand,
    _ chance: inout SeededGenerator
  ) {
    let value = question.targets[index].value
    addSpeck(
      question, x: sites[index].x + chance.normal(0, 0.7),
      y: sites[index].y + chance.normal(0, 0.7), value: value, hand, &chance)
    filled.labels[question.id]?[value] = .doubtful
    filled.ask[question.id] = [[], [value]]
  }

  /// Beyond this distance of two targets a mark lies at one of them or at none, in millimetres.
  private static let farthestBetween = 20.0

  private mutating func between(
    _ question: Question, _ index: Int, _ sites: [Site], _ hand: Hand,
    _ chance: inout SeededGenerator
  ) {
    // The nearest other target of the question; a mark on the middle of the way.
    let site = sites[index]
    let others = sites.indices.filter { $0 != index }
    let nearest = others.min {
      sites[$0].box.center.distance(to: site.box.center)
        < sites[$1].box.center.distance(to: site.box.center)
    }
    // Of options that stand far apart nobody marks the middle.
    guard let nearest,
      sites[nearest].box.center.distance(to: site.box.center) <= Self.farthestBetween
    else {
      mark(question, index, sites, hand, &chance)
      return
    }
    let middle = BlankPoint(x: (site.x + sites[nearest].x) / 2, y: (site.y + sites[nearest].y) / 2)
    var place = site
    place.box.x = middle.x - site.box.width / 2
    place.box.y = middle.y - site.box.height / 2
    let kind = chance.pick([
      (MarkKind.ring, 3.0), (.tick, 2), (.cross, 2), (.slash, 1), (.openRing, 1),
    ])
    let strokes = MarkShapes(hand: hand).strokes(kind, at: place, &chance)
    filled.draw(strokes, hand.pen)
    let values = [index, nearest].sorted().map { question.targets[$0].value }
    for value in values { filled.labels[question.id]?[value] = .doubtful }
    filled.answers[question.id] = [values[0]]
    filled.ask[question.id] = values.map { [$0] }
    filled.marks.append(
      DoneMark(
        question: question.id, value: values[0],
        kind: "\(kind.rawValue), between two, \(hand.pen.name)", strokes: strokes,
        width: hand.pen.width, answers: false, isOpen: true))
  }
}

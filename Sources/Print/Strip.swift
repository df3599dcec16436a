// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// A part of the form that stands on one page: what is drawn, from its own upper edge, and the
/// places of its questions.
struct Strip {
  var height = 0.0
  var drawings: [Drawing] = []
  var questions: [Question] = []
  /// Air above it, unless it begins a page.
  var above = 0.0
  /// Whether it stands on the page of the strip that follows: a heading never ends a page.
  var keepsWithNext = false
  /// What is repeated where a page begins with this strip: the head of its table.
  var tableHead: [Drawing] = []
  var tableHeadHeight = 0.0
  /// For messages.
  var name = ""

  /// Draws the strip of somebody else into this one.
  mutating func add(_ other: Strip, x: Double = 0, y: Double) {
    drawings += other.drawings.map { $0.moved(x: x, y: y) }
    questions += other.questions.map { $0.moved(x: x, y: y) }
    height = max(height, y + other.height)
  }
}

extension Question {
  func moved(x dx: Double = 0, y dy: Double) -> Question {
    var question = self
    switch kind {
    case .single(let targets): question.kind = .single(targets.map { $0.moved(x: dx, y: dy) })
    case .multiple(let targets): question.kind = .multiple(targets.map { $0.moved(x: dx, y: dy) })
    case .code(let cells): question.kind = .code(cells: cells.map { $0.moved(x: dx, y: dy) })
    case .text(let box): question.kind = .text(box.moved(x: dx, y: dy))
    }
    return question
  }
}

extension Target {
  func moved(x dx: Double, y dy: Double) -> Target {
    var target = self
    target.box = box.moved(x: dx, y: dy)
    return target
  }
}

/// A page as laid out.
struct LaidPage {
  var drawings: [Drawing] = []
  var questions: [Question] = []
}

/// Puts strips on pages.
struct Pager {
  private(set) var pages: [LaidPage] = []
  private var y = Double.infinity

  /// - Throws: ``PrintFailure/tooHigh(_:)`` where a strip fits on no page.
  mutating func add(_ strips: [Strip]) throws(PrintFailure) {
    var index = 0
    while index < strips.count {
      // Strips that stay together are placed together.
      var last = index
      while strips[last].keepsWithNext, last + 1 < strips.count { last += 1 }
      try add(group: strips[index...last])
      index = last + 1
    }
  }

  private mutating func add(group: ArraySlice<Strip>) throws(PrintFailure) {
    guard let first = group.first else { return }
    let height = group.reduce(0) { $0 + $1.height } + group.dropFirst().reduce(0) { $0 + $1.above }
    if y + first.above + height > PageFrame.bottom {
      pages.append(LaidPage())
      y = PageFrame.top
      place(Strip(height: first.tableHeadHeight, drawings: first.tableHead))
      guard y + height <= PageFrame.bottom else { throw .tooHigh(first.name) }
    } else {
      y += first.above
    }
    place(first)
    for strip in group.dropFirst() {
      y += strip.above
      place(strip)
    }
  }

  private mutating func place(_ strip: Strip) {
    guard !pages.isEmpty else { return }
    let page = pages.count - 1
    pages[page].drawings += strip.drawings.map { $0.moved(y: y) }
    pages[page].questions += strip.questions.map { $0.moved(y: y) }
    y += strip.height
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging

/// What scoring a form page's marks needs of the form: made once, shared by all workers.
struct MarkPlan: Sendable {
  /// A target of the page, where its question stands, and the windows that are looked at.
  struct Place: Sendable {
    /// Index of the question among the page's questions.
    let question: Int
    let target: Target
    /// The target's own box.
    let box: CanvasWindow
    /// Where ink is taken for this target's: never past the middle to the next target.
    let window: CanvasWindow
    /// The target's middle in squares.
    let center: (x: Double, y: Double)
  }

  let canvas: MarkCanvas
  let places: [Place]
  /// The places of each question of the page, in the form's order; empty for codes and text.
  let placesOfQuestion: [Range<Int>]
  /// Each place's own print: squares of the canvas in the middle of its strokes.
  let ownPrint: [[Int]]
  /// The blank on the canvas, in shares of its paper.
  let blank: GrayPicture
  /// 1 where the blank is shaded, or so dark all round that no paper shows.
  let shaded: [UInt8]
  /// The same and 0.9 mm round it.
  let nearShade: [UInt8]
  /// 1 in targets' boxes and 0.4 mm round them.
  let nearTargets: [UInt8]
  /// How the blank may come out in print.
  let looks: PrintLooks
  /// Which targets are printed alike.
  let alike: AlikeTargets
  /// Long lines of print.
  let lines: PrintedLines
  /// Where words are written.
  let textAreas: [CanvasWindow]

  /// Ink beside a drawn box may be meant for it: so far left and right, above and below, in mm.
  private static let besideBox = (x: 4.5, y: 2.2)
  /// A wide ring round a printed digit that stands free goes so far round it.
  private static let besideChar = (x: 5.0, y: 2.5)
  /// A mark leaves a table's cell by so much.
  private static let besideCell = (x: 1.0, y: 1.0)
  /// Targets smaller than this on both sides have print and marks close together, in mm.
  private static let small = 7.0

  /// `nil` where the page has no targets.
  init?(_ prepared: PreparedPage) {
    let source = prepared.page.blank
    let (blankWidth, blankHeight) = (
      Double(source.width) * source.mmPerPixel, Double(source.height) * source.mmPerPixel
    )
    let targets = prepared.page.questions.flatMap(\.targets)
    guard
      let canvas = MarkCanvas(
        around: targets.map(\.box), blankWidth: blankWidth, blankHeight: blankHeight)
    else { return nil }
    self.canvas = canvas
    var places: [Place] = []
    var ranges: [Range<Int>] = []
    let windows = Self.windows(targets)
    for (index, question) in prepared.page.questions.enumerated() {
      let begin = places.count
      for target in question.targets {
        places.append(
          Place(
            question: index, target: target, box: canvas.window(target.box),
            window: canvas.window(windows[places.count]),
            center: canvas.place(target.box.center)))
      }
      ranges.append(begin..<places.count)
    }
    self.places = places
    placesOfQuestion = ranges
    insides = places.filter {
      $0.target.shape != .char && max($0.target.box.width, $0.target.box.height) < Self.small
    }.map { canvas.window($0.target.box.grown(by: -Self.outline)) }
    let pixels = 1 / source.mmPerPixel
    var nearTargets = [UInt8](repeating: 0, count: canvas.width * canvas.height)
    for target in targets {
      let window = canvas.window(target.box.grown(by: Self.outline))
      for y in window.ys { for x in window.xs { nearTargets[y * canvas.width + x] = 1 } }
    }
    self.nearTargets = nearTargets
    let sampled = CanvasSampler.sample(prepared.blank, on: canvas) {
      PagePoint(x: $0.x * pixels, y: $0.y * pixels)
    }
    blank = Paper.flattened(sampled)
    ownPrint = places.map { [blank] in
      PrintLooks.cores(blank, in: canvas.window($0.target.box.grown(by: Self.outline)))
    }
    let shaded = Paper.shaded(sampled)
    self.shaded = shaded
    nearShade =
      GrayPicture(width: canvas.width, height: canvas.height, pixels: shaded)
      .brightest(within: 7).pixels
    looks = PrintLooks(blank: blank)
    alike = AlikeTargets(places: places, blank: blank)
    lines = PrintedLines(of: blank)
    textAreas = prepared.page.questions.compactMap {
      if case .text(let box) = $0.kind { canvas.window(box) } else { nil }
    }
  }

  /// The insides of small drawn targets, where print is told from ink more narrowly.
  let insides: [CanvasWindow]
  /// From a target's edge to its inside, in mm: the outline and half a square.
  private static let outline = 0.4

  /// Each target's box with its margins, cut at the middle to its neighbours.
  private static func windows(_ targets: [Target]) -> [BlankBox] {
    targets.map { target in
      let margin =
        switch target.shape {
        case .char: besideChar
        case .cell: besideCell
        case .box, .bubble: besideBox
        }
      let box = target.box
      var (left, right) = (box.x - margin.x, box.maxX + margin.x)
      var (top, bottom) = (box.y - margin.y, box.maxY + margin.y)
      for other in targets where other != target {
        let near = other.box
        if near.y < box.maxY, near.maxY > box.y {
          if near.x >= box.center.x {
            right = min(right, max(box.center.x, (box.maxX + near.x) / 2))
          }
          if near.maxX <= box.center.x {
            left = max(left, min(box.center.x, (box.x + near.maxX) / 2))
          }
        }
        if near.x < box.maxX, near.maxX > box.x {
          if near.y >= box.center.y {
            bottom = min(bottom, max(box.center.y, (box.maxY + near.y) / 2))
          }
          if near.maxY <= box.center.y {
            top = max(top, min(box.center.y, (box.y + near.maxY) / 2))
          }
        }
      }
      return BlankBox(x: left, y: top, width: right - left, height: bottom - top)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
public import Geometry
public import Imaging

// A page that lies right may still be another version: one sentence reworded, one line added far
// from every target. On one sheet that is a smudge or a hand's words. The median of many sheets
// has no hand: what differs from the blank there is print.

/// What some sheets of a form page print, coarsely and all over the page, against their blank.
///
/// The sheets are chosen by what their pictures hold, the few with the smallest keys, so that the
/// order in which they come makes no difference and a large batch costs no more than a small one.
public struct PrintSurvey: Sendable {
  /// One sheet's levels on the survey's squares.
  public struct Sheet: Sendable {
    fileprivate let key: UInt64
    fileprivate let levels: GrayPicture
  }

  private let canvas: MarkCanvas
  private let blank: GrayPicture
  /// True for blocks in which people write or mark, or that are a sheet's own.
  private let isWritten: [Bool]
  private let columns: Int
  private let rows: Int
  private var sheets: [Sheet] = []

  /// So many sheets are kept.
  private static let most = 16
  /// The median of fewer may be a hand's.
  private static let fewest = 5
  /// Squares of the canvas for each of the survey's on each side: 0.4 mm.
  private static let shrinking = 3.0
  /// Squares of the survey in a block's side: 6 mm.
  private static let block = 16
  /// Print is compared blurred by so much, in squares: places are 0.2 mm off at the worst.
  private static let softness = 1.0
  /// Blocks whose levels spread less than this (standard deviation) hold no print worth comparing:
  /// words give 20 to 40, a dotted line 12, the median of what sixteen people wrote on it 17.
  private static let bare = 20.0
  /// Where the median's print and the blank's agree (correlation) by less than this they differ:
  /// other words give -0.5 to 0.5, the same print on the shared sets' scans 0.8 and more.
  private static let leastAgreement = 0.5

  /// `nil` for a blank smaller than a block.
  public init?(_ prepared: PreparedPage) {
    let source = prepared.page.blank
    let whole = BlankBox(
      x: 0, y: 0, width: Double(source.width) * source.mmPerPixel,
      height: Double(source.height) * source.mmPerPixel)
    guard
      let canvas = MarkCanvas(around: [whole], blankWidth: whole.width, blankHeight: whole.height)
    else { return nil }
    let pixels = 1 / source.mmPerPixel
    blank = Self.levels(prepared.blank, on: canvas) {
      PagePoint(x: $0.x * pixels, y: $0.y * pixels)
    }
    self.canvas = canvas
    columns = blank.width / Self.block
    rows = blank.height / Self.block
    guard columns > 0, rows > 0 else { return nil }
    var isWritten = [Bool](repeating: false, count: columns * rows)
    let side = Double(Self.block) * Self.shrinking
    // Every sheet has a label of its own.
    let label = prepared.page.label.map { [$0.code, $0.serial] } ?? []
    for box in prepared.page.questions.flatMap(\.boxes) + label {
      let window = canvas.window(box)
      let (lastX, lastY) = (Double(window.right) / side, Double(window.bottom) / side)
      for row in Int(Double(window.top) / side)...max(0, Int(lastY)) where row < rows {
        for column in Int(Double(window.left) / side)...max(0, Int(lastX)) where column < columns {
          isWritten[row * columns + column] = true
        }
      }
    }
    self.isWritten = isWritten
  }

  private static func levels(
    _ picture: GrayPicture, on canvas: MarkCanvas, by map: (BlankPoint) -> PagePoint
  ) -> GrayPicture {
    let flat = Paper.flattened(CanvasSampler.sample(picture, on: canvas, by: map))
    return AreaMean.shrunk(flat, by: shrinking).blurred(sigma: softness)
  }

  /// How many sheets are compared.
  public var count: Int { sheets.count }

  /// Whether a sheet of this picture is one of the few that are kept, as far as they came.
  public func wants(_ picture: GrayPicture) -> Bool {
    let key = Self.key(of: picture)
    return !sheets.contains { $0.key == key }
      && (sheets.count < Self.most || sheets.contains { $0.key > key })
  }

  /// A sheet that lies by `map` on the blank.
  public func sheet(_ picture: GrayPicture, map: some BlankToPage) -> Sheet {
    Sheet(
      key: Self.key(of: picture),
      levels: Self.levels(picture, on: canvas) { map.pagePoint($0) })
  }

  /// Keeps a sheet, if it is still one of the few.
  public mutating func add(_ sheet: Sheet) {
    guard !sheets.contains(where: { $0.key == sheet.key }) else { return }
    sheets.append(sheet)
    sheets.sort { $0.key < $1.key }
    if sheets.count > Self.most { sheets.removeLast() }
  }

  /// A number that is the picture's own: FNV-1a of some of its bytes.
  private static func key(of picture: GrayPicture) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for at in stride(from: 0, to: picture.pixels.count, by: 509) {
      hash = (hash ^ UInt64(picture.pixels[at])) &* 0x100_0000_01b3
    }
    return hash
  }

  /// Where the sheets' median prints something else than the blank, or nothing, block by block in
  /// millimetres on the blank; empty where there are too few sheets.
  public func differences() -> [BlankBox] {
    guard sheets.count >= Self.fewest else { return [] }
    let median = self.median()
    return (0..<columns * rows).compactMap { index in
      guard !isWritten[index] else { return nil }
      let (column, row) = (index % columns, index / columns)
      let agreement = Self.agreement(blank, median, column: column, row: row)
      guard agreement < Self.leastAgreement else { return nil }
      let side = Double(Self.block) * Self.shrinking / MarkCanvas.pixelsPerMM
      return BlankBox(
        x: canvas.origin.x + Double(column) * side, y: canvas.origin.y + Double(row) * side,
        width: side, height: side)
    }
  }

  private func median() -> GrayPicture {
    var result = blank
    var values = [UInt8](repeating: 0, count: sheets.count)
    for at in result.pixels.indices {
      for (index, sheet) in sheets.enumerated() { values[index] = sheet.levels.pixels[at] }
      values.sort()
      result.pixels[at] = values[values.count / 2]
    }
    return result
  }

  /// The correlation of a block of two pictures; 1 where neither has print, 0 where one has.
  private static func agreement(
    _ one: GrayPicture, _ other: GrayPicture, column: Int, row: Int
  ) -> Double {
    var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for y in row * block..<(row + 1) * block {
      for x in column * block..<(column + 1) * block {
        let (v, w) = (Double(one[x, y]), Double(other[x, y]))
        a += v
        b += w
        aa += v * v
        bb += w * w
        ab += v * w
      }
    }
    let n = Double(block * block)
    let (va, vb) = (aa / n - (a / n) * (a / n), bb / n - (b / n) * (b / n))
    let least = bare * bare
    guard max(va, vb) >= least else { return 1 }
    guard min(va, vb) > 1 else { return 0 }
    return (ab / n - (a / n) * (b / n)) / (va * vb).squareRoot()
  }
}

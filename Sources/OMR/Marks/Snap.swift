// SPDX-License-Identifier: Apache-2.0
import Geometry
import Imaging

// Registration follows the sheet, not each box: where a blank was drawn again after the sheets
// were printed, or a feeder jumped, boxes lie a little beside their places. Round each target the
// blank is moved over the page by up to 0.6 mm for the best correlation. A target's own shift
// counts only where its neighbours say about the same; the page is then sampled again with these
// shifts spread smoothly between the targets.

/// Small shifts of targets that registration left over.
struct Snap {
  /// Shifts are looked for this far, in squares: 0.6 mm.
  private static let reach = 5
  /// Round a target's box so much is compared, in squares: 1.5 mm.
  private static let margin = 12
  /// A shift must better the correlation by this, or the target stays.
  private static let gain: Float = 0.02
  /// A correlation below this says nothing.
  private static let least: Float = 0.5
  /// A target follows its own shift within this of its neighbours' median, in squares: 0.2 mm.
  private static let agreement = 1.6
  /// Neighbours are this near, in squares: 25 mm.
  private static let neighbourhood = 200.0
  /// Shifts fade out beyond their target with this σ, in squares: 6 mm.
  private static let fading = 48.0
  /// A page whose targets all lie this well is left as it is, in squares: 0.03 mm.
  private static let negligible = 0.25

  private var places: [(x: Double, y: Double)] = []
  private var shifts: [(x: Double, y: Double)] = []

  /// Looks for the shifts of all targets; page and printed blank are in shares of paper.
  init(page: GrayPicture, printed: GrayPicture, plan: MarkPlan) {
    let found = plan.places.map { Self.shift(of: $0.box, page: page, printed: printed) }
    for (index, place) in plan.places.enumerated() {
      var (xs, ys): ([Double], [Double]) = ([], [])
      for (other, at) in plan.places.enumerated() {
        guard let shift = found[other],
          abs(at.center.x - place.center.x) < Self.neighbourhood,
          abs(at.center.y - place.center.y) < Self.neighbourhood
        else { continue }
        xs.append(shift.x)
        ys.append(shift.y)
      }
      guard xs.count >= 3 else { continue }
      xs.sort()
      ys.sort()
      let median = (x: xs[xs.count / 2], y: ys[ys.count / 2])
      var shift = median
      if let own = found[index], abs(own.x - median.x) < Self.agreement,
        abs(own.y - median.y) < Self.agreement
      {
        shift = own
      }
      places.append(place.center)
      shifts.append(shift)
    }
  }

  /// True where no target has to be moved.
  var isNegligible: Bool {
    shifts.allSatisfy { max(abs($0.x), abs($0.y)) < Self.negligible }
  }

  /// The shift at a place of the canvas, in squares.
  func shift(x: Double, y: Double) -> (x: Double, y: Double) {
    var (sumX, sumY, sum) = (0.0, 0.0, 0.02)
    for (place, shift) in zip(places, shifts) {
      let (dx, dy) = (place.x - x, place.y - y)
      let square = (dx * dx + dy * dy) / (Self.fading * Self.fading)
      guard square < 9 else { continue }
      // A bell without exponentials: near enough to a Gaussian of the same width.
      let weight = 1 / ((1 + square) * (1 + square) * (1 + square))
      sumX += weight * shift.x
      sumY += weight * shift.y
      sum += weight
    }
    return (sumX / sum, sumY / sum)
  }

  /// Where the page has what the blank has in a target's box, as a shift in squares from the
  /// place that registration gave; `nil` where nothing is like it.
  private static func shift(
    of box: CanvasWindow, page: GrayPicture, printed: GrayPicture
  ) -> (x: Double, y: Double)? {
    let window = CanvasWindow(
      left: max(reach, box.left - margin), top: max(reach, box.top - margin),
      right: min(page.width - reach, box.right + margin),
      bottom: min(page.height - reach, box.bottom + margin))
    guard window.count > 0 else { return nil }
    let print = Print(window, printed)
    func likeness(_ dx: Int, _ dy: Int) -> Float {
      print.correlation(window, page: page, dx: dx, dy: dy)
    }
    let here = likeness(0, 0)
    var best = (dx: 0, dy: 0, value: here)
    for dy in stride(from: -4, through: 4, by: 2) {
      for dx in stride(from: -4, through: 4, by: 2) {
        let value = likeness(dx, dy)
        if value > best.value { best = (dx, dy, value) }
      }
    }
    let coarse = best
    for dy in (coarse.dy - 1)...(coarse.dy + 1) {
      for dx in (coarse.dx - 1)...(coarse.dx + 1) where (dx, dy) != (coarse.dx, coarse.dy) {
        let value = likeness(dx, dy)
        if value > best.value { best = (dx, dy, value) }
      }
    }
    guard best.value >= least else { return nil }
    let fineX = peak(likeness(best.dx - 1, best.dy), best.value, likeness(best.dx + 1, best.dy))
    let fineY = peak(likeness(best.dx, best.dy - 1), best.value, likeness(best.dx, best.dy + 1))
    guard best.value > here + gain || (best.dx == 0 && best.dy == 0) else { return (0, 0) }
    return (Double(best.dx) + fineX, Double(best.dy) + fineY)
  }

  /// The top of the parabola through three values, from the middle one; at most half a step.
  private static func peak(_ before: Float, _ here: Float, _ after: Float) -> Double {
    let curve = before - 2 * here + after
    guard curve < -1e-6 else { return 0 }
    return max(-0.5, min(0.5, Double(0.5 * (before - after) / curve)))
  }

  /// Every second square of every second row of the blank's window.
  private struct Print {
    private var levels: [UInt8] = []
    private var sum: Int = 0
    private var squares: Int = 0
    /// Squares a row.
    private let columns: Int

    init(_ window: CanvasWindow, _ printed: GrayPicture) {
      columns = (window.right - window.left + 1) / 2
      levels.reserveCapacity(columns * (window.bottom - window.top + 1) / 2)
      for y in stride(from: window.top, to: window.bottom, by: 2) {
        for x in stride(from: window.left, to: window.right, by: 2) {
          let level = printed[x, y]
          levels.append(level)
          sum += Int(level)
          squares += Int(level) * Int(level)
        }
      }
    }

    /// Its correlation with the page's window, moved by so many squares.
    func correlation(_ window: CanvasWindow, page: GrayPicture, dx: Int, dy: Int) -> Float {
      guard window.left + dx >= 0, window.top + dy >= 0, window.right + dx <= page.width,
        window.bottom + dy <= page.height
      else { return -1 }
      var (a, aa, ab) = (0, 0, 0)
      let width = page.width
      unsafe page.pixels.withUnsafeBufferPointer { page in
        unsafe levels.withUnsafeBufferPointer { levels in
          var at = 0
          for y in stride(from: window.top, to: window.bottom, by: 2) {
            let row = (y + dy) * width + window.left + dx
            // A row's sums fit into 32 bits, which are added faster than 64.
            var (rowA, rowAA, rowAB): (UInt32, UInt32, UInt32) = (0, 0, 0)
            for column in 0..<columns {
              let p = unsafe UInt32(page[row + 2 * column])
              let q = unsafe UInt32(levels[at + column])
              rowA &+= p
              rowAA &+= p &* p
              rowAB &+= p &* q
            }
            at += columns
            a += Int(rowA)
            aa += Int(rowAA)
            ab += Int(rowAB)
          }
        }
      }
      let n = Float(levels.count)
      let va = Float(aa) - Float(a) * Float(a) / n
      let vb = Float(squares) - Float(sum) * Float(sum) / n
      guard va > 1, vb > 1 else { return 0 }
      return (Float(ab) - Float(a) * Float(sum) / n) / (va * vb).squareRoot()
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Imaging

// Ink that the page has and its blank has not: the darkest that the printed blank is within the
// tolerance of the registration, less the page. What is under the page's own noise is no ink;
// fainter ink that hangs together with certain ink is (two limits, as in edge finding: J. Canny,
// *A computational approach to edge detection*, IEEE PAMI 8 (1986), 679–698).

/// Where a page has ink that its blank has not.
struct InkMap {
  /// How much darker than the blank allows, in shares of paper, lightly blurred; 0 where not.
  var added: FloatPicture
  /// Plain difference, blank less page, in shares of paper: also on print, either sign.
  var difference: FloatPicture
  /// 1 where ink stands, 0 where not.
  private(set) var mask: [UInt8]
  /// Noise of bare paper, in shares of paper.
  let noise: Double
  /// On bare paper ink is what is above this, in shares of paper.
  let limit: Double
  /// 1 on bare ground, where nothing printed is near: what is darker there is no print.
  let bare: [UInt8]
  /// 1 where the page prints shaded ground as a screen of dots; empty where it has none.
  private let screen: [UInt8]
  /// On a screen ink is what is above this, in shares of paper.
  private let screenLimit: Double
  /// 1 in targets' boxes and close to them.
  private let targets: [UInt8]

  /// Squares by which print may lie elsewhere than the registration says: 0.25 mm.
  static let tolerance = 2
  /// The same inside small targets, where letters and outline would else cover everything.
  static let toleranceInside = 1
  /// No fainter ink is told from paper, whatever the noise: share of paper.
  static let faintest = 0.055
  /// Ink stands out from noise by so much.
  static let noiseFactor = 2.5
  /// Ink that hangs together with certain ink may be fainter by this.
  static let growth = 0.55
  /// A shaded ground of whose bare squares this share is ink is printed as a screen of dots.
  private static let screenShare = 0.04
  /// Ink on a screen is darker than nearly all of its dots by this.
  private static let overDots = 1.2
  /// On a screen a patch of so few squares (0.5 mm²) is one of its dots, not a pen's.
  private static let dotSquares = 32

  /// - Parameters:
  ///   - page: The page on its canvas, in shares of paper.
  ///   - printed: The blank as this page printed it.
  ///   - plan: The targets, and where the blank is shaded.
  init(page: GrayPicture, printed: PrintedBlank, plan: MarkPlan) {
    let around = printed.allowed.darkest(within: Self.tolerance)
    let close = printed.allowed.darkest(within: Self.toleranceInside)
    let allowed = Self.narrowed(around, by: close, at: plan.insides)
    let bareLevel = UInt8(Double(Paper.white) * 0.93)
    bare = close.pixels.map { $0 >= bareLevel ? 1 : 0 }
    targets = plan.nearTargets
    let found = Self.differences(page: page, printed: printed.picture, allowed: allowed)
    difference = found.plain
    added = found.added.blurred(sigma: 1)
    let bare = UInt8(Double(Paper.white) * 0.95)
    let paper = Self.levels(added) { around.pixels[$0] >= bare && plan.shaded[$0] == 0 }
    noise = 1.5 * paper(0.5) + 0.5 * paper(0.8)
    limit = max(Self.faintest, Self.noiseFactor * noise)
    let shaded = Self.levels(added) { around.pixels[$0] >= bare && plan.shaded[$0] != 0 }
    screen = shaded(1 - Self.screenShare) > limit ? plan.nearShade : []
    screenLimit = max(limit, Self.overDots * shaded(1 - Self.screenShare / 2))
    mask = []
    findInk()
  }

  /// Finds the ink again, after `added` was changed.
  mutating func findInk() {
    guard !screen.isEmpty else {
      mask = Self.hysteresis(added) { _ in Float(limit) }
      return
    }
    mask = Self.hysteresis(added) { Float(screen[$0] == 0 ? limit : screenLimit) }
    removeDots()
  }

  /// Takes patches off a screen that are small or nowhere three squares thick, and beside the
  /// targets those that are nowhere five squares thick: a screen's dots run together.
  private mutating func removeDots() {
    let (width, height) = (added.width, added.height)
    let patches = Patches(mask: mask, width: width, height: height)
    let picture = GrayPicture(width: width, height: height, pixels: mask)
    let (cores, thickCores) = (picture.darkest(within: 1), picture.darkest(within: 2))
    var area = [Int](repeating: 0, count: patches.count)
    var onScreen = area
    var hasCore = [Bool](repeating: false, count: patches.count)
    var isInk = hasCore
    for run in patches.runs {
      let row = run.y * width
      area[run.patch] += run.xs.count
      for x in run.xs {
        onScreen[run.patch] += Int(screen[row + x])
        if cores.pixels[row + x] != 0 { hasCore[run.patch] = true }
        if thickCores.pixels[row + x] != 0 || targets[row + x] != 0 { isInk[run.patch] = true }
      }
    }
    for run in patches.runs where 2 * onScreen[run.patch] > area[run.patch] {
      guard area[run.patch] <= Self.dotSquares || !hasCore[run.patch] || !isInk[run.patch]
      else { continue }
      for x in run.xs { mask[run.y * width + x] = 0 }
    }
  }

  private static func narrowed(
    _ around: GrayPicture, by close: GrayPicture, at insides: [CanvasWindow]
  ) -> GrayPicture {
    var allowed = around
    for window in insides {
      for y in window.ys {
        let row = y * around.width
        for x in window.xs { allowed.pixels[row + x] = close.pixels[row + x] }
      }
    }
    return allowed
  }

  private static func differences(
    page: GrayPicture, printed: GrayPicture, allowed: GrayPicture
  ) -> (added: FloatPicture, plain: FloatPicture) {
    let unit = 1 / Float(Paper.white)
    var added = FloatPicture(width: page.width, height: page.height)
    var plain = added
    let count = page.pixels.count
    unsafe added.pixels.withUnsafeMutableBufferPointer { added in
      unsafe plain.pixels.withUnsafeMutableBufferPointer { plain in
        unsafe page.pixels.withUnsafeBufferPointer { page in
          unsafe allowed.pixels.withUnsafeBufferPointer { allowed in
            unsafe printed.pixels.withUnsafeBufferPointer { printed in
              for at in 0..<count {
                unsafe added[at] = max(0, Float(allowed[at]) - Float(page[at])) * unit
                unsafe plain[at] = (Float(printed[at]) - Float(page[at])) * unit
              }
            }
          }
        }
      }
    }
    return (added, plain)
  }

  /// Quantiles of what is added on some ground: every seventh square tells enough.
  private static func levels(
    _ added: FloatPicture, where isGround: (Int) -> Bool
  ) -> (_ share: Double) -> Double {
    var counts = [Int](repeating: 0, count: 1024)
    var total = 0
    for at in stride(from: 0, to: added.pixels.count, by: 7) where isGround(at) {
      counts[min(1023, Int(added.pixels[at] * 1024))] += 1
      total += 1
    }
    return { [total] share in
      guard total > 0 else { return 0 }
      var left = Int(Double(total) * share)
      for (bin, count) in counts.enumerated() {
        left -= count
        if left < 0 { return Double(bin) / 1024 }
      }
      return 1
    }
  }

  /// 1 where a patch above the grown limit holds something above the limit.
  private static func hysteresis(_ added: FloatPicture, limit: (Int) -> Float) -> [UInt8] {
    let growth = Float(growth)
    var mask = added.pixels.indices.map { added.pixels[$0] > growth * limit($0) ? UInt8(1) : 0 }
    let patches = Patches(mask: mask, width: added.width, height: added.height)
    var keep = [Bool](repeating: false, count: patches.count)
    for run in patches.runs where !keep[run.patch] {
      let row = run.y * added.width
      for x in run.xs where added.pixels[row + x] > limit(row + x) {
        keep[run.patch] = true
        break
      }
    }
    for run in patches.runs where !keep[run.patch] {
      let row = run.y * added.width
      for x in run.xs { mask[row + x] = 0 }
    }
    return mask
  }
}

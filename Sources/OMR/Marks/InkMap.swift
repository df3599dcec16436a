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
  /// The same on shaded ground, which a scanner turns into dots.
  let shadedLimit: Double
  /// 1 on ground that the blank shades.
  let shaded: [UInt8]

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
  /// On shaded ground the dots of a screen are noise: ink is darker than nine tenths of it.
  private static let shadedQuantile = 0.9

  /// - Parameters:
  ///   - page: The page on its canvas, in shares of paper.
  ///   - printed: The blank as this page printed it.
  ///   - plan: The targets, and where the blank is shaded.
  init(page: GrayPicture, printed: PrintedBlank, plan: MarkPlan) {
    let around = printed.allowed.darkest(within: Self.tolerance)
    let allowed = Self.narrowed(
      around, by: printed.allowed.darkest(within: Self.toleranceInside), at: plan.insides)
    shaded = plan.shaded
    let found = Self.differences(page: page, printed: printed.picture, allowed: allowed)
    difference = found.plain
    added = found.added.blurred(sigma: 1)
    let bare = UInt8(Double(Paper.white) * 0.95)
    let paper = Self.levels(added) { around.pixels[$0] >= bare && plan.shaded[$0] == 0 }
    noise = 1.5 * paper(0.5) + 0.5 * paper(0.8)
    limit = max(Self.faintest, Self.noiseFactor * noise)
    let screen = Self.levels(added) { around.pixels[$0] >= bare && plan.shaded[$0] != 0 }
    shadedLimit = max(limit, 1.1 * screen(Self.shadedQuantile))
    mask = []
    findInk()
  }

  /// Finds the ink again, after `added` was changed.
  mutating func findInk() {
    let limits = shaded.map { Float($0 == 0 ? limit : shadedLimit) }
    mask = Self.hysteresis(added, limits: limits)
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
  private static func hysteresis(_ added: FloatPicture, limits: [Float]) -> [UInt8] {
    let growth = Float(growth)
    var mask = zip(added.pixels, limits).map { $0 > growth * $1 ? UInt8(1) : 0 }
    let patches = Patches(mask: mask, width: added.width, height: added.height)
    var keep = [Bool](repeating: false, count: patches.count)
    for run in patches.runs where !keep[run.patch] {
      let row = run.y * added.width
      for x in run.xs where added.pixels[row + x] > limits[row + x] {
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

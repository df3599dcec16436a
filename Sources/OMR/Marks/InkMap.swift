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
  var mask: [UInt8]
  /// Noise of bare paper, in shares of paper.
  let noise: Double
  /// Ink is what is above this, in shares of paper.
  let limit: Double

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

  /// - Parameters:
  ///   - page: The page on its canvas, in shares of paper.
  ///   - printed: The blank as this page printed it.
  ///   - insides: Windows of small targets.
  init(page: GrayPicture, printed: GrayPicture, insides: [CanvasWindow]) {
    let width = page.width
    let around = printed.darkest(within: Self.tolerance)
    let close = printed.darkest(within: Self.toleranceInside)
    var allowed = around
    for window in insides {
      for y in window.ys {
        for x in window.xs { allowed.pixels[y * width + x] = close.pixels[y * width + x] }
      }
    }
    let unit = 1 / Float(Paper.white)
    var added = FloatPicture(width: page.width, height: page.height)
    var difference = added
    let count = page.pixels.count
    unsafe added.pixels.withUnsafeMutableBufferPointer { added in
      unsafe difference.pixels.withUnsafeMutableBufferPointer { difference in
        unsafe page.pixels.withUnsafeBufferPointer { page in
          unsafe allowed.pixels.withUnsafeBufferPointer { allowed in
            unsafe printed.pixels.withUnsafeBufferPointer { printed in
              for at in 0..<count {
                unsafe added[at] = max(0, Float(allowed[at]) - Float(page[at])) * unit
                unsafe difference[at] = (Float(printed[at]) - Float(page[at])) * unit
              }
            }
          }
        }
      }
    }
    added = added.blurred(sigma: 1)
    noise = Self.noise(of: added, allowed: around)
    limit = max(Self.faintest, Self.noiseFactor * noise)
    mask = []
    self.added = added
    self.difference = difference
    mask = Self.hysteresis(
      added, strong: Float(limit), weak: Float(limit * Self.growth))
  }

  /// The mask again, after `added` was changed.
  mutating func findInk() {
    mask = Self.hysteresis(added, strong: Float(limit), weak: Float(limit * Self.growth))
  }

  /// 1.5 × the median and half of the upper fifth of what is added on bare paper.
  private static func noise(of added: FloatPicture, allowed: GrayPicture) -> Double {
    let bare = UInt8(Double(Paper.white) * 0.95)
    var counts = [Int](repeating: 0, count: 1024)
    var total = 0
    for at in stride(from: 0, to: added.pixels.count, by: 7) where allowed.pixels[at] >= bare {
      counts[min(1023, Int(added.pixels[at] * 2048))] += 1
      total += 1
    }
    guard total > 0 else { return 0 }
    func quantile(_ share: Double) -> Double {
      var left = Int(Double(total) * share)
      for (bin, count) in counts.enumerated() {
        left -= count
        if left < 0 { return Double(bin) / 2048 }
      }
      return 0.5
    }
    return 1.5 * quantile(0.5) + 0.5 * quantile(0.8)
  }

  /// 1 where a patch above `weak` holds something above `strong`.
  private static func hysteresis(_ added: FloatPicture, strong: Float, weak: Float) -> [UInt8] {
    var mask = added.pixels.map { $0 > weak ? UInt8(1) : 0 }
    let patches = Patches(mask: mask, width: added.width, height: added.height)
    var keep = [Bool](repeating: false, count: patches.count)
    for run in patches.runs where !keep[run.patch] {
      let row = run.y * added.width
      for x in run.xs where added.pixels[row + x] > strong {
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

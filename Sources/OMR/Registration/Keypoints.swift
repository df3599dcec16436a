// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Places of a coarse level that print makes distinct, each with a description of its
/// surroundings.
///
/// A keypoint is a corner: the smaller eigenvalue of the structure tensor is locally largest.
/// Each 12 mm cell of the page gives its best before any gives its second, so that dense text
/// does not take them all. The description is upright and has one size: a scanned page lies in
/// one of four ways and nearly fills its picture, and 13 mm (two or three lines of text, which no
/// other spot repeats) still correlate when turned by 12° or 13 % too large.
///
/// - SeeAlso: J. Shi, C. Tomasi, *Good features to track*, CVPR 1994.
struct Keypoints {
  /// In millimetres from the picture's upper left corner.
  var positions: [SIMD2<Double>] = []
  /// How distinct each is: (gray levels a pixel)².
  var strengths: [Float] = []

  var count: Int { positions.count }

  /// The print as keypoints and descriptions see it: two blurs of a coarse level.
  struct Views {
    let corners: FloatPicture
    let description: FloatPicture
    let pixelsPerMM: Double

    init(_ level: InkLevel) {
      pixelsPerMM = level.pixelsPerMM
      let scale = min(1, level.pixelsPerMM / InkLevel.coarsePixelsPerMM)
      // From σ 0.7 (the level's) to 1.5, from there to 2.0 pixels.
      corners = GaussianBlur.blurred(level.ink, sigma: 1.327 * scale)
      description = GaussianBlur.blurred(corners, sigma: 1.323 * scale)
    }
  }

  static let cellMM = 12.0
  static let atMost = 700
  /// Below this a corner is the paper's grain.
  static let leastStrength: Float = 0.5

  init(_ views: Views) {
    let scale = min(1, views.pixelsPerMM / InkLevel.coarsePixelsPerMM)
    let block = max(3, 2 * Int((3 * scale).rounded()) + 1)
    let apart = max(2, Int((6 * scale).rounded()))
    let strength = CornerStrength.map(views.corners, block: block)
    let peaks = CornerStrength.peaks(strength, apart: apart, above: Self.leastStrength)
    // The best of every cell first.
    let cell = Self.cellMM * views.pixelsPerMM
    let columns = Int(Double(strength.width) / cell) + 1
    var taken: [Int: Int] = [:]
    var ranked: [(rank: Int, peak: CornerStrength.Peak)] = []
    ranked.reserveCapacity(peaks.count)
    for peak in peaks {
      let key = Int(Double(peak.y) / cell) * columns + Int(Double(peak.x) / cell)
      let rank = taken[key, default: 0]
      taken[key] = rank + 1
      ranked.append((rank, peak))
    }
    // Peaks come strongest first and places are all different: one order, whatever the sort.
    ranked.sort { a, b in
      (a.rank, -a.peak.strength, a.peak.y, a.peak.x)
        < (b.rank, -b.peak.strength, b.peak.y, b.peak.x)
    }
    for (_, peak) in ranked.prefix(Self.atMost) {
      positions.append(
        SIMD2(Double(peak.x) + 0.5, Double(peak.y) + 0.5) / views.pixelsPerMM)
      strengths.append(peak.strength)
    }
  }
}

/// The smaller eigenvalue of the structure tensor.
enum CornerStrength {
  struct Peak {
    var x: Int
    var y: Int
    var strength: Float
  }

  /// For each pixel: the smaller eigenvalue of the mean, over a square of `block` pixels, of the
  /// gradient's products.
  static func map(_ picture: FloatPicture, block: Int) -> FloatPicture {
    let (width, height) = (picture.width, picture.height)
    var result = FloatPicture(width: width, height: height)
    guard width > 2 * block, height > 2 * block else { return result }
    let radius = block / 2
    let share = 1 / Float(block * block)
    var products = [SIMD4<Float>](repeating: .zero, count: width * height)
    var sums = [SIMD4<Float>](repeating: .zero, count: width)
    unsafe picture.pixels.withUnsafeBufferPointer { source in
      unsafe products.withUnsafeMutableBufferPointer { products in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe result.pixels.withUnsafeMutableBufferPointer { out in
            for y in 1..<(height - 1) {
              for x in 1..<(width - 1) {
                let at = y * width + x
                let gx = unsafe 0.5 * (source[at + 1] - source[at - 1])
                let gy = unsafe 0.5 * (source[at + width] - source[at - width])
                unsafe products[at] = SIMD4(gx * gx, gx * gy, gy * gy, 0)
              }
            }
            for y in 0..<radius {
              for x in 0..<width { unsafe sums[x] += products[y * width + x] }
            }
            for y in 0..<height {
              let (enter, leave) = (y + radius, y - radius - 1)
              if enter < height {
                for x in 0..<width { unsafe sums[x] += products[enter * width + x] }
              }
              if leave >= 0 {
                for x in 0..<width { unsafe sums[x] -= products[leave * width + x] }
              }
              var run = SIMD4<Float>.zero
              for x in 0..<(2 * radius) { unsafe run += sums[x] }
              for x in radius..<(width - radius) {
                unsafe run += sums[x + radius]
                let mean = run * share
                let half = 0.5 * (mean.x + mean.z)
                let apart = 0.5 * (mean.x - mean.z)
                unsafe out[y * width + x] =
                  half - (apart * apart + mean.y * mean.y).squareRoot()
                unsafe run -= sums[x - radius]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Places larger than all others within `apart` pixels along each axis, strongest first.
  static func peaks(_ map: FloatPicture, apart: Int, above least: Float) -> [Peak] {
    let (width, height) = (map.width, map.height)
    var peaks: [Peak] = []
    unsafe map.pixels.withUnsafeBufferPointer { map in
      // A place that is largest within `apart` is the largest of its block.
      let block = apart + 1
      for top in stride(from: 0, to: height, by: block) {
        for left in stride(from: 0, to: width, by: block) {
          var best = Peak(x: 0, y: 0, strength: least)
          for y in top..<min(top + block, height) {
            for x in left..<min(left + block, width) where unsafe map[y * width + x] > best.strength
            {
              best = unsafe Peak(x: x, y: y, strength: map[y * width + x])
            }
          }
          guard best.strength > least else { continue }
          var isLargest = true
          search: for y in max(0, best.y - apart)...min(height - 1, best.y + apart) {
            for x in max(0, best.x - apart)...min(width - 1, best.x + apart)
            where unsafe map[y * width + x] >= best.strength {
              if unsafe map[y * width + x] > best.strength || (y, x) < (best.y, best.x) {
                isLargest = false
                break search
              }
            }
          }
          if isLargest { peaks.append(best) }
        }
      }
    }
    peaks.sort { ($1.strength, $0.y, $0.x) < ($0.strength, $1.y, $1.x) }
    return peaks
  }
}

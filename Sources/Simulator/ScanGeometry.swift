// SPDX-License-Identifier: Apache-2.0
public import Geometry
import Foundation

/// Where the blank lies in a scan. The way from the page to the blank is a formula (camera,
/// skew, scale, feed, crumpled paper, one after another); the way back is found by Newton's
/// steps.
public struct ScanGeometry: BlankToPage, Sendable {
  /// The scan's size in pixels, as it comes out.
  public let width: Int
  public let height: Int
  /// How the page lies in the scan, in quarter turns counter-clockwise.
  public let quarterTurns: Int
  let pixelsPerMM: Double
  /// The size of the paper in millimetres.
  let paperWidth: Double
  let paperHeight: Double
  /// Where the paper's middle lies, from the middle of the picture when upright, in millimetres.
  var shiftX = 0.0
  var shiftY = 0.0
  var skewRadians = 0.0
  var scaleX = 1.0
  var scaleY = 1.0
  /// The camera's tilt: how much nearness changes a millimetre.
  var tiltX = 0.0
  var tiltY = 0.0
  /// Waves that displace places on the paper: by how much, how often, from where.
  var waves: [Wave] = []

  /// One wave of displacement, in millimetres and radians.
  struct Wave: Sendable {
    var byX: Double
    var byY: Double
    var alongX: Double
    var alongY: Double
    var phase: Double
  }

  init(
    width: Int, height: Int, quarterTurns: Int, pixelsPerMM: Double, paperWidth: Double,
    paperHeight: Double
  ) {
    self.width = width
    self.height = height
    self.quarterTurns = quarterTurns
    self.pixelsPerMM = pixelsPerMM
    self.paperWidth = paperWidth
    self.paperHeight = paperHeight
  }

  /// The place on the blank that shows at a place of the page.
  public func blankPoint(_ page: PagePoint) -> BlankPoint {
    // Turned upright, from the picture's middle, in millimetres.
    let (px, py) = (page.x - Double(width) / 2, page.y - Double(height) / 2)
    let (ux, uy): (Double, Double) =
      switch quarterTurns {
      case 1: (-py, px)
      case 2: (-px, -py)
      case 3: (py, -px)
      default: (px, py)
      }
    let (qx, qy) = (ux / pixelsPerMM - shiftX, uy / pixelsPerMM - shiftY)
    let near = 1 / max(0.2, 1 + tiltX * qx + tiltY * qy)
    let (cosine, sine) = (cos(skewRadians), sin(skewRadians))
    let (sx, sy) = (qx * near, qy * near)
    var x = (sx * cosine + sy * sine) / scaleX
    var y = (-sx * sine + sy * cosine) / scaleY
    let (baseX, baseY) = (x, y)
    for wave in waves {
      let value = sin(wave.alongX * baseX + wave.alongY * baseY + wave.phase)
      x += wave.byX * value
      y += wave.byY * value
    }
    return BlankPoint(x: x + paperWidth / 2, y: y + paperHeight / 2)
  }

  public func pagePoint(_ point: BlankPoint) -> PagePoint {
    var guess = PagePoint(x: Double(width) / 2, y: Double(height) / 2)
    for _ in 0..<12 {
      let here = blankPoint(guess)
      let right = blankPoint(guess.shifted(x: 1, y: 0))
      let below = blankPoint(guess.shifted(x: 0, y: 1))
      let (a, c) = (right.x - here.x, right.y - here.y)
      let (b, d) = (below.x - here.x, below.y - here.y)
      let determinant = a * d - b * c
      guard abs(determinant) > 1e-9 else { break }
      let (ex, ey) = (point.x - here.x, point.y - here.y)
      let (dx, dy) = ((d * ex - b * ey) / determinant, (a * ey - c * ex) / determinant)
      guess = guess.shifted(x: min(max(dx, -2000), 2000), y: min(max(dy, -2000), 2000))
      if abs(dx) + abs(dy) < 1e-4 { break }
    }
    return guess
  }

  /// A plane of the blank (its picture, or ink on it) as it lies in the scan; `scale` is its
  /// pixels for each millimetre, and `outside` stands beyond the paper. `sparse` where most of it
  /// is 0.
  func scanned(_ plane: Raster, scale: Double, outside: Float, sparse: Bool = false) -> Raster {
    let (step, rowStep) = (32, 8)
    func nodes(_ y: Int) -> [(x: Double, y: Double)] {
      (0...(width + step - 1) / step).map { node in
        let place = blankPoint(
          PagePoint(x: Double(node * step) + 0.5, y: Double(y) + 0.5))
        return (place.x * scale - 0.5, place.y * scale - 0.5)
      }
    }
    // Waves are long: between rows so near each other the way is straight to a thousandth of a
    // pixel, and a sine costs more than all else of a node.
    var (first, upper, lower) = (0, nodes(0), nodes(rowStep))
    return plane.sampled(
      width: width, height: height, step: step, outside: outside, sparse: sparse
    ) { y in
      if y >= first + rowStep {
        first += rowStep
        (upper, lower) = (lower, nodes(first + rowStep))
      }
      let part = Double(y - first) / Double(rowStep)
      return zip(upper, lower).map { a, b in
        (a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
      }
    }
  }
}

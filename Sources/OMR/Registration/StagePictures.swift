// SPDX-License-Identifier: Apache-2.0
import Geometry
public import Imaging

/// Told of a stage by its name, and of a way to draw it, which costs nothing until it is called.
public typealias StageWatcher = (_ name: String, _ draw: () -> RGBPicture) -> Void

/// Pictures of registration's stages, for people to look at.
enum StagePictures {
  /// The page's print with its keypoints; those that agree on how the sheet lies are green.
  static func matches(_ view: PageView, _ hypothesis: Hypothesis?) -> RGBPicture {
    var picture = RGBPicture(paper(view.coarse))
    let perMM = view.coarse.pixelsPerMM
    for position in view.keypoints.positions {
      square(&picture, .blue, at: position * perMM, radius: 1)
    }
    for match in hypothesis?.agreeing ?? [] {
      square(&picture, .green, at: match.page * perMM, radius: 3)
    }
    return picture
  }

  /// The fine places where they were found: green where they agree, red where not, with ten times
  /// what the field moves each as a line.
  static func places(
    _ map: FittedMap, _ found: PlaceSearch.Found, _ blank: RegistrationBlank, _ level: InkLevel
  ) -> RGBPicture {
    var picture = RGBPicture(paper(level))
    let perMM = level.pixelsPerMM
    for (index, center) in blank.fine.centers.enumerated() {
      let color = map.agrees[index] ? RGBColor.green : .red
      let radius = Int(2.5 * perMM * map.projection.scale(at: center))
      let at = found.page[index] * perMM
      square(&picture, found.onPicture[index] ? color : .orange, at: at, radius: radius)
      let shift = at + map.field(center) * (10 * perMM)
      picture.drawLine(.blue, from: (at.x, at.y), to: (shift.x, shift.y))
      let left = at + (found.page[index] - map(center)) * (10 * perMM)
      picture.drawLine(.orange, from: (at.x, at.y), to: (left.x, left.y))
    }
    return picture
  }

  /// The page with the frames of all targets: green where the print round them agrees.
  static func targets(_ page: GrayPicture, _ fit: PageFit, _ blank: RegistrationBlank)
    -> RGBPicture
  {
    var picture = RGBPicture(page)
    for box in blank.targets {
      let corners = box.corners.map(fit.pagePoint)
      let color = fit.agreement(around: box.center) < 0.5 ? RGBColor.orange : .green
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        picture.drawLine(color, from: (a.x, a.y), to: (b.x, b.y))
      }
    }
    return picture
  }

  /// A level's ink, dark on white again.
  private static func paper(_ level: InkLevel) -> GrayPicture {
    GrayPicture(
      width: level.ink.width, height: level.ink.height,
      pixels: level.ink.pixels.map { UInt8(max(0, min(255, 255 - $0))) })
  }

  private static func square(
    _ picture: inout RGBPicture, _ color: RGBColor, at middle: SIMD2<Double>, radius: Int
  ) {
    guard abs(middle.x) < 1e5, abs(middle.y) < 1e5 else { return }
    let (x, y) = (Int(middle.x.rounded(.down)), Int(middle.y.rounded(.down)))
    for step in -radius...radius {
      picture.draw(color, x: x + step, y: y - radius)
      picture.draw(color, x: x + step, y: y + radius)
      picture.draw(color, x: x - radius, y: y + step)
      picture.draw(color, x: x + radius, y: y + step)
    }
  }
}

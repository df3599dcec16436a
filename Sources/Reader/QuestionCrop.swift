// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Geometry
public import Imaging

/// A crop of a page. Pixels from its upper left corner, along the print's reading direction.
public enum CropPlane: Plane {}

/// A question's neighbourhood, cut out of its page along the print, so that it stands upright
/// however the page lay.
///
/// It is for people to look at: the page's pixels are sampled anew between the four nearest.
public struct QuestionCrop: Hashable, Sendable {
  public let picture: GrayPicture
  /// The targets or cells, in the form's order.
  public let places: [Box<CropPlane>]

  /// What is shown beside the question's places, in millimetres.
  static let margin = (x: 7.0, y: 3.0)
  /// More pixels tell a person nothing.
  static let mostPixels = 6_000_000.0

  /// Cuts the question out of the page that its evidence was measured on.
  ///
  /// - Returns: `nil` where the question has no places on the page.
  public init?(_ page: GrayPicture, _ question: QuestionEvidence, pixelsPerMM: Double) {
    let quads = (question.targets.map(\.corners) + question.cells).filter { $0.count == 4 }
    guard let first = quads.first, let origin = first.first else { return nil }
    // The print's direction: the sum of all upper edges.
    let edge = quads.reduce((x: 0.0, y: 0.0)) {
      ($0.x + $1[1].x - $1[0].x, $0.y + $1[1].y - $1[0].y)
    }
    let length = (edge.x * edge.x + edge.y * edge.y).squareRoot()
    guard length > 0, length.isFinite else { return nil }
    let (cos, sin) = (edge.x / length, edge.y / length)
    func along(_ point: PagePoint) -> Point<CropPlane> {
      let (dx, dy) = (point.x - origin.x, point.y - origin.y)
      return Point(x: dx * cos + dy * sin, y: dy * cos - dx * sin)
    }
    let boxes = quads.compactMap { Box<CropPlane>.around($0.map(along)) }
    // A reading without targets has no scale of its own: 300 dpi then.
    let perMM = pixelsPerMM > 0 ? pixelsPerMM : 300 / 25.4
    guard let all = boxes.dropFirst().reduce(boxes.first, { $0?.union($1) }) else { return nil }
    let area = all.grown(x: Self.margin.x * perMM, y: Self.margin.y * perMM)
    guard area.area.isFinite, area.width >= 1, area.height >= 1 else { return nil }
    let step = max(1, (area.area / Self.mostPixels).squareRoot())
    var picture = GrayPicture(
      width: max(1, Int(area.width / step)), height: max(1, Int(area.height / step)))
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let (u, v) = (area.x + (Double(x) + 0.5) * step, area.y + (Double(y) + 0.5) * step)
        picture[x, y] = page.level(
          x: origin.x + u * cos - v * sin - 0.5, y: origin.y + u * sin + v * cos - 0.5)
      }
    }
    self.picture = picture
    places = boxes.map {
      Box(
        x: ($0.x - area.x) / step, y: ($0.y - area.y) / step, width: $0.width / step,
        height: $0.height / step)
    }
  }
}

extension GrayPicture {
  /// The level between four pixels' middles; white beyond the picture.
  fileprivate func level(x: Double, y: Double) -> UInt8 {
    guard x > -1, y > -1, x < Double(width), y < Double(height) else { return 255 }
    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    let (right, down) = (x - Double(left), y - Double(top))
    func pixel(_ x: Int, _ y: Int) -> Double {
      x >= 0 && y >= 0 && x < width && y < height ? Double(self[x, y]) : 255
    }
    let above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
    let below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
    return UInt8((above * (1 - down) + below * down).rounded())
  }
}

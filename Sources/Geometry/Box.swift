// SPDX-License-Identifier: Apache-2.0

/// An upright rectangle in a plane.
@frozen
public struct Box<P: Plane>: Hashable, Sendable, Codable {
  public var x: Double
  public var y: Double
  /// Not negative.
  public var width: Double
  /// Not negative.
  public var height: Double

  @inlinable
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  @inlinable public var maxX: Double { x + width }
  @inlinable public var maxY: Double { y + height }
  @inlinable public var area: Double { width * height }
  @inlinable public var center: Point<P> { Point(x: x + width / 2, y: y + height / 2) }

  /// The corners, clockwise from the upper left.
  @inlinable public var corners: [Point<P>] {
    [
      Point(x: x, y: y), Point(x: maxX, y: y),
      Point(x: maxX, y: maxY), Point(x: x, y: maxY),
    ]
  }

  /// The box with a margin of so much on every side.
  @inlinable
  public func grown(by margin: Double) -> Box { grown(x: margin, y: margin) }

  /// The box with margins left and right, above and below.
  @inlinable
  public func grown(x dx: Double, y dy: Double) -> Box {
    Box(x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy)
  }

  @inlinable
  public func contains(_ point: Point<P>) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  @inlinable
  public func intersects(_ other: Box) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// The smallest box that holds both.
  @inlinable
  public func union(_ other: Box) -> Box {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return Box(
      x: left, y: top,
      width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }

  /// The smallest box that holds all places, or `nil` where there are none.
  public static func around(_ points: some Sequence<Point<P>>) -> Box? {
    var result: Box?
    for point in points {
      let dot = Box(x: point.x, y: point.y, width: 0, height: 0)
      result = result?.union(dot) ?? dot
    }
    return result
  }
}

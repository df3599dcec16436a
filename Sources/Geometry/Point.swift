// SPDX-License-Identifier: Apache-2.0

/// A place in a plane.
@frozen
public struct Point<P: Plane>: Hashable, Sendable, Codable {
  /// To the right, in the plane's unit.
  public var x: Double
  /// Downwards, in the plane's unit.
  public var y: Double

  @inlinable
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The distance to another place, in the plane's unit.
  @inlinable
  public func distance(to other: Point) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// The place shifted by so much in the plane's unit.
  @inlinable
  public func shifted(x dx: Double, y dy: Double) -> Point {
    Point(x: x + dx, y: y + dy)
  }
}

// SPDX-License-Identifier: Apache-2.0

/// How a page lay in the scanner: so many degrees clockwise from upright.
public enum QuarterTurn: Int, Hashable, Sendable, Codable, CaseIterable {
  case upright = 0
  case clockwise = 90
  case upsideDown = 180
  case counterclockwise = 270

  /// Degrees clockwise: 0, 90, 180 or 270.
  public var degreesClockwise: Int { rawValue }
}

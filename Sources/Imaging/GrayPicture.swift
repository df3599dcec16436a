// SPDX-License-Identifier: Apache-2.0

/// A picture of 8-bit gray, 0 black to 255 white, rows from the top, without padding.
public struct GrayPicture: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height` bytes.
  public var pixels: [UInt8]

  /// - Precondition: `pixels.count == width * height`, both sizes positive.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A picture of one level.
  public init(width: Int, height: Int, filledWith level: UInt8 = 255) {
    self.init(
      width: width, height: height, pixels: [UInt8](repeating: level, count: width * height))
  }

  @inlinable
  public subscript(x: Int, y: Int) -> UInt8 {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }
}

/// A picture of 32-bit floating point, rows from the top, without padding.
///
/// Whether 0 is black or "no ink" is said by whoever makes it.
public struct FloatPicture: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height` numbers.
  public var pixels: [Float]

  /// - Precondition: `pixels.count == width * height`.
  public init(width: Int, height: Int, pixels: [Float]) {
    precondition(width >= 0 && height >= 0 && pixels.count == width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A picture of one level.
  public init(width: Int, height: Int, filledWith level: Float = 0) {
    self.init(
      width: width, height: height, pixels: [Float](repeating: level, count: width * height))
  }

  @inlinable
  public subscript(x: Int, y: Int) -> Float {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }
}

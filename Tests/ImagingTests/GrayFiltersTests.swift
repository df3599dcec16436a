// SPDX-License-Identifier: Apache-2.0
import Imaging
import Testing

/// What the filters mean, one pixel at a time.
private enum SlowTwins {
  static func extreme(
    _ picture: GrayPicture, radius: Int, _ choose: (UInt8, UInt8) -> UInt8
  ) -> GrayPicture {
    var result = picture
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        var level = picture[x, y]
        for j in max(0, y - radius)...min(picture.height - 1, y + radius) {
          for i in max(0, x - radius)...min(picture.width - 1, x + radius) {
            level = choose(level, picture[i, j])
          }
        }
        result[x, y] = level
      }
    }
    return result
  }
}

private func noise(width: Int, height: Int, seed: UInt64) -> GrayPicture {
  var state = seed
  return GrayPicture(
    width: width, height: height,
    pixels: (0..<(width * height)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    })
}

@Suite("Gray filters")
struct GrayFiltersTests {
  @Test(
    "The darkest and brightest neighbours equal their slow twins",
    arguments: [1, 2, 5, 17, 64], [1, 2, 3])
  func extremes(width: Int, radius: Int) {
    let picture = noise(width: width, height: 11, seed: UInt64(width))
    #expect(
      picture.darkest(within: radius) == SlowTwins.extreme(picture, radius: radius, min))
    #expect(
      picture.brightest(within: radius) == SlowTwins.extreme(picture, radius: radius, max))
  }

  @Test("A blur keeps an even picture and the sum of a dot", arguments: [0.5, 1, 2.2])
  func blurKeeps(sigma: Double) {
    let even = FloatPicture(width: 30, height: 20, filledWith: 7).blurred(sigma: sigma)
    #expect(even.pixels.allSatisfy { abs($0 - 7) < 1e-4 })
    var dot = FloatPicture(width: 41, height: 41)
    dot[20, 20] = 1
    let blurred = dot.blurred(sigma: sigma)
    #expect(abs(blurred.pixels.reduce(0, +) - 1) < 1e-4)
    #expect(blurred[20, 20] == blurred.pixels.max())
    #expect(abs(blurred[17, 20] - blurred[20, 23]) < 1e-6)
  }

  @Test(
    "A blur of bytes is the blur of numbers, rounded", arguments: [1, 7, 40], [0.5, 0.9, 2.2, 3.2])
  func blurOfBytes(width: Int, sigma: Double) {
    let picture = noise(width: width, height: 19, seed: UInt64(width))
    let slow = FloatPicture(width: width, height: 19, pixels: picture.pixels.map { Float($0) })
      .blurred(sigma: sigma)
    let bytes = picture.blurred(sigma: sigma)
    #expect(zip(bytes.pixels, slow.pixels).allSatisfy { abs(Float($0) - $1) <= 0.501 })
  }

  @Test("A blur of one σ spreads a dot by that σ")
  func blurSpreads() {
    var dot = FloatPicture(width: 61, height: 61)
    dot[30, 30] = 1
    let blurred = dot.blurred(sigma: 2.2)
    var variance: Float = 0
    for x in 0..<61 {
      for y in 0..<61 { variance += blurred[x, y] * Float((x - 30) * (x - 30)) }
    }
    #expect(abs(variance.squareRoot() - 2.2) < 0.05)
  }
}

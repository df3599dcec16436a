// SPDX-License-Identifier: Apache-2.0
import Imaging
import Testing

@Suite("Shrinking and ink")
struct ShrinkAndInkTests {
  @Test(
    "A shrunk pixel is the mean of what it covers",
    arguments: [1, 1.25, 1.3333, 1.9994, 2, 2.7, 3, 4, 5.5, 7])
  func shrinks(factor: Double) {
    let picture = GrayPicture.noise(width: 67, height: 41, seed: 11)
    let small = AreaMean.shrunk(picture, by: factor)
    let means = InkSlowTwins.shrunk(picture, by: factor)
    #expect(small.width == Int(67 / factor) && small.height == Int(41 / factor))
    for (pixel, mean) in zip(small.pixels, means) {
      #expect(abs(Double(pixel) - mean) < 0.51)
    }
  }

  @Test("A picture smaller than one new pixel becomes one pixel")
  func shrinksToOne() {
    let small = AreaMean.shrunk(GrayPicture(width: 3, height: 2, filledWith: 90), by: 4)
    #expect(small.width == 1 && small.height == 1)
    #expect(small.pixels == [90])
  }

  @Test("Black-hat equals its slow twin", arguments: [3, 5, 7, 11, 17])
  func blackHat(side: Int) {
    for (width, height) in [(1, 1), (2, 9), (16, 3), (33, 29)] {
      let picture = GrayPicture.noise(width: width, height: height, seed: UInt64(side))
      #expect(
        Morphology.blackHat(picture, side: side).pixels
          == InkSlowTwins.blackHat(picture, side: side))
    }
  }

  @Test("Black-hat keeps a stroke and drops a shaded row")
  func keepsStrokes() {
    var picture = GrayPicture(width: 60, height: 60, filledWith: 250)
    for x in 0..<60 {
      for y in 30..<60 { picture[x, y] = 190 }
      picture[x, 10] = 40
    }
    let ink = Morphology.blackHat(picture, side: 7)
    #expect(ink[30, 10] == 210)
    #expect(ink[30, 45] == 0)
    #expect(ink[30, 20] == 0)
  }

  @Test("A blur of numbers equals its slow twin", arguments: [0.43, 0.7, 1.3, 2])
  func blursNumbers(sigma: Double) {
    let noise = GrayPicture.noise(width: 37, height: 23, seed: 5)
    let picture = FloatPicture(width: 37, height: 23, pixels: noise.pixels.map { Float($0) })
    let blurred = GaussianBlur.blurred(picture, sigma: sigma)
    for (value, twin) in zip(blurred.pixels, InkSlowTwins.blurred(picture, sigma: sigma)) {
      #expect(abs(Double(value) - twin) < 0.01)
    }
  }

  @Test("A blur of bytes is that of numbers, to a level and a half", arguments: [0.43, 0.7, 0.9])
  func blursBytes(sigma: Double) {
    let noise = GrayPicture.noise(width: 61, height: 9, seed: 6)
    let picture = FloatPicture(width: 61, height: 9, pixels: noise.pixels.map { Float($0) })
    let blurred = GaussianBlur.blurred(noise, sigma: sigma)
    for (value, twin) in zip(blurred.pixels, InkSlowTwins.blurred(picture, sigma: sigma)) {
      #expect(abs(Double(value) - twin) < 1.5)
    }
  }
}

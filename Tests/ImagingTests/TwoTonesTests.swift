// SPDX-License-Identifier: Apache-2.0
import Imaging
import Testing

@Suite struct TwoTonesTests {
  /// Black bars on gray paper, with edges as soft as so many levels between.
  private func bars(softPixels: Int, paper: UInt8 = 255) -> GrayPicture {
    var picture = GrayPicture(width: 200, height: 100, filledWith: paper)
    for y in 0..<100 {
      for bar in 0..<10 {
        for x in 0..<10 { picture[bar * 20 + x, y] = x < 10 - softPixels ? 0 : 128 }
      }
    }
    return picture
  }

  @Test("What a threshold split is black and white, also with a stray gray pixel")
  func split() {
    #expect(bars(softPixels: 0).isTwoTone)
    var picture = bars(softPixels: 0)
    for x in 0..<50 { picture[x, 10] = 128 }
    #expect(picture.isTwoTone)
  }

  @Test("Strokes with soft edges, and gray paper, are a scan in gray")
  func gray() {
    #expect(!bars(softPixels: 2).isTwoTone)
    #expect(!bars(softPixels: 0, paper: 180).isTwoTone)
    #expect(!GrayPicture(width: 20, height: 20).isTwoTone)
  }
}

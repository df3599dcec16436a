// SPDX-License-Identifier: Apache-2.0
import Imaging
import OMR
import Testing

@Suite("Paper")
struct PaperTests {
  /// Paper under a shadow that deepens from the left, with a stroke of half its level, and no
  /// whole number of tiles wide or high.
  private func shadowed(_ level: (Int) -> Double) -> GrayPicture {
    var picture = GrayPicture(width: 205, height: 131)
    for y in 0..<131 {
      for x in 0..<205 {
        picture[x, y] = UInt8(level(x) * ((60...63).contains(y) ? 0.5 : 1) + 0.5)
      }
    }
    return picture
  }

  @Test("Divided by its paper a shadow is gone, and a stroke keeps its share of the paper")
  func shadow() {
    let flat = Paper.flattened(shadowed { 240 - 0.4 * Double($0) })
    for y in 0..<131 {
      let share = (60...63).contains(y) ? 0.5 : 1
      // At the edges there is no paper beyond to tell how the shadow goes on.
      for x in 48..<160 {
        #expect(abs(Double(flat[x, y]) - share * Double(Paper.white)) <= 5, "\(x), \(y)")
      }
    }
  }

  @Test("What is brighter than its paper stays within a byte, black borders stay dark")
  func extremes() {
    let flat = Paper.flattened(shadowed { $0 < 40 ? 6 : $0 == 150 ? 255 : 180 })
    #expect(flat[150, 20] == 255 && flat[5, 20] < 60 && flat[120, 20] == UInt8(Paper.white))
  }
}

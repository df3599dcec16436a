// SPDX-License-Identifier: Apache-2.0
import Foundation
import Imaging

/// What the kernels mean, one pixel at a time.
enum InkSlowTwins {
  /// The mean of what each new pixel covers, by the area of every overlap.
  static func shrunk(_ picture: GrayPicture, by factor: Double) -> [Double] {
    let width = Int(Double(picture.width) / factor + 1e-9)
    let height = Int(Double(picture.height) / factor + 1e-9)
    func overlap(_ pixel: Int, _ index: Int) -> Double {
      let (low, high) = (Double(index) * factor, Double(index + 1) * factor)
      return max(0, min(high, Double(pixel + 1)) - max(low, Double(pixel)))
    }
    var means: [Double] = []
    for j in 0..<height {
      for i in 0..<width {
        var (sum, area) = (0.0, 0.0)
        for y in 0..<picture.height where overlap(y, j) > 0 {
          for x in 0..<picture.width where overlap(x, i) > 0 {
            let share = overlap(x, i) * overlap(y, j)
            sum += share * Double(picture[x, y])
            area += share
          }
        }
        means.append(sum / area)
      }
    }
    return means
  }

  static func blackHat(_ picture: GrayPicture, side: Int) -> [UInt8] {
    func extremes(_ pixels: [UInt8], _ pick: (UInt8, UInt8) -> UInt8) -> [UInt8] {
      let radius = side / 2
      return pixels.indices.map { index in
        let (x, y) = (index % picture.width, index / picture.width)
        var best = pixels[index]
        for v in max(0, y - radius)...min(picture.height - 1, y + radius) {
          for u in max(0, x - radius)...min(picture.width - 1, x + radius) {
            best = pick(best, pixels[v * picture.width + u])
          }
        }
        return best
      }
    }
    let closed = extremes(extremes(picture.pixels, max), min)
    return zip(closed, picture.pixels).map { $0 - $1 }
  }

  static func blurred(_ picture: FloatPicture, sigma: Double) -> [Double] {
    let radius = Int((3 * sigma).rounded(.up))
    let raw = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let weights = raw.map { $0 / raw.reduce(0, +) }
    return picture.pixels.indices.map { index in
      let (x, y) = (index % picture.width, index / picture.width)
      var sum = 0.0
      for v in -radius...radius where y + v >= 0 && y + v < picture.height {
        for u in -radius...radius where x + u >= 0 && x + u < picture.width {
          sum += weights[v + radius] * weights[u + radius] * Double(picture[x + u, y + v])
        }
      }
      return sum
    }
  }
}

extension GrayPicture {
  /// Levels by chance, the same for the same seed.
  static func noise(width: Int, height: Int, seed: UInt64) -> GrayPicture {
    var state = seed
    return GrayPicture(
      width: width, height: height,
      pixels: (0..<(width * height)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      })
  }
}

// SPDX-License-Identifier: Apache-2.0
import Codes
import Testing

/// What the kernels mean, one number at a time.
private enum SlowTwins {
  static func convolved(
    _ values: [Float], side: Int, inputs: Int, outputs: Int, window: Int, weights: [Float],
    biases: [Float]
  ) -> [Float] {
    var result: [Float] = []
    for y in 0..<side {
      for x in 0..<side {
        for output in 0..<outputs {
          var sum = biases[output]
          for v in 0..<window {
            for u in 0..<window {
              let (py, px) = (y + v - window / 2, x + u - window / 2)
              guard py >= 0, px >= 0, py < side, px < side else { continue }
              for input in 0..<inputs {
                sum +=
                  values[(py * side + px) * inputs + input]
                  * weights[((v * window + u) * inputs + input) * outputs + output]
              }
            }
          }
          result.append(max(0, sum))
        }
      }
    }
    return result
  }
}

struct NetworkTests {
  /// Numbers between −1 and 1 that repeat with the seed, some of them 0.
  private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
      return abs(value) < 0.2 ? 0 : value
    }
  }

  @Test(
    "A convolution equals its slow twin",
    arguments: [(28, 1, 16, 5), (14, 16, 32, 3), (7, 5, 3, 3), (1, 2, 2, 3)])
  func convolution(side: Int, inputs: Int, outputs: Int, window: Int) {
    let values = Self.numbers(side * side * inputs, seed: 1)
    let weights = Self.numbers(window * window * inputs * outputs, seed: 2)
    let biases = Self.numbers(outputs, seed: 3)
    let layer = DigitNetwork.Layer(
      inputs: inputs, outputs: outputs, side: window, weights: weights, biases: biases)
    let fast = NetworkKernels.convolved(values, side: side, layer)
    let slow = SlowTwins.convolved(
      values, side: side, inputs: inputs, outputs: outputs, window: window, weights: weights,
      biases: biases)
    #expect(fast.count == slow.count)
    #expect(zip(fast, slow).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test("The largest of four drops an odd edge")
  func largest() {
    let values: [Float] = [1, 2, 9, 3, 4, 9, 9, 9, 9]
    #expect(NetworkKernels.largestOfFour(values, side: 3, channels: 1) == [4])
  }

  @Test("A full layer is a sum of products, rectified where asked")
  func full() {
    let layer = DigitNetwork.Layer(
      inputs: 2, outputs: 2, side: 1, weights: [1, -1, 2, -2], biases: [0.5, 0.5])
    #expect(NetworkKernels.full([1, 3], layer, rectified: false) == [7.5, -6.5])
    #expect(NetworkKernels.full([1, 3], layer, rectified: true) == [7.5, 0])
  }

  static let damaged: [[UInt8]] = [
    [], Array("PHNN".utf8), Array("PHNX".utf8) + [1, 0, 0, 0],
    Array("PHNN".utf8) + [0, 0, 0, 0], Array("PHNN".utf8) + [255, 255, 255, 255],
    Array("PHNN".utf8) + [1, 0, 0, 0] + Array(repeating: 255, count: 16),
    Array("PHNN".utf8) + [1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 7],
  ]

  @Test("A damaged file of networks is refused", arguments: damaged)
  func damagedFile(bytes: [UInt8]) {
    #expect(DigitNetworks(bytes) == nil)
  }

  @Test("Every file of the smallest networks is read to its end and no further")
  func wholeFile() throws {
    let sizes: [UInt8] = [1, 1, 1, 1].flatMap { [$0, 0, 0, 0] }
    // 25 + 1, 9 + 1, 9 + 1, 9 + 1, 11 + 11 halves.
    let body = [UInt8](repeating: 0, count: 2 * (26 + 10 + 10 + 10 + 22))
    let file = Array("PHNN".utf8) + [1, 0, 0, 0] + sizes + body
    let networks = try #require(DigitNetworks(file))
    let shares = networks.probabilities([UInt8](repeating: 9, count: 784))
    #expect(shares.allSatisfy { abs($0 - 1 / 11) < 1e-6 })
    #expect(DigitNetworks(file + [0]) == nil)
    #expect(DigitNetworks(file.dropLast()) == nil)
  }

  @Test("This program's networks are there and sure of a plain one")
  func trained() throws {
    let networks = try #require(DigitNetworks.trained)
    var picture = [UInt8](repeating: 0, count: 784)
    for y in 3..<25 { for x in 13..<16 { picture[y * 28 + x] = 255 } }
    let shares = networks.probabilities(picture)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
    #expect(shares[1] > 0.8)
  }
}

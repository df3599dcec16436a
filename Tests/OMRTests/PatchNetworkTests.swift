// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging
import Foundation
import Testing

import OMR

/// What a network means, one number at a time.
private struct SlowTwin {
  private let weights: [Float]

  init(weights: [Float]) { self.weights = weights }

  func logits(_ patch: MarkPatch) -> [Double] {
    var rest = weights[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count).map(Double.init)
    }
    let scale = [-220.0, -220, 85, 32]
    let zero = [220.0, 220, 0, 128]
    func input(_ x: Int, _ y: Int, _ layer: Int) -> Double {
      (Double(patch.values[(y * 80 + x) * 4 + layer]) - zero[layer]) / scale[layer]
    }
    var picture = (0..<48).map { y in (0..<80).map { x in (0..<4).map { input(x, y, $0) } } }
    for (side, outputs) in [(5, 8), (3, 16), (3, 24), (3, 32)] {
      let inputs = picture[0][0].count
      let kernel = take(side * side * inputs * outputs)
      let biases = take(outputs)
      let (height, width) = (picture.count, picture[0].count)
      picture = (0..<height / 2).map { y in
        (0..<width / 2).map { x in
          (0..<outputs).map { output in
            var sum = biases[output]
            for row in 0..<side {
              for column in 0..<side {
                let (fromX, fromY) = (2 * x + column - side / 2, 2 * y + row - side / 2)
                guard (0..<width).contains(fromX), (0..<height).contains(fromY) else { continue }
                for each in 0..<inputs {
                  sum +=
                    picture[fromY][fromX][each]
                    * kernel[((row * side + column) * inputs + each) * outputs + output]
                }
              }
            }
            return max(0, sum)
          }
        }
      }
    }
    var values = picture.flatMap { $0.flatMap { $0 } } + patch.facts.map(Double.init)
    for (outputs, isLast) in [(32, false), (3, true)] {
      let matrix = take(values.count * outputs)
      let biases = take(outputs)
      values = (0..<outputs).map { output in
        let sum = values.indices.reduce(biases[output]) {
          $0 + values[$1] * matrix[$1 * outputs + output]
        }
        return isLast ? sum : max(0, sum)
      }
    }
    let total = log(values.map { exp($0) }.reduce(0, +))
    return values.map { $0 - total }
  }
}

@Suite("Second reader of marks")
struct PatchNetworkTests {
  /// Numbers between −0.1 and 0.1, the same each time.
  private static let weights: [Float] = {
    var state: UInt32 = 7
    return (0..<PatchNetwork.weightCount).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return (Float(state >> 8) / Float(1 << 24) - 0.5) * 0.2
    }
  }()

  private static func patch(_ seed: Int) -> MarkPatch {
    MarkPatch(
      values: (0..<80 * 48 * MarkPatch.layers).map {
        UInt8(truncatingIfNeeded: ($0 &* (2 * seed + 31)) >> 3)
      },
      facts: (0..<MarkPatch.facts).map { Float($0) / 10 })
  }

  @Test("The network equals its slow twin", arguments: [1, 2, 3])
  func equalsSlowTwin(seed: Int) throws {
    let network = try #require(PatchNetwork(weights: Self.weights))
    let slow = SlowTwin(weights: Self.weights)
    let patch = Self.patch(seed)
    for (fast, plain) in zip(network.logits(patch), slow.logits(patch)) {
      #expect(abs(fast - plain) < 1e-3)
    }
  }

  @Test("Weights of another number are no network")
  func wrongNumber() {
    #expect(PatchNetwork(weights: Array(Self.weights.dropLast())) == nil)
  }

  @Test("The weights that are built in are a network's")
  func builtIn() {
    #expect(JoinedReader.trained.hasNetwork)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SeededGenerator {
  /// A generator of its own for one thing among many (a sheet, or a part of it), so that the
  /// order of work changes nothing.
  public func branch(_ number: UInt64) -> SeededGenerator {
    var mixed = self
    let base = mixed.next()
    var result = SeededGenerator(seed: base ^ (number &* 0xD6E8_FEB8_6659_FD93))
    _ = result.next()
    return result
  }

  /// Evenly from 0 up to 1.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Evenly from the range.
  package mutating func from(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// True with this probability.
  package mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// Normally distributed with this mean and deviation, kept within three deviations.
  package mutating func normal(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    let radius = (-2 * log(max(unit(), 1e-12))).squareRoot()
    let value = radius * cos(2 * .pi * unit())
    return mean + deviation * min(max(value, -3), 3)
  }

  /// A whole number with this mean, as rare things are counted; at most 12.
  package mutating func count(mean: Double) -> Int {
    let limit = exp(-mean)
    var product = unit()
    var result = 0
    while product > limit && result < 12 {
      product *= unit()
      result += 1
    }
    return result
  }

  /// One of the things, each as often as its weight says. There must be one; weights are not
  /// negative and not all zero.
  package mutating func pick<T>(_ choices: [(T, Double)]) -> T {
    var rest = unit() * choices.reduce(0) { $0 + $1.1 }
    for (value, weight) in choices where weight > 0 {
      rest -= weight
      if rest < 0 { return value }
    }
    return choices[choices.count - 1].0
  }
}

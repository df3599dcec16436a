// SPDX-License-Identifier: Apache-2.0
import Simulator
import Testing

@Test("The same seed gives the same chances, another seed others")
func sameSeedSameChances() {
  func numbers(_ seed: UInt64) -> [UInt64] {
    var chance = SeededGenerator(seed: seed).branch(3)
    return (0..<8).map { _ in chance.next() }
  }
  #expect(numbers(1) == numbers(1))
  #expect(numbers(1) != numbers(2))
}

// SPDX-License-Identifier: Apache-2.0

/// Chance that gives the same sequence for the same seed (SplitMix64): the same page must give
/// the same reading.
///
/// - SeeAlso: G. Steele, D. Lea, C. Flood, *Fast splittable pseudorandom number generators*,
///   OOPSLA 2014.
struct SeededDraws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 up to 1, 1 left out.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

// The second reader of marks: a small convolutional network that looks at pictures, where the
// trees look at figures. Their errors are different ones. Four convolutions of stride 2 (5 × 5,
// then 3 × 3 three times; norms are folded into the weights), a dense layer that also sees the
// target's facts, and one score a class. A target costs 1.2 million multiplications, so it is
// asked only where the trees are not sure that nothing is marked.

/// A network that tells from a target's picture whether it is untouched, marked, or marked and
/// taken back.
package struct PatchNetwork: Sendable {
  /// One convolution of stride 2, its edges padded with nothing.
  struct Convolution: Sendable {
    var side: Int
    var inputs: Int
    /// A multiple of 8.
    var outputs: Int
    /// By row, column, input; then eight outputs at a time.
    var weights: [SIMD8<Float>]
    var biases: [SIMD8<Float>]
  }

  /// A dense layer: for each input the weights of all outputs.
  struct Dense: Sendable {
    var weights: [Float]
    var biases: [Float]
  }

  let convolutions: [Convolution]
  let first: Dense
  let last: Dense

  /// Outputs of the convolutions and of the first dense layer, as `tools/train-network.py` has
  /// them.
  static let channels = [8, 16, 24, 32]
  static let hidden = 32

  /// How many weights a network has.
  package static var weightCount: Int {
    var (count, before) = (0, MarkPatch.layers)
    for (index, channels) in channels.enumerated() {
      count += side(index) * side(index) * before * channels + channels
      before = channels
    }
    return count + (seen + MarkPatch.facts + 1) * hidden + (hidden + 1) * 3
  }

  private static func side(_ index: Int) -> Int { index == 0 ? 5 : 3 }
  /// What the last convolution gives to the dense layer.
  private static var seen: Int {
    (channels.last ?? 0) * (MarkPatch.width / 16) * (MarkPatch.height / 16)
  }

  /// `nil` where the text is no base64 of `weightCount` little-endian numbers of four bytes.
  package init?(base64: String) {
    guard let bytes = Data(base64Encoded: base64) else { return nil }
    self.init(
      weights: stride(from: 0, to: bytes.count - 3, by: 4).map { at in
        Float(
          bitPattern: (0..<4).reduce(0) {
            $0 | UInt32(bytes[bytes.startIndex + at + $1]) << (8 * $1)
          })
      })
  }

  /// `nil` where there are more or fewer weights than `weightCount`.
  ///
  /// - Parameter weights: Convolution by convolution, then dense layer by dense layer, each
  ///   followed by its biases; convolutions by row, column, input, output.
  package init?(weights: [Float]) {
    guard weights.count == Self.weightCount else { return nil }
    var rest = weights[...]
    func take(_ count: Int) -> [Float] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    func eights(_ values: [Float]) -> [SIMD8<Float>] {
      stride(from: 0, to: values.count, by: 8).map { SIMD8(values[$0..<$0 + 8]) }
    }
    var before = MarkPatch.layers
    convolutions = Self.channels.enumerated().map { index, outputs in
      let side = Self.side(index)
      defer { before = outputs }
      return Convolution(
        side: side, inputs: before, outputs: outputs,
        weights: eights(take(side * side * before * outputs)), biases: eights(take(outputs)))
    }
    first = Dense(
      weights: take((Self.seen + MarkPatch.facts) * Self.hidden), biases: take(Self.hidden))
    last = Dense(weights: take(Self.hidden * 3), biases: take(3))
  }

  /// Log probabilities: untouched, marked, cancelled.
  package func logits(_ patch: MarkPatch) -> [Double] {
    let white = Float(Paper.white)
    var picture = [Float](repeating: 0, count: patch.values.count)
    for at in stride(from: 0, to: picture.count, by: MarkPatch.layers) {
      picture[at] = 1 - Float(patch.values[at]) / white
      picture[at + 1] = 1 - Float(patch.values[at + 1]) / white
      // Added ink is mostly faint: three times a share of paper.
      picture[at + 2] = Float(patch.values[at + 2]) / 85
      picture[at + 3] = (Float(patch.values[at + 3]) - 128) / 32
    }
    var (width, height) = (MarkPatch.width, MarkPatch.height)
    for convolution in convolutions {
      picture = convolution.apply(to: picture, width: width, height: height)
      (width, height) = (width / 2, height / 2)
    }
    let inner = first.apply(to: picture + patch.facts).map { max(0, $0) }
    let scores = last.apply(to: inner).map(Double.init)
    let most = scores.max() ?? 0
    let total = log(scores.reduce(0) { $0 + exp($1 - most) }) + most
    return scores.map { $0 - total }
  }
}

extension PatchNetwork.Convolution {
  /// The picture at half its size, what is negative set to 0; values of a place stand together.
  func apply(to picture: [Float], width: Int, height: Int) -> [Float] {
    let (half, groups) = (side / 2, outputs / 8)
    let (outWidth, outHeight) = (width / 2, height / 2)
    var result = [Float](repeating: 0, count: outWidth * outHeight * outputs)
    let rowOfInputs = side * inputs
    unsafe picture.withUnsafeBufferPointer { picture in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe result.withUnsafeMutableBufferPointer { result in
          for y in 0..<outHeight {
            for x in 0..<outWidth {
              let left = max(0, half - 2 * x)
              let right = min(side, width + half - 2 * x)
              for group in 0..<groups {
                var sum = biases[group]
                for row in 0..<side {
                  let from = 2 * y + row - half
                  guard from >= 0, from < height else { continue }
                  let start = (from * width + 2 * x - half) * inputs
                  let base = row * rowOfInputs
                  for at in left * inputs..<right * inputs {
                    unsafe sum +=
                      picture[start + at] * weights[(base + at) * groups + group]
                  }
                }
                sum = pointwiseMax(sum, SIMD8(repeating: 0))
                let to = (y * outWidth + x) * outputs + group * 8
                for lane in 0..<8 { unsafe result[to + lane] = sum[lane] }
              }
            }
          }
        }
      }
    }
    return result
  }
}

extension PatchNetwork.Dense {
  func apply(to inputs: [Float]) -> [Float] {
    var sums = biases
    let outputs = sums.count
    for (index, value) in inputs.enumerated() where value != 0 {
      for output in 0..<outputs { sums[output] += value * weights[index * outputs + output] }
    }
    return sums
  }
}

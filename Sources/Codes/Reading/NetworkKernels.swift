// SPDX-License-Identifier: Apache-2.0

/// The networks' inner loops; each has a slow twin in the tests. Pixels hold their channels
/// together, so that the innermost loop adds one row of weights to one pixel's outputs; inputs
/// that are 0 (paper, what a rectifier cut off) are passed over.
package enum NetworkKernels {
  /// A convolution over a square picture, rectified; beyond the picture there is nothing.
  package static func convolved(
    _ values: [Float], side: Int, _ layer: DigitNetwork.Layer
  ) -> [Float] {
    let (inputs, outputs, reach) = (layer.inputs, layer.outputs, layer.side / 2)
    precondition(values.count == side * side * inputs)
    return unsafe [Float](unsafeUninitializedCapacity: side * side * outputs) { out, count in
      count = side * side * outputs
      unsafe values.withUnsafeBufferPointer { values in
        unsafe layer.weights.withUnsafeBufferPointer { weights in
          unsafe layer.biases.withUnsafeBufferPointer { biases in
            for y in 0..<side {
              for x in 0..<side {
                let to = unsafe out.baseAddress.unsafelyUnwrapped + (y * side + x) * outputs
                for k in 0..<outputs { unsafe to[k] = biases[k] }
                for v in max(0, y - reach)...min(side - 1, y + reach) {
                  for u in max(0, x - reach)...min(side - 1, x + reach) {
                    let tap = (v - y + reach) * layer.side + u - x + reach
                    for input in 0..<inputs {
                      let value = unsafe values[(v * side + u) * inputs + input]
                      guard value != 0 else { continue }
                      let row =
                        unsafe weights.baseAddress.unsafelyUnwrapped
                        + (tap * inputs + input) * outputs
                      for k in 0..<outputs { unsafe to[k] += value * row[k] }
                    }
                  }
                }
                for k in 0..<outputs { unsafe to[k] = max(0, to[k]) }
              }
            }
          }
        }
      }
    }
  }

  /// The largest of each 2 × 2 pixels, channel by channel; an odd row or column is dropped.
  package static func largestOfFour(_ values: [Float], side: Int, channels: Int) -> [Float] {
    let half = side / 2
    var result = [Float](repeating: 0, count: half * half * channels)
    for y in 0..<half {
      for x in 0..<half {
        let at = (2 * y * side + 2 * x) * channels
        let below = at + side * channels
        let to = (y * half + x) * channels
        for k in 0..<channels {
          result[to + k] = max(
            max(values[at + k], values[at + channels + k]),
            max(values[below + k], values[below + channels + k]))
        }
      }
    }
    return result
  }

  /// A full layer.
  package static func full(_ values: [Float], _ layer: DigitNetwork.Layer, rectified: Bool)
    -> [Float]
  {
    precondition(values.count == layer.inputs)
    var result = layer.biases
    let outputs = layer.outputs
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe layer.weights.withUnsafeBufferPointer { weights in
        for (input, value) in values.enumerated() where value != 0 {
          for k in 0..<outputs { unsafe result[k] += value * weights[input * outputs + k] }
        }
      }
    }
    return rectified ? result.map { max(0, $0) } : result
  }
}

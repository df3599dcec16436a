// SPDX-License-Identifier: Apache-2.0
internal import CTesseract
import Foundation

// The second opinion: plain convolutional networks on 28 × 28 pixels, trained by
// tools/train-digits.py. Each has three convolutions (5 × 5, 3 × 3, 3 × 3, edges padded with
// paper), each followed by a rectifier and the largest of 2 × 2, then two full layers. What
// they say is joined by the geometric mean. Half a millisecond a digit, network by network.

/// One trained network.
package struct DigitNetwork: Sendable {
  /// A convolution's or full layer's weights, arranged so that the innermost loop runs over the
  /// outputs, which lie together.
  package struct Layer: Sendable {
    let inputs: Int
    let outputs: Int
    /// The side of the convolution's window, 1 for a full layer.
    let side: Int
    /// `[tap][input][output]`.
    let weights: [Float]
    let biases: [Float]

    package init(inputs: Int, outputs: Int, side: Int, weights: [Float], biases: [Float]) {
      precondition(weights.count == inputs * outputs * side * side && biases.count == outputs)
      (self.inputs, self.outputs, self.side) = (inputs, outputs, side)
      (self.weights, self.biases) = (weights, biases)
    }
  }

  let convolutions: [Layer]
  let full: [Layer]

  package static let classes = 11

  /// Probabilities of the digits 0 to 9 and of "no digit", for 28 × 28 bytes, ink 255.
  package func probabilities(_ picture: [UInt8]) -> [Float] {
    Self.softmax(outputs(picture))
  }

  /// The last layer's values.
  package func outputs(_ picture: [UInt8]) -> [Float] {
    precondition(picture.count == CellPictures.side * CellPictures.side)
    var side = CellPictures.side
    var values = picture.map { Float($0) * (1 / 255) }
    for layer in convolutions {
      values = NetworkKernels.convolved(values, side: side, layer)
      values = NetworkKernels.largestOfFour(values, side: side, channels: layer.outputs)
      side /= 2
    }
    // Full layers were trained on planes one after the other, not on pixels.
    let channels = convolutions.last?.outputs ?? 1
    var flat = [Float](repeating: 0, count: values.count)
    for place in 0..<side * side {
      for channel in 0..<channels {
        flat[channel * side * side + place] = values[place * channels + channel]
      }
    }
    for (index, layer) in full.enumerated() {
      flat = NetworkKernels.full(flat, layer, rectified: index + 1 < full.count)
    }
    return flat
  }

  static func softmax(_ values: [Float]) -> [Float] {
    let top = values.max() ?? 0
    let parts = values.map { exp($0 - top) }
    let sum = parts.reduce(0, +)
    return parts.map { $0 / sum }
  }
}

/// The networks that give one opinion together.
package struct DigitNetworks: Sendable {
  package let networks: [DigitNetwork]

  package init(networks: [DigitNetwork]) { self.networks = networks }

  /// The networks in this program; `nil` where its file is damaged.
  package static let trained: DigitNetworks? = {
    var count = 0
    guard let bytes = unsafe phieu_model_networks(&count) else { return nil }
    let buffer = unsafe UnsafeBufferPointer(start: bytes, count: count)
    return unsafe DigitNetworks([UInt8](buffer))
  }()

  /// The geometric mean of what the networks say, for 28 × 28 bytes.
  package func probabilities(_ picture: [UInt8]) -> [Double] {
    var sums = [Double](repeating: 0, count: DigitNetwork.classes)
    for network in networks {
      for (index, value) in network.probabilities(picture).enumerated() {
        sums[index] += log(max(Double(value), 1e-9))
      }
    }
    let parts = sums.map { exp($0 / Double(networks.count)) }
    let sum = parts.reduce(0, +)
    return parts.map { $0 / sum }
  }

  /// More networks than this, or wider ones, are no file of ours.
  private static let most = (networks: 8, width: 1024)

  /// Reads a file of networks: `PHNN`, their number, and for each four sizes (three convolutions'
  /// channels, the hidden layer) and the weights as little-endian halves in PyTorch's order.
  ///
  /// - Returns: `nil` where the file is none.
  package init?(_ bytes: [UInt8]) {
    var reader = HalfReader(bytes: bytes)
    guard bytes.starts(with: Array("PHNN".utf8)) else { return nil }
    reader.at = 4
    guard let count = reader.word(), (1...Self.most.networks).contains(count) else { return nil }
    var networks: [DigitNetwork] = []
    for _ in 0..<count {
      let sizes = (0..<4).compactMap { _ in reader.word() }
      guard sizes.count == 4, sizes.allSatisfy({ (1...Self.most.width).contains($0) }),
        let network = reader.network(sizes)
      else { return nil }
      networks.append(network)
    }
    guard reader.at == bytes.count else { return nil }
    self.networks = networks
  }
}

/// Reads sizes and half-precision numbers.
private struct HalfReader {
  let bytes: [UInt8]
  var at = 0

  mutating func word() -> Int? {
    guard at + 4 <= bytes.count else { return nil }
    defer { at += 4 }
    return (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }

  mutating func network(_ sizes: [Int]) -> DigitNetwork? {
    let shapes = [(1, sizes[0], 5), (sizes[0], sizes[1], 3), (sizes[1], sizes[2], 3)]
    var convolutions: [DigitNetwork.Layer] = []
    for (inputs, outputs, side) in shapes {
      guard let layer = layer(inputs, outputs, side) else { return nil }
      convolutions.append(layer)
    }
    // 28 pixels are halved three times: 3 × 3 are left.
    guard let hidden = layer(sizes[2] * 9, sizes[3], 1),
      let last = layer(sizes[3], DigitNetwork.classes, 1)
    else { return nil }
    return DigitNetwork(convolutions: convolutions, full: [hidden, last])
  }

  /// A layer: PyTorch keeps `[output][input][tap]`.
  private mutating func layer(_ inputs: Int, _ outputs: Int, _ side: Int) -> DigitNetwork.Layer? {
    let taps = side * side
    guard let kept = halves(inputs * outputs * taps), let biases = halves(outputs) else {
      return nil
    }
    var weights = [Float](repeating: 0, count: kept.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          weights[(tap * inputs + input) * outputs + output] =
            kept[(output * inputs + input) * taps + tap]
        }
      }
    }
    return DigitNetwork.Layer(
      inputs: inputs, outputs: outputs, side: side, weights: weights, biases: biases)
  }

  private mutating func halves(_ count: Int) -> [Float]? {
    guard count <= (bytes.count - at) / 2 else { return nil }
    defer { at += 2 * count }
    return (0..<count).map { index in
      let bits = UInt16(bytes[at + 2 * index]) | UInt16(bytes[at + 2 * index + 1]) << 8
      return Float(Float16(bitPattern: bits))
    }
  }
}

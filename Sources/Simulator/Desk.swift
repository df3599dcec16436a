// SPDX-License-Identifier: Apache-2.0

/// What a photographed sheet lies on: darker or lighter than paper, with a grain.
struct Desk: Sendable {
  private let tone: Float
  private let colours: [Float]
  private let grain: NoiseTile
  private let rough: Float

  init(_ chance: inout SeededGenerator) {
    tone = Float(chance.from(0.1...0.7))
    let warm = chance.from(-0.15...0.3)
    colours = [Float(1 + warm), 1, Float(1 - warm)]
    grain = NoiseTile(grain: chance.from(1.5...9), &chance)
    rough = Float(chance.from(0.02...0.12))
  }

  /// Fills what lies beyond the paper (below 0).
  func lay(under light: inout Raster) {
    for y in 0..<light.height {
      for x in 0..<light.width where light[x, y] < 0 {
        light[x, y] = max(0.02, tone + rough * grain.at(x, y))
      }
    }
  }

  /// Nothing is known here any more of where the desk is; dark tones get its colour.
  func colour(_ plane: inout Raster, channel: Int) {
    guard colours[channel] != 1 else { return }
    let tint = (colours[channel] - 1) * 0.15
    plane.scale(1 + tint)
  }
}

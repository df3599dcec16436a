// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a page goes through, drawn from the rates of its level.
struct ScanSetup: Sendable {
  enum Mode: String, Sendable {
    case gray, colour
    case oneBit = "1-bit"
  }
  var dpi: Int
  var mode: Mode
  var geometry: ScanGeometry
  /// The light beyond the paper.
  var outside: Float
  /// How much of red, green and blue makes the gray.
  var gray: (red: Float, green: Float, blue: Float)
  /// What happened, in words, for the truth.
  var wear: [String] = []
  var tilt: Double?

  init(
    rates: WearRates, paperWidth: Double, paperHeight: Double, turns ordered: Int?, calm: Bool,
    _ chance: inout SeededGenerator
  ) {
    dpi = chance.pick(rates.dpi)
    let photo = rates.tilt.upperBound > 0
    mode =
      chance.happens(rates.oneBit)
      ? .oneBit : chance.happens(rates.colour / max(1 - rates.oneBit, 0.01)) ? .colour : .gray
    gray = (0.30, 0.59, 0.11)
    if mode != .colour, chance.happens(rates.colourDrop) {
      let (lamp, name) = chance.pick(
        [
          ((Float(0.8), Float(0.15), Float(0.05)), 2.0), ((0.1, 0.85, 0.05), 2),
          ((0.1, 0.25, 0.65), 1),
        ].map { (($0.0, $0.0.0 > 0.5 ? "red" : $0.0.1 > 0.5 ? "green" : "blue"), $0.1) })
      gray = lamp
      wear.append("\(name) lamp")
    }
    // A few scanners and programs are a little off what they say.
    let perMM = Double(dpi) / 25.4
    var (wide, high) = (paperWidth, paperHeight)
    var (shiftX, shiftY) = (chance.normal(0, 0.6), chance.normal(0, 0.8))
    outside = Float(chance.from(0.9...1))
    if photo {
      let frame = chance.from(1.06...1.3)
      (wide, high) = (wide * frame, high * chance.from(1.05...1.2))
      (shiftX, shiftY) = (chance.normal(0, 0.02) * wide, chance.normal(0, 0.02) * high)
    } else if !calm {
      if chance.happens(rates.letterCanvas) {
        (wide, high) = (215.9 * paperWidth / 210, 279.4 * paperWidth / 210)
        shiftY = chance.from(-4...8)
        wear.append("Letter canvas")
      }
      if chance.happens(rates.cutEdge) {
        let cut = chance.from(3...9)
        wide -= cut
        shiftX += (chance.happens(0.5) ? 0.5 : -0.5) * cut
        wear.append("cut edge")
      }
      if chance.happens(rates.blackBorder) {
        wide += chance.from(3...16)
        high += chance.from(2...20)
        outside = Float(chance.from(0...0.12))
        wear.append("black border")
      } else if chance.happens(0.12) {
        outside = Float(chance.from(0.2...0.6))
      }
    }
    let fed = chance.happens(rates.turned) ? chance.pick([(2, 2.0), (1, 1), (3, 1)]) : 0
    let turns = ordered ?? fed
    var (width, height) = (Int((wide * perMM).rounded()), Int((high * perMM).rounded()))
    if turns % 2 == 1 { (width, height) = (height, width) }
    geometry = ScanGeometry(
      width: width, height: height, quarterTurns: turns, pixelsPerMM: perMM,
      paperWidth: paperWidth, paperHeight: paperHeight)
    geometry.shiftX = shiftX
    geometry.shiftY = shiftY
    geometry.skewRadians =
      (chance.happens(0.5) ? chance.from(-1...1) : chance.normal(0, 0.35)) * rates.skew * .pi / 180
    let common = chance.normal(0, rates.scale / 3)
    geometry.scaleX = 1 + common + chance.normal(0, rates.scale / 2.5)
    geometry.scaleY = 1 + common + chance.normal(0, rates.scale / 2.5)
    addWaves(rates, &chance)
    if photo { addTilt(rates, &chance) }
  }

  private mutating func addWaves(_ rates: WearRates, _ chance: inout SeededGenerator) {
    let feed = chance.from(rates.feed)
    if feed > 0 {
      for length in [chance.from(120...320), chance.from(40...120)] {
        geometry.waves.append(
          .init(
            byX: 0.1 * feed * chance.normal(), byY: feed * chance.from(0.3...0.7), alongX: 0,
            alongY: 2 * .pi / length, phase: chance.from(0...6.28)))
      }
    }
    if chance.happens(rates.crumpled.rate) {
      let by = chance.from(rates.crumpled.by)
      for _ in 0..<5 {
        let (length, angle) = (chance.from(25...110), chance.from(0...6.28))
        geometry.waves.append(
          .init(
            byX: by * chance.normal(0, 0.6), byY: by * chance.normal(0, 0.6),
            alongX: cos(angle) * 2 * .pi / length, alongY: sin(angle) * 2 * .pi / length,
            phase: chance.from(0...6.28)))
      }
      wear.append("crumpled")
    }
    let curl = chance.from(rates.curl)
    if curl > 0 {
      let upright = chance.happens(0.5)
      let along = 2 * .pi / chance.from(250...500)
      geometry.waves.append(
        .init(
          byX: curl * chance.normal(0, 0.5), byY: curl * chance.normal(0, 0.7),
          alongX: upright ? 0 : along, alongY: upright ? along : 0, phase: chance.from(0...6.28)))
    }
  }

  private mutating func addTilt(_ rates: WearRates, _ chance: inout SeededGenerator) {
    let degrees = chance.from(rates.tilt) * chance.from(0.4...1)
    let angle = chance.from(0...6.28)
    let nearness = sin(degrees * .pi / 180) / 420
    geometry.tiltX = nearness * cos(angle)
    geometry.tiltY = nearness * sin(angle)
    tilt = (degrees * 10).rounded() / 10
  }
}

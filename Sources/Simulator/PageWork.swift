// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// One page on its way: printed, filled, worn, scanned. Each step takes the one before.
struct PageWork {
  private let page: FormPage
  private let rates: WearRates
  private let setup: ScanSetup
  private let pen: Pen
  /// Pixels of the blank for each millimetre.
  private let scale: Double
  /// The light that the print throws back; after `wearPaper`, for gray scans, with the ink.
  private var print: Raster
  private var ink: Raster
  /// What of the ink shines through where the page itself bears none of it.
  private var shining: Raster?
  /// What a stamp left, where there is one.
  private var stamp: Raster?
  private let blank: Raster
  /// What happened, in words.
  var wear: [String]

  init(page: FormPage, blank: Raster, rates: WearRates, setup: ScanSetup, gray pen: Pen) {
    self.page = page
    self.rates = rates
    self.setup = setup
    self.pen = pen
    self.blank = blank
    scale = 1 / page.blank.mmPerPixel
    print = blank
    ink = Raster(width: blank.width, height: blank.height)
    wear = setup.wear
  }

  /// The blank as this sheet was printed or copied.
  mutating func printForm(_ chance: inout SeededGenerator) {
    if chance.happens(rates.blankCopied) {
      print.photocopy(scale: scale, &chance)
      wear.append("blank copied")
    } else {
      print.blur(sigma: chance.from(0.02...0.04) * scale)
    }
    if chance.happens(rates.doubled) {
      print.double(scale: scale, &chance)
      wear.append("print doubled")
    }
    if chance.happens(rates.screened) {
      print.screen(scale: scale, &chance)
      wear.append("screened")
    }
    // Toner is rarely quite black.
    let black = Float(chance.happens(0.15) ? chance.from(0.15...0.35) : chance.from(0.02...0.14))
    print.scale(1 - black, offset: black)
  }

  /// A stamp's ink for the scan's gray, or for one of its colours.
  private func stampDarkness(_ channel: Int? = nil) -> Float {
    let s = Stamp.ink.swallows
    return channel.map { [s.red, s.green, s.blue][$0] } ?? darkness(Stamp.ink)
  }

  /// How dark this pen's full line is for the scan's gray.
  private func darkness(_ pen: Pen) -> Float {
    let (g, s) = (setup.gray, pen.swallows)
    return g.red * s.red + g.green * s.green + g.blue * s.blue
  }

  /// What the pen did, in its order.
  mutating func ink(_ actions: [PenAction], _ chance: inout SeededGenerator) {
    var painter = DigitPainter(
      width: ink.width, height: ink.height, scale: scale, pen: pen,
      thickness: max(-1, min(1, (pen.width - 0.55) / 0.25)),
      &chance)
    let main = max(darkness(pen), 0.05)
    for action in actions {
      switch action {
      case .draw(let strokes, let used):
        var pen = used
        pen.strength = min(1, pen.strength * Double(darkness(used) / main))
        for stroke in strokes { painter.strokes.paint(stroke, pen: pen, on: &ink, &chance) }
      case .write(let code): painter.write(code, on: &ink, &chance)
      case .stamp(let strokes):
        var layer = stamp ?? Raster(width: ink.width, height: ink.height)
        stamp = nil
        for stroke in strokes {
          painter.strokes.paint(stroke, pen: Stamp.ink, on: &layer, &chance)
        }
        stamp = layer
        wear.append("stamp")
      case .rub(let strokes, let left):
        let left = Float(left)
        for stroke in strokes {
          painter.strokes.cover(stroke, width: stroke.width ?? 3, edge: 0.6, on: &ink) {
            $1 * (1 - $0 * (1 - left))
          }
        }
      case .fluid(let strokes):
        let white = Float(chance.from(0.93...1))
        for stroke in strokes {
          painter.strokes.cover(stroke, width: stroke.width ?? 3, edge: 0.3, on: &ink) {
            $1 * (1 - $0 * 0.97)
          }
          painter.strokes.cover(stroke, width: stroke.width ?? 3, edge: 0.3, on: &print) {
            cover, old in
            // A little shade where the fluid ends.
            let rim = 4 * cover * (1 - cover) * 0.06
            return old + (white - old) * 0.97 * cover - rim
          }
        }
      }
    }
  }

  /// The same page if nobody had written on it: the ink that shines through from behind stays.
  func withoutInk() -> PageWork {
    var bare = self
    bare.shining = ink
    bare.ink = Raster(width: ink.width, height: ink.height)
    return bare
  }

  /// What happened to the paper after it was filled.
  mutating func wearPaper(_ chance: inout SeededGenerator) {
    var back: Raster?
    var through = 0.0
    if chance.happens(rates.showThrough.rate) {
      // The back: the same form turned, shifted, often with somebody's marks on it.
      var other = blank.reduced(by: 4)
      if chance.happens(0.6) { other.darken(by: (shining ?? ink).reduced(by: 4), darkness: 0.8) }
      back = other.shifted(
        x: Int(chance.normal(0, 0.04) * Double(other.width)),
        y: Int(chance.normal(0, 0.15) * Double(other.height)))
      through = chance.from(rates.showThrough.by)
      wear.append("show-through")
    }
    let copies = chance.pick(rates.filledCopied)
    if setup.mode != .colour || copies > 0 {
      print.darken(by: ink, darkness: darkness(pen))
      ink = Raster(width: 1, height: 1)
      if let layer = stamp { print.darken(by: layer, darkness: stampDarkness()) }
      stamp = nil
    }
    for _ in 0..<copies {
      print.photocopy(scale: scale, &chance)
      wear.append("photocopied")
    }
    if let back { print.shineThrough(back, strength: through) }
    for _ in 0..<chance.count(mean: rates.folds) {
      print.fold(scale: scale, &chance)
      wear.append("fold")
    }
    for _ in 0..<chance.count(mean: rates.stains) {
      print.stain(scale: scale, &chance)
      wear.append("stain")
    }
    if chance.happens(rates.tornCorner) {
      print.tear(
        scale: scale, lid: setup.outside, sparing: page.questions.flatMap(\.boxes), &chance)
      wear.append("missing corner")
    }
    if chance.happens(rates.punched) {
      print.punch(scale: scale, lid: setup.outside, &chance)
      wear.append("punch holes")
    }
  }

  /// The scan.
  mutating func scan(_ chance: inout SeededGenerator) throws -> PaintedPicture {
    let photo = rates.tilt.upperBound > 0
    // In pixels of the scan, but no more than a millimetre's eighth: coarse scans are not also
    // out of focus.
    let perMM = setup.geometry.pixelsPerMM
    let sharpness = min(chance.from(rates.blur), max(0.4, 0.125 * perMM)) * scale / perMM
    let inkHere = ink.width > 1
    print.blur(sigma: sharpness)
    var light = setup.geometry.scanned(print, scale: scale, outside: photo ? -1 : setup.outside)
    var marks = Raster(width: 1, height: 1)
    if inkHere {
      ink.blur(sigma: sharpness)
      marks = setup.geometry.scanned(ink, scale: scale, outside: 0, sparse: true)
    }
    var stamped: Raster?
    if var layer = stamp {
      stamp = nil
      layer.blur(sigma: sharpness)
      stamped = setup.geometry.scanned(layer, scale: scale, outside: 0, sparse: true)
    }
    for _ in 0..<chance.count(mean: rates.jerks) { light.jerk(pixelsPerMM: perMM, &chance) }
    let desk = Desk(&chance)
    if photo { desk.lay(under: &light) }
    let field = Raster.light(depth: chance.from(rates.shadow), camera: photo, &chance)
    light.multiply(byField: field)
    addStreaks(to: &light, &chance)
    light.dust(
      count: chance.count(mean: rates.dust), pixelsPerMM: setup.geometry.pixelsPerMM, &chance)
    if setup.mode == .colour {
      return try colour(light, inkHere ? marks : nil, stamped, photo ? desk : nil, &chance)
    }
    let grain = NoiseTile(grain: chance.happens(0.5) ? 0 : chance.from(0.4...1.1), &chance)
    var noise = chance.from(Double(rates.noise.lowerBound)...Double(rates.noise.upperBound))
    noise *= chance.from(0.5...1)
    light.addNoise(
      grain, deviation: Float(noise), inDark: Float(chance.from(0.3...1)), &chance)
    // Black and white, or what a program saved as gray of it.
    let bilevel = setup.mode == .oneBit || chance.happens(rates.oneBit * 0.2)
    setTone(&light, clipped: bilevel || chance.happens(rates.clipped), &chance)
    if bilevel {
      let (way, name) = OneBit.any(for: light, &chance)
      way.apply(to: &light)
      if setup.mode == .gray { light.blur(sigma: chance.from(0.2...0.6)) }
      wear.append(setup.mode == .gray ? "gray from \(name)" : name)
    }
    var pixels = [UInt8](repeating: 0, count: light.values.count)
    light.write(to: &pixels)
    return try finished(pixels, channels: 1, &chance)
  }

  private mutating func addStreaks(to light: inout Raster, _ chance: inout SeededGenerator) {
    // Dust on the glass draws along the feed; a lying page was fed so, or turned by a program.
    let across = setup.geometry.quarterTurns % 2 == 1 && chance.happens(0.5)
    let breadth = Double(across ? light.height : light.width)
    let boxes = page.questions.flatMap(\.targets).map(\.box)
    for _ in 0..<chance.count(mean: rates.streaks) {
      var at = chance.unit() * breadth
      if chance.happens(0.5), !boxes.isEmpty {
        let box = boxes[Int(chance.unit() * Double(boxes.count))]
        let place = setup.geometry.pagePoint(
          box.center.shifted(x: chance.normal(0, 1.5), y: chance.normal(0, 1.5)))
        at = across ? place.y : place.x
      }
      light.streak(at: at, across: across, &chance)
      wear.append("streak")
    }
  }

  private func setTone(
    _ light: inout Raster, clipped: Bool, _ chance: inout SeededGenerator
  ) {
    let paper = chance.from(rates.paperTone)
    if clipped {
      // The scanner makes paper white and print black, and cuts off what is beyond.
      let high = chance.from(0.84...0.97)
      light.stretch(low: Float(chance.from(0...0.12)), high: Float(high))
    } else {
      light.scale(Float(paper))
    }
  }

  private mutating func colour(
    _ light: Raster, _ marks: Raster?, _ stamped: Raster?, _ desk: Desk?,
    _ chance: inout SeededGenerator
  ) throws -> PaintedPicture {
    let paper = Float(chance.from(rates.paperTone))
    let cast = desk == nil ? 0.03 : 0.09
    let tints = [0, 1, 2].map { _ in Float(1 - chance.from(0...cast)) }
    let swallows = [pen.swallows.red, pen.swallows.green, pen.swallows.blue]
    let clipped = chance.happens(rates.clipped)
    let noise = Float(
      chance.from(Double(rates.noise.lowerBound)...Double(rates.noise.upperBound)))
    let shared = NoiseTile(grain: chance.from(0...0.9), &chance)
    var noiseChance = chance.branch(9)
    var pixels = [UInt8](repeating: 0, count: light.values.count * 3)
    for channel in 0..<3 {
      var plane = light
      if let marks { plane.darken(by: marks, darkness: swallows[channel]) }
      if let stamped { plane.darken(by: stamped, darkness: stampDarkness(channel)) }
      plane.scale(paper * tints[channel])
      desk?.colour(&plane, channel: channel)
      var same = noiseChance
      plane.addNoise(shared, deviation: noise, &same)
      plane.addNoise(shared, deviation: noise * 0.25, &noiseChance)
      if clipped { plane.stretch(low: 0.04, high: paper * 0.97) }
      plane.write(to: &pixels, channel: channel, of: 3)
    }
    return try finished(pixels, channels: 3, &chance)
  }

  private mutating func finished(
    _ pixels: [UInt8], channels: Int, _ chance: inout SeededGenerator
  ) throws -> PaintedPicture {
    let oneBit = setup.mode == .oneBit
    let quality = Int(chance.from(rates.quality))
    let photo = rates.tilt.upperBound > 0
    let format: PaintedPicture.Format =
      photo
      ? .jpeg(quality: quality)
      : oneBit
        ? chance.pick([(.png, 1), (.tiff, 1)])
        : chance.pick([(.jpeg(quality: quality), 16), (.png, 1.5), (.tiff, 0.7)])
    let tagged = chance.pick([
      (Double(setup.dpi), photo ? 0.0 : 0.8), (0, photo ? 1 : 0.13), (72, photo ? 0 : 0.04),
      (96, photo ? 0 : 0.03),
    ])
    let picture = PaintedPicture(
      width: setup.geometry.width, height: setup.geometry.height, channels: channels,
      pixels: pixels, oneBit: oneBit, taggedDPI: tagged, format: format)
    guard !oneBit, chance.happens(rates.savedTwice) else { return picture }
    wear.append("saved twice")
    return try PictureFile.savedBefore(picture, quality: Int(chance.from(rates.quality)))
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulator
import Testing

/// What the loops over whole pages mean, one pixel at a time.
private enum SlowTwin {
  static func blurred(_ picture: Raster, sigma: Double) -> Raster {
    let reach = max(1, Int((2.5 * sigma).rounded(.up)))
    let taps = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let total = taps.reduce(0, +)
    func pass(_ picture: Raster, dx: Int, dy: Int) -> Raster {
      var result = picture
      for y in 0..<picture.height {
        for x in 0..<picture.width {
          var sum = 0.0
          for (k, tap) in taps.enumerated() {
            let px = min(max(x + (k - reach) * dx, 0), picture.width - 1)
            let py = min(max(y + (k - reach) * dy, 0), picture.height - 1)
            sum += Double(picture[px, py]) * tap / total
          }
          result[x, y] = Float(sum)
        }
      }
      return result
    }
    return pass(pass(picture, dx: 1, dy: 0), dx: 0, dy: 1)
  }
}

private func speckled(width: Int, height: Int) -> Raster {
  var chance = SeededGenerator(seed: 5)
  var picture = Raster(width: width, height: height)
  for i in picture.values.indices { picture.values[i] = Float(chance.next() % 256) / 255 }
  return picture
}

private func largestDifference(_ a: Raster, _ b: Raster) -> Float {
  zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
}

@Test("Blurring equals its slow twin", arguments: [(3, 3), (17, 5), (64, 65), (7, 90)])
func blurEqualsTwin(width: Int, height: Int) {
  for sigma in [0.4, 1.3, 3.0] {
    let picture = speckled(width: width, height: height)
    var quick = picture
    quick.blur(sigma: sigma)
    #expect(largestDifference(quick, SlowTwin.blurred(picture, sigma: sigma)) < 1e-4)
  }
}

/// Ink as a page has it: most rows empty, a few pixels in the others.
private func sparse(width: Int, height: Int) -> Raster {
  var picture = speckled(width: width, height: height)
  for y in 0..<height {
    for x in 0..<width where y % 40 > 6 || x % 90 > 8 { picture[x, y] = 0 }
  }
  return picture
}

@Test("Rows without ink change nothing in a blur", arguments: [0.4, 1.3, 3.0])
func sparseBlurEqualsTwin(sigma: Double) {
  let picture = sparse(width: 120, height: 130)
  var quick = picture
  quick.blur(sigma: sigma)
  #expect(largestDifference(quick, SlowTwin.blurred(picture, sigma: sigma)) < 1e-4)
}

@Test("A sparse picture is sampled as any other, however it is turned", arguments: [0.0, 0.2, 1.3])
func sparseSampling(angle: Double) {
  let picture = sparse(width: 400, height: 300)
  func sampled(sparse: Bool) -> Raster {
    picture.sampled(width: 300, height: 260, step: 32, outside: 0, sparse: sparse) { y in
      (0...10).map { node in
        let (u, v) = (Double(node * 32) - 150, Double(y) - 130)
        return (200 + u * cos(angle) - v * sin(angle), 150 + u * sin(angle) + v * cos(angle))
      }
    }
  }
  #expect(sampled(sparse: true).values == sampled(sparse: false).values)
}

@Test("Stretching takes low to 0 and high to 1 and cuts off what is beyond")
func stretches() {
  var picture = Raster(width: 5, height: 1)
  picture.values = [0, 0.2, 0.5, 0.8, 1]
  picture.stretch(low: 0.2, high: 0.8)
  for (value, wanted) in zip(picture.values, [0, 0, 0.5, 1, 1] as [Float]) {
    #expect(abs(value - wanted) < 1e-5)
  }
}

@Test("Splitting leaves black and white alone")
func splits() {
  var picture = Raster(width: 3, height: 1)
  picture.values = [0.39, 0.4, 0.41]
  picture.split(at: 0.4)
  #expect(picture.values == [0, 0, 1])
}

@Test("A coarse field multiplies the picture, its corners at the picture's corners")
func fieldMultiplies() {
  var picture = Raster(width: 41, height: 21, filledWith: 1)
  var field = Raster(width: 2, height: 2)
  field.values = [0, 1, 1, 1]
  picture.multiply(byField: field)
  #expect(picture[0, 0] == 0)
  #expect(abs(picture[40, 0] - 1) < 1e-5)
  #expect(abs(picture[20, 0] - 0.5) < 1e-5)
  #expect(abs(picture[20, 10] - 0.75) < 1e-5)
}

@Test("Sampling at the pixels' own middles gives the picture back")
func samplingIsIdentity() {
  let picture = speckled(width: 70, height: 40)
  let same = picture.sampled(width: 70, height: 40, step: 32, outside: 0.5) { y in
    (0...3).map { (Double($0 * 32), Double(y)) }
  }
  #expect(largestDifference(picture, same) < 1e-5)
}

@Test("Sampling half a pixel on gives the mean of neighbours, and the outside beyond the edge")
func samplingBetween() {
  let picture = speckled(width: 70, height: 40)
  let half = picture.sampled(width: 80, height: 40, step: 32, outside: 0.25) { y in
    (0...3).map { (Double($0 * 32) + 0.5, Double(y)) }
  }
  #expect(abs(half[10, 7] - (picture[10, 7] + picture[11, 7]) / 2) < 1e-5)
  #expect(half[75, 7] == 0.25)
}

@Test("A PNG comes back as it was written")
func pngComesBack() throws {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "simulator-\(UUID().uuidString).png").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  let pixels = (0..<37 * 11).map { UInt8($0 * 7 % 256) }
  let picture = PaintedPicture(
    width: 37, height: 11, channels: 1, pixels: pixels, oneBit: false, taggedDPI: 300,
    format: .png)
  try PictureFile.write(picture, to: path)
  let back = try PictureFile.readPNG(path)
  #expect(back.width == 37 && back.height == 11)
  #expect(back.values.map { UInt8(($0 * 255).rounded()) } == pixels)
}

@Test("What is no PNG is refused with its reason")
func refusesWhatIsNoPNG() throws {
  let path = FileManager.default.temporaryDirectory
    .appending(path: "simulator-\(UUID().uuidString).png").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try Data("not a picture".utf8).write(to: URL(filePath: path))
  #expect(throws: PictureFault.self) { try PictureFile.readPNG(path) }
}

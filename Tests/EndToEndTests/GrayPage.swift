// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A page of a PDF as a grey picture of 150 dpi, in the format of netpbm.
struct GrayPage {
  var header: Data
  var width: Int
  var pixels: Data

  init(of pdf: String, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Program.need("pdftoppm"))
    process.arguments = ["-gray", "-r", "150", "-singlefile", pdf, folder + "/page"]
    try process.run()
    process.waitUntilExit()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/page.pgm"))
    // P5, width and height, 255: three lines.
    let ends = bytes.indices.filter { bytes[$0] == 10 }
    header = bytes[...ends[2]]
    pixels = Data(bytes[(ends[2] + 1)...])
    let size = String(decoding: bytes[(ends[0] + 1)..<ends[1]], as: UTF8.self)
    width = Int(size.split(separator: " ")[0]) ?? 1
  }

  /// A cross over a box, as a pen makes it; the box in pixels of so many dpi.
  mutating func cross(_ box: [Double], dpi: Double) {
    let scaled = box.map { $0 * 150 / dpi }
    for step in 0...200 {
      let part = Double(step) / 200
      for y in [part, 1 - part] {
        let (atX, atY) = (Int(scaled[0] + part * scaled[2]), Int(scaled[1] + y * scaled[3]))
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (2, 1)] {
          pixels[(atY + dy) * width + atX + dx] = 30
        }
      }
    }
  }

  /// A pale line through a box, as a copier draws it that stopped; the box in pixels of so many
  /// dpi.
  mutating func line(through box: [Double], dpi: Double) {
    let scaled = box.map { $0 * 150 / dpi }
    let row = Int(scaled[1] + 0.7 * scaled[3])
    for column in Int(scaled[0] + 0.3 * scaled[2])..<Int(scaled[0] + 0.6 * scaled[2]) {
      for thick in 0..<2 { pixels[(row + thick) * width + column] = 215 }
    }
  }

  /// Spills ink over a place of an A4 page, in millimetres.
  mutating func spill(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let perMM = 150 / 25.4
    for row in Int(y.lowerBound * perMM)..<Int(y.upperBound * perMM) {
      for column in Int(x.lowerBound * perMM)..<Int(x.upperBound * perMM) {
        pixels[row * width + column] = 20
      }
    }
  }

  func write(_ path: String) throws {
    try (header + pixels).write(to: URL(fileURLWithPath: path))
  }
}

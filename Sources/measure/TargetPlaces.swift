// SPDX-License-Identifier: Apache-2.0
import Ballot
import Foundation
import Geometry

/// Where the targets of painted sheets truly lie, and how far from there they were found.
struct TargetPlaces {
  /// For each page (`file#page`) the centre of each target or cell in its pixels; (0, 0) is the
  /// middle of the first pixel there.
  private let pages: [String: [String: [Double]]]

  /// `nil` where the folder has no `places.json.gz`.
  init?(folder: URL) throws {
    let file = folder.appendingPathComponent("places.json.gz")
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let unpack = Process()
    unpack.executableURL = URL(fileURLWithPath: "/bin/gzip")
    unpack.arguments = ["-dc", file.path]
    let pipe = Pipe()
    unpack.standardOutput = pipe
    try unpack.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    unpack.waitUntilExit()
    pages = try JSONDecoder().decode([String: [String: [Double]]].self, from: data)
  }

  /// Distances of all targets and cells of a page from their true places, in millimetres on the
  /// blank.
  ///
  /// The sets took a box's coordinates, too, for middles of pixels: their place is that of the
  /// box moved by half a pixel of the blank, whose size is 25.4 / `dpi` mm.
  func errors(_ page: MeasuredPage, dpi: Double) -> [Double] {
    guard let reading = page.reading,
      let truth = pages["\(page.sheet.file)#\(page.sheet.page ?? 1)"]
    else { return [] }
    let scale = max(0.1, reading.evidence.pixelsPerMM)
    let half = 0.5 * 25.4 / dpi * scale
    var errors: [Double] = []
    for question in reading.evidence.questions {
      for target in question.targets {
        if let place = truth["\(question.question)/\(target.value)"] {
          errors.append(Self.distance(target.corners, place, half: half) / scale)
        }
      }
      for (index, cell) in question.cells.enumerated() {
        if let place = truth["\(question.question)/\(index)"] {
          errors.append(Self.distance(cell, place, half: half) / scale)
        }
      }
    }
    return errors
  }

  private static func distance(_ corners: [PagePoint], _ place: [Double], half: Double) -> Double {
    guard corners.count == 4 else { return .infinity }
    let along = direction(corners[0], corners[1])
    let down = direction(corners[0], corners[3])
    let x = corners.reduce(0) { $0 + $1.x } / 4 + half * (along.x + down.x)
    let y = corners.reduce(0) { $0 + $1.y } / 4 + half * (along.y + down.y)
    return PagePoint(x: x, y: y).distance(to: PagePoint(x: place[0] + 0.5, y: place[1] + 0.5))
  }

  private static func direction(_ a: PagePoint, _ b: PagePoint) -> PagePoint {
    let length = max(1e-9, a.distance(to: b))
    return PagePoint(x: (b.x - a.x) / length, y: (b.y - a.y) / length)
  }
}

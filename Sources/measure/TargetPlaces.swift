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
  func errors(_ page: MeasuredPage) -> [Double] {
    guard let reading = page.reading,
      let truth = pages["\(page.sheet.file)#\(page.sheet.page ?? 1)"]
    else { return [] }
    var errors: [Double] = []
    for question in reading.evidence.questions {
      for target in question.targets {
        if let place = truth["\(question.question)/\(target.value)"] {
          errors.append(Self.distance(target.corners, place))
        }
      }
      for (index, cell) in question.cells.enumerated() {
        if let place = truth["\(question.question)/\(index)"] {
          errors.append(Self.distance(cell, place))
        }
      }
    }
    return errors.map { $0 / max(0.1, reading.evidence.pixelsPerMM) }
  }

  private static func distance(_ corners: [PagePoint], _ place: [Double]) -> Double {
    let count = Double(max(1, corners.count))
    let dx = corners.reduce(0) { $0 + $1.x } / count - (place[0] + 0.5)
    let dy = corners.reduce(0) { $0 + $1.y } / count - (place[1] + 0.5)
    return (dx * dx + dy * dy).squareRoot()
  }
}

// SPDX-License-Identifier: Apache-2.0
import Imaging

/// The long straight lines of a blank's print: tables, frames, lines to write on.
///
/// A line that a scanner draws a little thicker or beside its place leaves slivers of ink along
/// it, many times longer than any speck. They are the line's.
struct PrintedLines: Sendable {
  /// 1 on lines and near them, by the canvas's squares.
  private let near: [UInt8]

  /// Shorter runs of dark squares are letters and boxes: 8 mm.
  private static let least = 64
  /// A sliver lies this near its line, in squares: 0.4 mm.
  private static let reach = 3
  /// What is darker than this share of the paper's level is print.
  private static let print = 0.75

  init(of blank: GrayPicture) {
    let limit = UInt8(Self.print * Double(Paper.white))
    var lines = [UInt8](repeating: 0, count: blank.pixels.count)
    func mark(_ count: Int, _ other: Int, _ at: (Int, Int) -> Int) {
      for line in 0..<other {
        var start = 0
        for place in 0...count where place == count || blank.pixels[at(line, place)] >= limit {
          if place - start >= Self.least {
            for each in start..<place { lines[at(line, each)] = 255 }
          }
          start = place + 1
        }
      }
    }
    mark(blank.width, blank.height) { $0 * blank.width + $1 }
    mark(blank.height, blank.width) { $1 * blank.width + $0 }
    near =
      GrayPicture(width: blank.width, height: blank.height, pixels: lines)
      .brightest(within: Self.reach).pixels
  }

  /// Whether a square of the canvas lies on a line or beside it.
  func isNear(_ square: Int) -> Bool { near[square] != 0 }
}

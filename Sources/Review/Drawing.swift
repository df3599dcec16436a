// SPDX-License-Identifier: Apache-2.0
import CChafa
import Foundation
package import Imaging

/// How pictures reach the terminal.
public enum Graphics: String, Hashable, Sendable, CaseIterable {
  /// Whatever the terminal's name promises.
  case auto
  /// Braille dots: works everywhere.
  case symbols
  case sixel
  case kitty

  /// What `auto` stands for here.
  ///
  /// The terminal is known by its environment and never asked. Inside tmux or screen a promise
  /// of the outer terminal does not hold, so it is symbols there.
  package func settled(environment: [String: String]) -> Graphics {
    guard self == .auto else { return self }
    if environment["TMUX"] != nil || environment["STY"] != nil { return .symbols }
    let lines = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") }
    var pointers = unsafe lines + [nil]
    defer { unsafe lines.forEach { unsafe free($0) } }
    let found = unsafe pointers.withUnsafeMutableBufferPointer {
      unsafe phieu_chafa_detect($0.baseAddress)
    }
    switch UInt32(found) {
    case PHIEU_KITTY.rawValue: return .kitty
    case PHIEU_SIXEL.rawValue: return .sixel
    default: return .symbols
    }
  }
}

/// A picture as a terminal takes it.
package struct Drawing: Hashable, Sendable {
  package var columns: Int
  package var rows: Int
  /// The lines of a drawing in symbols; blank lines where `escape` draws over them.
  package var lines: [String]
  /// What draws the picture from the upper left cell on; `nil` for symbols.
  package var escape: String?
  /// Pixels of the crop for each column and row.
  package var pixelsPerColumn: Double
  package var pixelsPerRow: Double

  /// Draws a crop into at most so many cells of `cell` pixels.
  package init(
    _ crop: GrayPicture, graphics: Graphics, columns: Int, rows: Int,
    cell: (width: Int, height: Int)
  ) {
    let isSymbols = graphics == .symbols || graphics == .auto
    let (across, down) = isSymbols ? (2, 4) : (cell.width, cell.height)
    let size = DrawnSize(
      width: crop.width, height: crop.height, columns: columns, rows: rows, dotsAcross: across,
      dotsDown: down)
    self.columns = size.columns
    self.rows = size.rows
    pixelsPerColumn = size.pixelsPerDot * Double(across)
    pixelsPerRow = size.pixelsPerDot * Double(down)
    let picture =
      isSymbols ? crop.inkDots(size, dotsAcross: 2, dotsDown: 4) : crop.padded(toFill: size, cell)
    let text = Self.draw(
      picture, isSymbols ? PHIEU_SYMBOLS : graphics == .kitty ? PHIEU_KITTY : PHIEU_SIXEL,
      columns: size.columns, rows: size.rows, cell: cell)
    let blank = [String](repeating: "", count: size.rows)
    if isSymbols {
      lines = Array(
        (text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + blank)
          .prefix(size.rows))
      escape = nil
    } else {
      lines = blank
      escape = text
    }
  }

  private static func draw(
    _ picture: GrayPicture, _ graphics: phieu_graphics, columns: Int, rows: Int,
    cell: (width: Int, height: Int)
  ) -> String {
    var colors = [UInt8](repeating: 255, count: 4 * picture.pixels.count)
    for (index, level) in picture.pixels.enumerated() {
      for channel in 0..<3 { colors[4 * index + channel] = level }
    }
    let text = unsafe colors.withUnsafeBufferPointer {
      unsafe phieu_chafa_draw(
        CInt(graphics.rawValue), $0.baseAddress, CInt(picture.width), CInt(picture.height),
        CInt(columns), CInt(rows), CInt(cell.width), CInt(cell.height))
    }
    guard let text = unsafe text else { return "" }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }
}

extension GrayPicture {
  /// The picture on paper of the cells' shape, so that filling the cells stretches nothing.
  fileprivate func padded(
    toFill size: DrawnSize, _ cell: (width: Int, height: Int)
  ) -> GrayPicture {
    let wide = Int(Double(size.columns * cell.width) * size.pixelsPerDot)
    let high = Int(Double(size.rows * cell.height) * size.pixelsPerDot)
    var result = GrayPicture(width: max(width, wide), height: max(height, high))
    for y in 0..<height {
      result.pixels.replaceSubrange(
        (y * result.width)..<(y * result.width + width),
        with: pixels[(y * width)..<((y + 1) * width)])
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0
package import Geometry
import Foundation
package import Imaging

/// One cell's own ink, freed from lines, print, neighbours and specks.
package struct IsolatedCell: Hashable, Sendable {
  /// The ink's box in gray, 0 none to 255 as dark as this cell's strokes are; `nil` where the
  /// cell is empty.
  package var ink: GrayPicture?
  /// Ink in mm².
  package var inkMM2: Double
  /// How much darker than the paper the strokes are, in levels.
  package var strength: Double
  /// Whether a piece was cut between this cell and its neighbour.
  package var isCut: Bool

  /// Ink in the cell that was left out: specks, what shines through, crumbs; in mm².
  package var dirtMM2: Double
}

/// Finds the ink of each cell of a code on a page.
package enum CellIsolation {
  /// Less ink than this is none, in mm²: the smallest 1 of a fine pen has three times as much.
  private static let leastInk = 0.25
  /// Pieces smaller than this part of the largest are dirt.
  private static let leastPart = 0.02
  /// A piece no larger than this, in mm², and farther than this from the largest, in mm, is dirt:
  /// the parts of a broken stroke lie nearer.
  private static let smallPiece = 0.13
  private static let farFromMain = 0.45
  /// Pieces paler than this part of the darkest large one shine through from the back.
  private static let palePart = 0.4
  /// The strokes' darkness is that of the ink above which this part of it lies.
  private static let strengthAt = 0.8

  /// The cells of a field as the picture has them, in the form's order.
  package static func isolate(
    _ picture: GrayPicture, map: (BlankPoint) -> PagePoint, field: PreparedField
  ) -> [IsolatedCell] {
    let ink = FieldInk(field.canvas.sample(picture, by: map), field: field)
    let pieces = InkPieces(ink, cells: field.boxes)
    return pieces.ofCell.indices.map {
      var cell = cell(pieces.ofCell[$0], isCut: pieces.isCut[$0], ink: ink)
      cell.dirtMM2 += pieces.remains[$0]
      return cell
    }
  }

  private static func empty(dirtMM2: Double) -> IsolatedCell {
    IsolatedCell(ink: nil, inkMM2: 0, strength: 0, isCut: false, dirtMM2: dirtMM2)
  }

  private static func cell(
    _ all: [InkPiece], isCut: Bool, ink: FieldInk
  ) -> IsolatedCell {
    guard let main = all.max(by: { $0.squares.count < $1.squares.count }) else {
      return empty(dirtMM2: 0)
    }
    let largest = main.squares.count
    let darkest =
      all.filter { $0.squares.count * 4 >= largest }.map(\.darkness).max() ?? 0
    let pieces = all.filter {
      Double($0.squares.count) >= leastPart * Double(largest)
        && $0.darkness >= palePart * darkest
        && ($0.areaMM2 > smallPiece || $0.gapMM(to: main) < farFromMain)
    }
    let area = pieces.reduce(0) { $0 + $1.areaMM2 }
    let whole = all.reduce(0) { $0 + $1.areaMM2 }
    guard let most = pieces.map(\.areaMM2).max(), most >= leastInk else {
      return empty(dirtMM2: whole)
    }
    let levels = pieces.flatMap { $0.squares.map { ink.darkness[$0] } }.sorted()
    let strength = max(1, levels[Int(strengthAt * Double(levels.count - 1))])
    let left = pieces.map(\.left).min() ?? 0
    let top = pieces.map(\.top).min() ?? 0
    let right = pieces.map(\.right).max() ?? 0
    let bottom = pieces.map(\.bottom).max() ?? 0
    var picture = GrayPicture(
      width: right - left + 1, height: bottom - top + 1, filledWith: 0)
    for piece in pieces {
      for square in piece.squares {
        picture[square % ink.width - left, square / ink.width - top] = UInt8(
          min(255, (ink.darkness[square] / strength * 255).rounded()))
      }
    }
    return IsolatedCell(
      ink: picture, inkMM2: area, strength: Double(strength), isCut: isCut,
      dirtMM2: whole - area)
  }
}

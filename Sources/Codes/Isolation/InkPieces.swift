// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One connected piece of ink on a field.
struct InkPiece: Sendable {
  /// Its squares as indices into the canvas.
  var squares: [Int]
  var left = Int.max
  var top = Int.max
  var right = Int.min
  var bottom = Int.min
  /// The mean of its darkness, in levels.
  var darkness: Double = 0

  var areaMM2: Double {
    Double(squares.count) / (FieldCanvas.pixelsPerMM * FieldCanvas.pixelsPerMM)
  }
  var widthMM: Double { Double(right - left + 1) / FieldCanvas.pixelsPerMM }
  var heightMM: Double { Double(bottom - top + 1) / FieldCanvas.pixelsPerMM }

  /// The gap between this piece's box and another's, in mm; 0 where they overlap.
  func gapMM(to other: InkPiece) -> Double {
    let x = max(0, max(left - other.right, other.left - right))
    let y = max(0, max(top - other.bottom, other.top - bottom))
    return Double(x * x + y * y).squareRoot() / FieldCanvas.pixelsPerMM
  }

  init(squares: [Int], width: Int, darkness levels: [Float]) {
    self.squares = squares
    var sum = 0.0
    for square in squares {
      let (x, y) = (square % width, square / width)
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
      sum += Double(levels[square])
    }
    darkness = sum / Double(max(1, squares.count))
  }
}

/// The ink of a field, piece by piece, and whose each piece is.
///
/// Pieces are found over the whole field and not cell by cell: a digit that leans over its cell's
/// edge stays one piece, and does not make the neighbour's cell full.
struct InkPieces: Sendable {
  /// The pieces of each cell.
  var ofCell: [[InkPiece]]
  /// Whether a piece was cut between this cell and another.
  var isCut: [Bool]
  /// What was taken for a line's or a streak's remains well inside each cell, in mm²: where a cell
  /// has nothing else, it may have been a thin stroke.
  var remains: [Double]

  private static let mm = FieldCanvas.pixelsPerMM
  /// Less is a speck, in mm².
  private static let speck = 0.03
  /// Crumbs of a line's edge lie so near to it, in mm, …
  private static let crumbReach = 0.38
  /// … and are no larger than this, in mm².
  private static let largestCrumb = 0.3
  /// A streak is thinner than this, in mm.
  private static let streakWidth = 0.5
  /// A leaning neighbour's tail comes no deeper into a cell than this, in mm.
  private static let guestDepth = 1.0
  /// A piece with a smaller part of it inside the cells comes from elsewhere.
  private static let leastInside = 0.25
  /// A piece of which another cell holds more than this part of what it and the main one hold (of
  /// a chain of four digits none has much of the whole), …
  private static let sharedPart = 0.3
  /// … and more ink than this, in mm², is two digits that touch.
  private static let sharedInk = 0.5

  init(_ ink: FieldInk, cells: [FieldBox]) {
    ofCell = Array(repeating: [], count: cells.count)
    isCut = Array(repeating: false, count: cells.count)
    remains = Array(repeating: 0, count: cells.count)
    let near = Self.nearLines(ink)
    let owner = Self.owners(cells, width: ink.width, height: ink.height)
    for squares in Self.connected(ink.mask, width: ink.width, height: ink.height) {
      let piece = InkPiece(squares: squares, width: ink.width, darkness: ink.darkness)
      guard piece.areaMM2 >= Self.speck else { continue }
      guard !Self.isOfLine(piece, ink, near: near),
        !Self.isStreak(piece, height: ink.height)
      else {
        noteRemains(piece, near: near, owner: owner)
        continue
      }
      var counts = [Int](repeating: 0, count: cells.count)
      for square in squares where owner[square] >= 0 { counts[Int(owner[square])] += 1 }
      let order = counts.indices.sorted { counts[$0] > counts[$1] }
      guard let first = order.first,
        Double(counts.reduce(0, +)) >= Self.leastInside * Double(squares.count)
      else { continue }
      let shared = order.dropFirst().filter {
        Double(counts[$0]) > Self.sharedPart * Double(counts[first] + counts[$0])
          && Double(counts[$0]) > Self.sharedInk * Self.mm * Self.mm
      }
      if shared.isEmpty {
        ofCell[first].append(piece)
        noteGuest(piece, of: first, cells: cells, width: ink.width)
      } else {
        cut(squares, among: [first] + shared, cells: cells, ink: ink)
      }
    }
  }

  /// A neighbour's ink well inside a cell may hide the cell's own: a scribble that reaches over.
  private mutating func noteGuest(
    _ piece: InkPiece, of owner: Int, cells: [FieldBox], width: Int
  ) {
    for cell in cells.indices where cell != owner {
      let box = cells[cell]
      guard Double(piece.right) > box.left, Double(piece.left) < box.right else { continue }
      let inside = piece.squares.count {
        box.distance(Double($0 % width) + 0.5, Double($0 / width) + 0.5) < -Self.guestDepth
          * Self.mm
      }
      remains[cell] += Double(inside) / (Self.mm * Self.mm)
    }
  }

  private mutating func noteRemains(_ piece: InkPiece, near: [UInt8], owner: [Int16]) {
    for square in piece.squares where near[square] == 0 && owner[square] >= 0 {
      remains[Int(owner[square])] += 1 / (Self.mm * Self.mm)
    }
  }

  /// Gives each cell the squares that are nearer to it than to the others.
  private mutating func cut(
    _ squares: [Int], among owners: [Int], cells: [FieldBox], ink: FieldInk
  ) {
    var parts: [Int: [Int]] = [:]
    for square in squares {
      let (x, y) = (Double(square % ink.width) + 0.5, Double(square / ink.width) + 0.5)
      let nearest = owners.min { cells[$0].distance(x, y) < cells[$1].distance(x, y) }
      if let nearest { parts[nearest, default: []].append(square) }
    }
    for (cell, part) in parts.sorted(by: { $0.key < $1.key }) {
      isCut[cell] = true
      ofCell[cell].append(InkPiece(squares: part, width: ink.width, darkness: ink.darkness))
    }
  }

  /// The cell that each square lies in, −1 in none.
  private static func owners(_ cells: [FieldBox], width: Int, height: Int) -> [Int16] {
    var result = [Int16](repeating: -1, count: width * height)
    for (index, cell) in cells.enumerated().prefix(Int(Int16.max)) {
      let squares = cell.squares(width: width, height: height)
      for y in squares.ys { for x in squares.xs { result[y * width + x] = Int16(index) } }
    }
    return result
  }

  /// 1 near a line's band: where its ragged edge leaves crumbs.
  private static func nearLines(_ ink: FieldInk) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: ink.mask.count)
    for line in ink.lines {
      line.forEachSquare(margin: crumbReach * mm, width: ink.width, height: ink.height) {
        result[$0] = 1
      }
    }
    return result
  }

  private static func isOfLine(_ piece: InkPiece, _ ink: FieldInk, near: [UInt8]) -> Bool {
    if hugsLine(piece, ink.lines) { return true }
    guard piece.areaMM2 < largestCrumb else { return false }
    let count = piece.squares.count { near[$0] != 0 }
    return Double(count) >= 0.9 * Double(piece.squares.count)
  }

  /// A scanner's streak or a fold: from above the code to below it, and thin.
  private static func isStreak(_ piece: InkPiece, height: Int) -> Bool {
    piece.top <= 2 && piece.bottom >= height - 3
      && piece.areaMM2 < streakWidth * piece.heightMM
  }

  /// What is left of a line beside it: thin and near, or long and not far.
  private static func hugsLine(_ piece: InkPiece, _ lines: [CellLine]) -> Bool {
    lines.contains { line in
      let isAcross = line.direction == .across
      let (thick, long) =
        isAcross ? (piece.heightMM, piece.widthMM) : (piece.widthMM, piece.heightMM)
      guard thick < 0.4, long >= thick else { return false }
      let middle =
        Double(isAcross ? piece.top + piece.bottom + 1 : piece.left + piece.right + 1) / 2
      let along =
        Double(isAcross ? piece.left + piece.right + 1 : piece.top + piece.bottom + 1) / 2
      let distance = abs(middle - line.middle) / mm
      guard along >= line.from, along <= line.to else { return false }
      return distance < 0.45 || (long > 1.5 && distance < 0.8 && thick < 0.25)
    }
  }

  /// Squares that touch, also over corners, as lists of indices.
  private static func connected(_ mask: [UInt8], width: Int, height: Int) -> [[Int]] {
    var isSeen = [Bool](repeating: false, count: mask.count)
    var result: [[Int]] = []
    for start in mask.indices where mask[start] != 0 && !isSeen[start] {
      isSeen[start] = true
      var squares = [start]
      var next = 0
      while next < squares.count {
        let (x, y) = (squares[next] % width, squares[next] / width)
        next += 1
        for v in max(0, y - 1)...min(height - 1, y + 1) {
          for u in max(0, x - 1)...min(width - 1, x + 1) where mask[v * width + u] != 0 {
            let at = v * width + u
            if !isSeen[at] {
              isSeen[at] = true
              squares.append(at)
            }
          }
        }
      }
      result.append(squares)
    }
    return result
  }
}

extension FieldBox {
  /// How far a place lies outside, in squares; negative inside, by its distance to the edge.
  func distance(_ x: Double, _ y: Double) -> Double {
    max(max(left - x, x - right), max(top - y, y - bottom))
  }
}

// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Geometry
public import Imaging
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Where a blank lies on a page: its map, and how well it fits.
///
/// The map is kept as places of the page at the crossings of a grid of 1.25 mm, bilinear between:
/// about ten operations a point, and exact to a few micrometres for the fields that registration
/// makes.
public struct PageFit: BlankToPage, Sendable {
  /// How the page lay.
  public let rotation: QuarterTurn
  /// How well the page fits.
  public let summary: RegistrationSummary
  /// Pixels of the page for each millimetre of the blank, at the middle of the blank.
  public let pixelsPerMM: Double

  /// The page's places at the crossings, rows first.
  @usableFromInline let nodes: [SIMD2<Float>]
  @usableFromInline let columns: Int
  @usableFromInline let rows: Int
  /// The first crossing on the blank, in millimetres.
  @usableFromInline let origin: SIMD2<Double>
  /// Crossings a millimetre.
  @usableFromInline let perMM: Double

  /// Middles of questions that lie on a neighbour's print (`NeighbourPrint`).
  var misplaced: [SIMD2<Double>] = []
  /// The places that were looked at.
  let places: [(blank: SIMD2<Double>, agrees: Bool)]

  /// The place on the page of a place on the blank, in pixels. Defined everywhere; beyond 15 mm
  /// round the blank the outermost cells go on straight.
  @inlinable
  public func pagePoint(_ point: BlankPoint) -> PagePoint {
    let (x, y) = ((point.x - origin.x) * perMM, (point.y - origin.y) * perMM)
    let column = Int(max(0, min(Double(columns - 2), x.rounded(.down))))
    let row = Int(max(0, min(Double(rows - 2), y.rounded(.down))))
    let (fx, fy) = (Float(x - Double(column)), Float(y - Double(row)))
    let at = row * columns + column
    let upper = nodes[at] + fx * (nodes[at + 1] - nodes[at])
    let lower = nodes[at + columns] + fx * (nodes[at + columns + 1] - nodes[at + columns])
    let page = upper + fy * (lower - upper)
    return PagePoint(x: Double(page.x), y: Double(page.y))
  }

  /// The places on the page of a row of equally spaced places on the blank: the fast way to
  /// sample a picture.
  ///
  /// - Parameters:
  ///   - start: The first place.
  ///   - stepMM: From each place to the next one, to the right.
  ///   - result: As many places as it has room for, in pixels of the page.
  public func pageRow(
    from start: BlankPoint, stepMM: Double, into result: inout [SIMD2<Float>]
  ) {
    let y = (start.y - origin.y) * perMM
    let row = Int(max(0, min(Double(rows - 2), y.rounded(.down))))
    let fy = Float(y - Double(row))
    let (first, step) = ((start.x - origin.x) * perMM, stepMM * perMM)
    let last = Double(columns - 2)
    let count = result.count
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe result.withUnsafeMutableBufferPointer { result in
        for index in 0..<count {
          let x = first + step * Double(index)
          let column = Int(max(0, min(last, x)))
          let fx = Float(x - Double(column))
          let at = row * columns + column
          let upper = unsafe nodes[at] + fx * (nodes[at + 1] - nodes[at])
          let lower =
            unsafe nodes[at + columns]
            + fx * (nodes[at + columns + 1] - nodes[at + columns])
          unsafe result[index] = upper + fy * (lower - upper)
        }
      }
    }
  }

  /// How much of the blank is not to be seen.
  ///
  /// - Parameters:
  ///   - picture: The page.
  ///   - blank: The blank that lies on it.
  /// - Returns: The share of the blank's area that lies off the picture, from 0 to 1.
  public func shareOff(_ picture: GrayPicture, of blank: RegistrationBlank) -> Double {
    let page = PageBox(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    let step = Self.areaStepMM
    let xs = stride(from: step / 2, to: blank.widthMM, by: step)
    let ys = stride(from: step / 2, to: blank.heightMM, by: step)
    let points = ys.flatMap { y in xs.map { BlankPoint(x: $0, y: y) } }
    let off = points.count { !page.contains(pagePoint($0)) }
    return Double(off) / Double(max(1, points.count))
  }

  /// The blank's area is looked at in squares of so many millimetres: 2,500 of an A4 sheet.
  private static let areaStepMM = 5.0

  /// How surely a question's boxes were found.
  ///
  /// - Parameter box: Round all boxes of the question.
  /// - Returns: The share of agreeing places round them, from 0 to 1; 0 where their own print was
  ///   not found, whatever is found round it: another version may lack just this question.
  public func agreement(around box: BlankBox) -> Double {
    let own = box.grown(by: Self.ownPrintMM)
    let places = places.filter { own.contains(BlankPoint(x: $0.blank.x, y: $0.blank.y)) }
    let isGone = places.count >= Self.leastOwnPlaces && !places.contains(where: \.agrees)
    return isGone ? 0 : agreement(around: box.center)
  }

  /// What stands so near a question's boxes is its own print, in millimetres.
  private static let ownPrintMM = 4.0
  /// Fewer places may have been lost by chance.
  private static let leastOwnPlaces = 4

  /// The share of agreeing places round a place of the blank, from 0 to 1: Gaussian weights of
  /// σ 12 mm; where no place is near, the page's own share. 0 near a question that lies on its
  /// neighbour's print.
  public func agreement(around point: BlankPoint) -> Double {
    let middle = SIMD2(point.x, point.y)
    if misplaced.contains(where: { NeighbourPrint.reaches($0, middle) }) { return 0 }
    let share = summary.share
    // A little of the page's share, so that lone far places decide nothing.
    var (agreeing, sum) = (share * 0.01, 0.01)
    for place in places {
      let off = place.blank - middle
      let square = (off.x * off.x + off.y * off.y) / (12 * 12)
      guard square < 20 else { continue }
      let weight = exp(-0.5 * square)
      sum += weight
      if place.agrees { agreeing += weight }
    }
    return agreeing / sum
  }
}

extension PageFit {
  /// Distance of the crossings where the field is computed, in millimetres.
  private static let coarseStepMM = 5.0
  /// Crossings that are kept for each of them.
  private static let finer = 4
  /// Beyond the blank, in millimetres.
  private static let marginMM = 15.0

  /// Keeps a map as a grid; `pixelsPerPageMM` are the page's pixels for each page millimetre.
  init(
    _ map: FittedMap, found: PlaceSearch.Found, blank: RegistrationBlank, pixelsPerPageMM: Double
  ) {
    let middle = SIMD2(blank.widthMM, blank.heightMM) / 2
    rotation = QuarterTurn(rawValue: 90 * map.turns) ?? .upright
    pixelsPerMM = map.projection.scale(at: middle) * pixelsPerPageMM

    var (square, agreeing, lookedAt) = (0.0, 0, 0)
    var places: [(blank: SIMD2<Double>, agrees: Bool)] = []
    for (index, center) in blank.fine.centers.enumerated() where found.onPicture[index] {
      lookedAt += 1
      places.append((center, map.agrees[index]))
      if map.agrees[index] {
        agreeing += 1
        square += map.leftMM[index] * map.leftMM[index]
      }
    }
    self.places = places
    summary = RegistrationSummary(
      residualMM: (square / Double(max(1, agreeing))).squareRoot(), places: agreeing,
      placesLookedAt: lookedAt)

    // The field on a wide grid, one crossing more on each side for the cubics, then finer.
    let (step, finer) = (Self.coarseStepMM, Self.finer)
    let cellsX = Int(((blank.widthMM + 2 * Self.marginMM) / step).rounded(.up))
    let cellsY = Int(((blank.heightMM + 2 * Self.marginMM) / step).rounded(.up))
    let xs = (-1...(cellsX + 1)).map { Double($0) * step - Self.marginMM }
    let ys = (-1...(cellsY + 1)).map { Double($0) * step - Self.marginMM }
    var shifts = [SIMD2<Double>](repeating: .zero, count: xs.count * ys.count)
    for stage in map.field.stages {
      for (index, value) in stage.values(xs: xs, ys: ys).enumerated() { shifts[index] += value }
    }
    let columns = cellsX * finer + 1
    let rows = cellsY * finer + 1
    self.columns = columns
    self.rows = rows
    origin = SIMD2(repeating: -Self.marginMM)
    perMM = Double(finer) / step
    let weights = (0..<finer).map { Self.cubic(Double($0) / Double(finer)) }
    var wide = [SIMD2<Double>](repeating: .zero, count: columns * ys.count)
    for row in ys.indices {
      for column in 0..<columns {
        let (at, part) = (row * xs.count + column / finer, weights[column % finer])
        // The last crossing has a fourth neighbour with no weight.
        let fourth = shifts[min(at + 3, row * xs.count + xs.count - 1)]
        var shift = part[0] * shifts[at] + part[1] * shifts[at + 1]
        shift += part[2] * shifts[at + 2] + part[3] * fourth
        wide[row * columns + column] = shift
      }
    }
    var nodes: [SIMD2<Float>] = []
    nodes.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let (at, part) = (row / finer * columns, weights[row % finer])
      let fourth = min(row / finer + 3, ys.count - 1) * columns
      let y = Double(row) / perMM - Self.marginMM
      for column in 0..<columns {
        var shift = part[0] * wide[at + column]
        shift += part[1] * wide[at + columns + column]
        shift += part[2] * wide[at + 2 * columns + column]
        shift += part[3] * wide[fourth + column]
        let place = map.projection(SIMD2(Double(column) / perMM - Self.marginMM, y))
        nodes.append(SIMD2<Float>((place + shift) * pixelsPerPageMM))
      }
    }
    self.nodes = nodes
  }

  /// Weights of four neighbours for a place between the middle two.
  ///
  /// - SeeAlso: E. Catmull, R. Rom, *A class of local interpolating splines*, 1974.
  private static func cubic(_ t: Double) -> SIMD4<Double> {
    SIMD4(
      0.5 * t * (-1 + t * (2 - t)), 0.5 * (2 + t * t * (3 * t - 5)),
      0.5 * t * (1 + t * (4 - 3 * t)), 0.5 * t * t * (t - 1))
  }
}

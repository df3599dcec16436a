// SPDX-License-Identifier: Apache-2.0

/// Sums of 0s and 1s along the columns of a picture, upright or aslant.
///
/// A slanting line keeps its column for a few rows before it moves on, so that it is a handful of
/// pieces of upright ones; those are differences of two rows of running sums. Two dozen slopes cost
/// so little more than one.
public struct SlantedSums {
  /// The picture's width.
  public let width: Int
  /// How many rows are summed.
  public let count: Int
  /// Row n holds, for each column, the sum of the first n rows, less as many times 256 as fit.
  private var running: [UInt8]

  /// A line of more rows than this has sums that do not fit into a byte.
  public static let mostRows = 255

  /// - Parameters:
  ///   - flags: A picture of whole rows, of which one bit counts.
  ///   - width: How many squares a row has.
  ///   - bit: Which bit.
  ///   - rows: The rows to sum; each of the picture's.
  public init(_ flags: [UInt8], width: Int, bit: UInt8, rows: [Int]) {
    precondition(rows.allSatisfy { $0 >= 0 && ($0 + 1) * width <= flags.count })
    self.width = width
    count = rows.count
    running = [UInt8](repeating: 0, count: (rows.count + 1) * width)
    unsafe flags.withUnsafeBufferPointer { flags in
      unsafe running.withUnsafeMutableBufferPointer { running in
        for (number, row) in rows.enumerated() {
          let (from, last, next) = (row * width, number * width, (number + 1) * width)
          for x in 0..<width {
            unsafe running[next + x] = running[last + x] &+ (flags[from + x] >> bit & 1)
          }
        }
      }
    }
  }

  /// For each column the sum along the line that begins there in the `first` of the summed rows
  /// and has moved by `shifts[n]` columns n rows further; squares beside the picture count nothing.
  ///
  /// - Complexity: O(`width` × (1 + how often the shift changes)).
  public func along(_ shifts: [Int], from first: Int = 0) -> [UInt16] {
    precondition(first >= 0 && first + shifts.count <= count && shifts.count <= Self.mostRows)
    var result = [UInt16](repeating: 0, count: width)
    var start = 0
    unsafe running.withUnsafeBufferPointer { running in
      unsafe result.withUnsafeMutableBufferPointer { result in
        while start < shifts.count {
          let shift = shifts[start]
          let end = shifts[start...].firstIndex { $0 != shift } ?? shifts.count
          let (from, to) = ((first + start) * width + shift, (first + end) * width + shift)
          let left = max(0, -shift)
          for x in left..<max(left, min(width, width - shift)) {
            unsafe result[x] &+= UInt16(running[to + x] &- running[from + x])
          }
          start = end
        }
      }
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0

// Connected patches of a mask, by runs: each row's runs are joined with those of the row above
// that they touch (8 neighbours), names are made one by union-find.

/// The connected patches of a mask.
package struct Patches {
  /// A run of squares in one row, and the patch that it belongs to.
  package struct Run {
    package let y: Int
    package let xs: Range<Int>
    package var patch: Int
  }

  /// All runs, from the top, from the left.
  package private(set) var runs: [Run]
  /// How many patches there are; they are numbered from 0 in the order of their first run.
  package let count: Int

  /// Joins the squares of a mask of `width * height` bytes, 0 outside the patches.
  package init(mask: [UInt8], width: Int, height: Int) {
    var runs: [Run] = []
    var parents: [Int] = []
    var above = 0..<0
    for y in 0..<height {
      let begin = runs.count
      Self.findRuns(mask, row: y, width: width) { xs in
        runs.append(Run(y: y, xs: xs, patch: parents.count))
        parents.append(parents.count)
      }
      var other = above.lowerBound
      for here in begin..<runs.count {
        let xs = runs[here].xs
        while other < above.upperBound, runs[other].xs.upperBound < xs.lowerBound { other += 1 }
        var touching = other
        while touching < above.upperBound, runs[touching].xs.lowerBound <= xs.upperBound {
          Self.join(&parents, here, touching)
          touching += 1
        }
      }
      above = begin..<runs.count
    }
    var names = [Int](repeating: -1, count: parents.count)
    var count = 0
    for index in runs.indices {
      let root = Self.root(&parents, index)
      if names[root] < 0 {
        names[root] = count
        count += 1
      }
      runs[index].patch = names[root]
    }
    self.runs = runs
    self.count = count
  }

  private static func findRuns(
    _ mask: [UInt8], row: Int, width: Int, _ found: (Range<Int>) -> Void
  ) {
    let base = row * width
    unsafe mask.withUnsafeBytes { bytes in
      var x = 0
      while x < width {
        // Eight empty squares at a time: a page is mostly empty.
        while x + 8 <= width,
          unsafe bytes.loadUnaligned(fromByteOffset: base + x, as: UInt64.self) == 0
        { x += 8 }
        while x < width, unsafe bytes[base + x] == 0 { x += 1 }
        guard x < width else { break }
        let start = x
        while x < width, unsafe bytes[base + x] != 0 { x += 1 }
        found(start..<x)
      }
    }
  }

  private static func root(_ parents: inout [Int], _ index: Int) -> Int {
    var at = index
    while parents[at] != at {
      parents[at] = parents[parents[at]]
      at = parents[at]
    }
    return at
  }

  private static func join(_ parents: inout [Int], _ a: Int, _ b: Int) {
    let (one, two) = (root(&parents, a), root(&parents, b))
    if one < two { parents[two] = one } else { parents[one] = two }
  }
}

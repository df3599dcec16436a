// SPDX-License-Identifier: Apache-2.0
public import OMR
import Synchronization

/// What the sheets of a batch print beside their forms' blanks.
///
/// The first reading of every page gathers it; pages on which a person would be asked are then
/// read a second time with it. The order of the pages, and which worker read them, makes no
/// difference.
public final class BatchPrints: Sendable {
  private struct Kept {
    var tally: PrintTally
    /// What the tally gave when it had so many sheets.
    var made: (sheets: Int, print: BatchPrint?)?
  }

  private let kept = Mutex<[Int: Kept]>([:])

  public init() {}

  /// Counts a sheet's sample; `page` is the index of the form page among those that are read.
  public func note(_ sample: PrintSample, page: Int, on marks: PreparedMarks) {
    kept.withLock { kept in
      if kept[page] == nil, let tally = PrintTally(marks) { kept[page] = Kept(tally: tally) }
      kept[page]?.tally.add(sample)
    }
  }

  /// What the sheets of a form page print beside the blank, as far as they were noted; `nil`
  /// where that is nothing, or too few sheets tell it.
  public func batchPrint(of page: Int) -> BatchPrint? {
    kept.withLock { kept in
      guard let of = kept[page] else { return nil }
      if let made = of.made, made.sheets == of.tally.sheets { return made.print }
      let print = of.tally.batchPrint()
      kept[page]?.made = (of.tally.sheets, print)
      return print
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package import Geometry
package import Imaging
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
  private let surveys = Mutex<[Int: PrintSurvey]>([:])

  public init() {}

  /// Counts a sheet's sample; `page` is the index of the form page among those that are read.
  public func note(_ sample: PrintSample, page: Int, on marks: PreparedMarks) {
    kept.withLock { kept in
      if kept[page] == nil, let tally = PrintTally(marks) { kept[page] = Kept(tally: tally) }
      kept[page]?.tally.add(sample)
    }
  }

  /// Surveys a sheet that lies by `map` on its blank, if it is one of the few that are.
  package func survey(
    _ picture: GrayPicture, map: some BlankToPage, page: Int, of prepared: PreparedPage
  ) {
    let survey = surveys.withLock { surveys in
      if surveys[page] == nil { surveys[page] = PrintSurvey(prepared) }
      return surveys[page]
    }
    guard let survey, survey.wants(picture) else { return }
    let sheet = survey.sheet(picture, map: map)
    surveys.withLock { $0[page]?.add(sheet) }
  }

  /// Where the sheets of a form page print something else than their blank, and how many of them
  /// were compared.
  package func differences(of page: Int) -> (places: [BlankBox], sheets: Int) {
    guard let survey = surveys.withLock({ $0[page] }) else { return ([], 0) }
    return (survey.differences(), survey.count)
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

// SPDX-License-Identifier: Apache-2.0
package import Ballot
import Codes
import Form
import Imaging
public import OMR
public import Scanner

/// Takes a page its whole way: laid on its form, its marks scored, its questions decided.
///
/// Not `Sendable`: it owns the buffers of one worker.
public final class PageReader: PageReadingContext {
  let forms: PreparedForms
  /// The rules for all forms; `nil` where each form has its own.
  let rules: Rules?
  let registrar = Registrar()
  private let marks: MarkReader
  private let codes = CodeReader()
  let serials = SerialReader()
  private let look: BatchLook

  /// A worker's reader of these forms' pages. The model is shared by all workers.
  package init(
    _ forms: PreparedForms, model: JoinedReader, rules: Rules? = nil, look: BatchLook = .alone
  ) {
    self.forms = forms
    self.rules = rules
    self.look = look
    marks = MarkReader(model, retractions: model.hasNetwork ? .trained : nil)
  }

  /// Reads a page.
  public func read(_ page: ScannedPage, from path: String) -> PageOutcome {
    read(page, watcher: nil)
  }

  /// Reads a page and tells of the stages; drawing them costs nothing unless asked for.
  public func read(_ page: ScannedPage, watcher: StageWatcher?) -> PageOutcome {
    let found: LabelledPage
    switch place(page.picture, watcher: watcher) {
    case .success(let page): found = page
    case .failure(let rejection): return .rejected(rejection)
    }
    let prepared = forms.pages[found.blank]
    let fit = found.fit
    let marked = forms.marks[found.blank]
    let form = forms.form(of: found.blank)
    let rules = rules ?? Rules(silentRate: form?.silentRate)
    var evidence = marks.read(
      page.picture, map: fit, agreement: { fit.agreement(around: $0) },
      on: marked, key: "\(prepared.form)#\(prepared.page.number)",
      batch: look.batch(of: found.blank), note: look.note(on: marked, page: found.blank),
      watcher: watcher)
    look.survey(page.picture, map: fit, page: found.blank, of: prepared)
    evidence.note(codes.read(page.picture, map: fit, on: forms.codes[found.blank]))
    var reading = PageReading(
      form: prepared.form, formPage: prepared.page.number, serial: found.serial,
      rotation: fit.rotation,
      registration: fit.summary, evidence: evidence, rules: rules,
      answers: rules.decide(
        evidence, questions: prepared.page.questions, cancel: form?.cancel))
    if found.serial == nil { reading.askSerial(of: prepared.page, on: fit) }
    watcher?("answers") { RGBPicture(page.picture).drawing(reading) }
    return .read(reading)
  }
}

/// What a page's batch has to do with reading it.
public enum BatchLook: Sendable {
  /// Nothing: each page is read for itself.
  case alone
  /// The first reading, which gathers what the batch prints.
  case first(BatchPrints)
  /// The second reading, which knows it.
  case second(BatchPrints)

  fileprivate func batch(of page: Int) -> BatchPrint? {
    if case .second(let prints) = self { prints.batchPrint(of: page) } else { nil }
  }

  fileprivate func survey(
    _ picture: GrayPicture, map: PageFit, page: Int, of prepared: PreparedPage
  ) {
    guard case .first(let prints) = self else { return }
    prints.survey(picture, map: map, page: page, of: prepared)
  }

  fileprivate func note(on marks: PreparedMarks, page: Int) -> ((PrintSample) -> Void)? {
    guard case .first(let prints) = self else { return nil }
    return { prints.note($0, page: page, on: marks) }
  }
}

/// A scanned file's pages as a batch takes them.
public struct ScannedPages: PageStream {
  private let source: Result<PageSource, ScanFailure>
  private var hasFailed = false

  /// The pages of a file that was opened.
  public init(_ file: ScannedFile, limits: ScanLimits) {
    source = .success(PageSource(file, limits: limits))
  }

  /// A file that could not be opened.
  public init(failed failure: ScanFailure) { source = .failure(failure) }

  public mutating func next() -> DecodedPage? {
    switch source {
    case .failure(let failure):
      guard !hasFailed else { return nil }
      hasFailed = true
      return .failed(page: nil, failure)
    case .success(let source):
      guard let (number, result) = source.next() else { return nil }
      switch result {
      case .success(let page): return .page(page)
      case .failure(let failure): return .failed(page: number, failure)
      }
    }
  }
}

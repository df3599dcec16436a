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
  private let rules: Rules
  let registrar = Registrar()
  private let marks: MarkReader
  private let codes = CodeReader()
  let serials = SerialReader()

  /// A worker's reader of these forms' pages. The model is shared by all workers.
  package init(_ forms: PreparedForms, model: JoinedReader, rules: Rules = Rules()) {
    self.forms = forms
    self.rules = rules
    marks = MarkReader(model)
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
    var evidence = marks.read(
      page.picture, map: fit, agreement: { fit.agreement(around: $0) },
      on: forms.marks[found.blank], key: "\(prepared.form)#\(prepared.page.number)",
      watcher: watcher)
    evidence.note(codes.read(page.picture, map: fit, on: forms.codes[found.blank]))
    var reading = PageReading(
      form: prepared.form, formPage: prepared.page.number, serial: found.serial,
      rotation: fit.rotation,
      registration: fit.summary, evidence: evidence, rules: rules,
      answers: rules.decide(
        evidence, questions: prepared.page.questions, cancel: forms.cancel(on: found.blank)))
    if found.serial == nil { reading.askSerial(of: prepared.page, on: fit) }
    watcher?("answers") { RGBPicture(page.picture).drawing(reading) }
    return .read(reading)
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

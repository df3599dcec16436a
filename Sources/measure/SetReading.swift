// SPDX-License-Identifier: Apache-2.0
import Ballot
import Codes
import Form
import Foundation
import Geometry
import Imaging
import Language
import OMR
import Reader
import Scanner

/// One page of a set as it was read.
struct MeasuredPage: Sendable {
  var sheet: Truth.Sheet
  var reading: PageReading?
  /// Why it was not read.
  var reason: String
  var failed: Bool
  /// CPU of decoding, registering and scoring, in milliseconds.
  var decodeMS: Double
  var registerMS: Double
  var scoreMS: Double
}

/// Reads the sheets of a set as `phieu read` does, and keeps what each page cost.
enum SetReading {
  static func read(
    _ truth: Truth, of folder: SheetFolder, workers: Int, rules: Rules = Rules()
  ) async throws -> [MeasuredPage] {
    // Pages of one file follow each other, so that a worker decodes the file once.
    let chunks = truth.sheets.chunks(of: 6)
    let prints = BatchPrints()
    let first = try await inParallel(chunks, workers: workers) { chunk in
      let tools = Tools(rules: rules, prints: prints, isSecond: false)
      return chunk.map { read($0, of: folder, tools) }
    }.flatMap { $0 }
    var doubts = SecondLook()
    for (index, page) in first.enumerated() {
      if let reading = page.reading { doubts.note(.read(reading), page: 1, file: index) }
    }
    let look = doubts.narrowed(to: prints) { _, page in
      folder.form.pages.firstIndex { $0.number == page }
    }
    let second = try await inParallel(look.files, workers: workers) { index in
      var page = read(
        first[index].sheet, of: folder, Tools(rules: rules, prints: prints, isSecond: true))
      page.reading =
        page.reading.flatMap {
          look.reading(.read($0), page: 1, file: index)
        } ?? first[index].reading
      page.decodeMS += first[index].decodeMS
      page.registerMS += first[index].registerMS
      page.scoreMS += first[index].scoreMS
      return page
    }
    var pages = first
    for (index, page) in zip(look.files, second) { pages[index] = page }
    return pages
  }

  /// What a worker reads with.
  private struct Tools {
    let registrar = Registrar()
    let reader = MarkReader()
    let codes = CodeReader()
    var rules: Rules
    var prints: BatchPrints
    var isSecond: Bool
  }

  private static func read(
    _ sheet: Truth.Sheet, of folder: SheetFolder, _ tools: Tools
  ) -> MeasuredPage {
    var page = MeasuredPage(
      sheet: sheet, reading: nil, reason: "", failed: false, decodeMS: 0, registerMS: 0,
      scoreMS: 0)
    let start = threadMilliseconds()
    let decoded: Result<ScannedPage, ScanFailure>
    do throws(ScanFailure) {
      decoded = PageSource(try ScannedFile(path: folder.path(sheet.file))).page(sheet.page ?? 1)
    } catch {
      decoded = .failure(error)
    }
    page.decodeMS = threadMilliseconds() - start
    switch decoded {
    case .failure(let failure):
      page.failed = true
      page.reason = failure.words(.english)
    case .success(let scanned):
      let before = threadMilliseconds()
      let placed = tools.registrar.register(scanned.picture, on: folder.blanks)
      page.registerMS = threadMilliseconds() - before
      switch placed {
      case .failure(let rejection): page.reason = rejection.words(.english)
      case .success(let placed):
        let (blank, marks) = (placed.blank, folder.marks[placed.blank])
        var evidence = tools.reader.read(
          scanned.picture, map: placed.fit, agreement: { placed.fit.agreement(around: $0) },
          on: marks, key: "\(folder.form.name)#\(blank)",
          batch: tools.isSecond ? tools.prints.batchPrint(of: blank) : nil,
          note: tools.isSecond ? nil : { tools.prints.note($0, page: blank, on: marks) })
        evidence.note(
          tools.codes.read(scanned.picture, map: placed.fit, on: folder.codes[placed.blank]))
        page.scoreMS = threadMilliseconds() - before - page.registerMS
        let formPage = folder.form.pages[placed.blank]
        page.reading = PageReading(
          form: folder.form.name, formPage: formPage.number, rotation: placed.fit.rotation,
          registration: placed.fit.summary, evidence: evidence, rules: tools.rules,
          answers: tools.rules.decide(
            evidence, questions: formPage.questions, cancel: folder.form.cancel))
      }
    }
    return page
  }
}

/// CPU of this thread so far, in milliseconds.
func threadMilliseconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

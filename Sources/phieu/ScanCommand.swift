// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Foundation
import Language
import Reader
import Scanner
import Store

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reads scanned files into the workspace.")

  @Flag(help: "Read files that were read before once more; what was read stays beside it.")
  var again = false

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var options: ReadingOptions
  @OptionGroup var speech: Speech

  @Argument(help: "Files and folders; the workspace's scans/ if left out.")
  var paths: [String] = []

  func run() async throws {
    let language = speech.language
    try await CommandError.worded(language) {
      let workspace = place.workspace
      let input = try InputFiles(paths.isEmpty ? [workspace.scans] : paths)
      let forms = try PreparedForms(folders: try place.formFolders(language))
      guard !forms.forms.isEmpty else {
        throw CommandError(
          .noInput,
          language.say(
            "\(workspace.templates): chưa có mẫu phiếu nào đã in hay nhập; hãy dùng phieu form print "
              + "hoặc phieu form import",
            "\(workspace.templates): no form printed or imported yet; use phieu form print or "
              + "phieu form import"
          ).shown)
      }
      let store = try BallotStore(workspace, makingNew: true)
      let lock = try store.lockForScanning()
      defer { withExtendedLifetime(lock) {} }
      let scan = Scan(store: store, again: again, limits: options.limits, language: language)
      let prints = BatchPrints()
      let batch = BatchReader<ScanFile>(
        workers: options.workerCount, open: { try scan.open($0) },
        makeReader: try options.readers(forms, look: .first(prints)))
      let start = ScanTally(
        progress: Progress(
          total: input.paths.count, isTerminal: Console.isTerminal, language: language))
      let files = input.paths
      let tally = try await batch.read(files, into: start) { tally, file, event in
        try scan.take(event, of: files[file], number: file, into: &tally)
      }
      Console.write(tally.progress.clearing)
      let again = try await scan.lookAgain(
        at: tally.doubts.narrowed(to: prints, of: forms), of: tally.kept,
        workers: options.workerCount,
        makeReader: try options.readers(forms, look: .second(prints)))
      let counts = try store.counts()
      var troubles = TroubleList(most: 20)
      try store.forEachBallot(of: forms.forms) { troubles.add($0) }
      let alarms = prints.alarms(of: forms)
      for line in tally.summary(
        counts, troubles, alarms, leftOut: input.leftOut, lookedAgain: again, language)
      {
        try Console.give(line)
      }
      try tally.pages.endCommand()
    }
  }
}

/// What the scan knows of a file once it is open.
enum ScanFile: Sendable {
  case kept(KeptFile)
  case seen
  /// Its bytes could not be had, so there is nothing to keep.
  case notOpened(isMissing: Bool)
}

/// What becomes of the pages that are told now.
enum Current: Sendable {
  case stored(Pass)
  /// Nothing of the file could be kept: its failure is told only.
  case told
  /// The file was read before.
  case ignored
}

/// What a scan has come to so far.
struct ScanTally: Sendable {
  var progress: Progress
  var pages = PageTally()
  var seen = 0
  var current = Current.ignored
  /// Bytes that were stored in this run: a copy of a file in the same batch is seen too.
  var stored: Set<String> = []
  /// The stored files by their number in the batch, and what in them is for a person.
  var kept: [Int: KeptFile] = [:]
  var doubts = SecondLook()
  /// Black-and-white pages on which nothing is marked.
  var bare: [String] = []
}

/// Reads files into a store.
struct Scan: Sendable {
  let store: BallotStore
  let again: Bool
  let limits: ScanLimits
  let language: Language

  /// Opens a file, on a worker: keeps its bytes, and tells what of it is there already.
  func open(_ path: String) throws -> OpenedFile<ScanFile> {
    let file: ScannedFile
    do { file = try ScannedFile(path: path, limits: limits) } catch {
      return OpenedFile(
        context: .notOpened(isMissing: error == .notFound), pages: ScannedPages(failed: error))
    }
    var done: Set<Int> = []
    switch try store.progress(sha256: file.sha256) {
    case .new: break
    case .finished: if !again { return OpenedFile(context: .seen, pages: nil) }
    case .interrupted(let pages): done = pages
    }
    let kept = try unsafe file.withUnsafeBytes {
      try unsafe store.workspace.keep(path, sha256: file.sha256, bytes: $0)
    }
    return OpenedFile(
      context: .kept(kept), pages: ScannedPages(file, limits: limits), skipped: done)
  }

  /// Stores what became of a page, before the next one is told.
  func take(
    _ event: BatchEvent<ScanFile>, of path: String, number file: Int, into tally: inout ScanTally
  ) throws {
    switch event {
    case .began(.kept(let kept)):
      let isNew = tally.stored.insert(kept.sha256).inserted
      if isNew, let pass = try store.begin(kept, again: again, at: Date()) {
        tally.current = .stored(pass)
        tally.kept[file] = kept
      } else {
        tally.current = .ignored
        tally.seen += 1
      }
    case .began(.seen):
      tally.current = .ignored
      tally.seen += 1
    case .began(.notOpened(let isMissing)):
      tally.current = .told
      if isMissing { tally.pages.missingFiles += 1 }
    case .page(let number, let outcome):
      if case .stored = tally.current { tally.doubts.note(outcome, page: number, file: file) }
      try take(outcome, page: number, of: path, into: &tally)
    case .ended:
      if case .stored(let pass) = tally.current { try store.end(pass, at: Date()) }
      tally.current = .ignored
      tally.progress.text(files: 1).map(Console.write)
    }
  }

  private func take(
    _ outcome: PageOutcome, page: Int?, of path: String, into tally: inout ScanTally
  ) throws {
    switch tally.current {
    case .stored(let pass):
      try store.store(try outcome.stored(), page: page, in: pass, at: Date())
    case .told: break
    case .ignored: return  // the second copy of a file of this batch
    }
    tally.pages.count(outcome)
    let place = page.map { language.say(", trang \($0)", ", page \($0)") } ?? ""
    switch outcome {
    case .read(let reading) where reading.evidence.losesPrint:
      let advice = language.say(
        "bản quét quá nhạt, mất nhiều nét in mảnh; nên quét lại đậm hơn (câu trống sẽ được hỏi)",
        "too light, thin print is missing; better scan it darker (blank answers are asked)")
      Console.say(tally.progress.clearing + "\(path)\(place): \(advice)".shown)
    case .read(let reading):
      if reading.evidence.mayHaveLostItsPen { tally.bare.append(path + place) }
    case .rejected, .failed:
      let line = ReadingLine(file: path, page: page, outcome, language).words(language)
      Console.say(tally.progress.clearing + line)
    }
    tally.progress.text(pages: 1).map(Console.write)
  }
}

extension Scan {
  /// Looks a second time at pages that their batch helps, and stores what that gives beside the
  /// first reading, in a pass of its own.
  ///
  /// - Returns: How many pages were looked at again.
  func lookAgain(
    at look: SecondLook, of kept: [Int: KeptFile], workers: Int,
    makeReader: @escaping @Sendable () -> any PageReadingContext
  ) async throws -> Int {
    let files = look.files.compactMap { number in kept[number].map { (number, $0) } }
    let numbers = Dictionary(files.map { ($0.1.original, $0.0) }) { first, _ in first }
    let limits = limits
    let batch = BatchReader<KeptFile?>(
      workers: workers,
      open: { original in
        // The original as it was kept: what lies in scans/ may have changed meanwhile.
        guard let number = numbers[original],
          let file = try? ScannedFile(path: original, limits: limits)
        else { return OpenedFile(context: nil, pages: nil) }
        return OpenedFile(
          context: kept[number], pages: ScannedPages(file, limits: limits),
          skipped: look.leftOut(file: number))
      },
      makeReader: makeReader)
    let store = store
    let start = SecondTally(
      progress: Progress(total: files.count, isTerminal: Console.isTerminal, language: language))
    let tally = try await batch.read(files.map(\.1.original), into: start) { tally, file, event in
      switch event {
      case .began(let kept):
        tally.kept = kept
        tally.readings = []
      case .page(let page, let outcome):
        guard let reading = look.reading(outcome, page: page, file: files[file].0) else { return }
        tally.readings.append((page, reading))
        tally.progress.text(pages: 1).map(Console.write)
      case .ended:
        // All of a file's second readings at once: a run that is killed while it reads leaves no
        // pass behind that the next one would go on with.
        if let kept = tally.kept, !tally.readings.isEmpty,
          let pass = try store.begin(kept, again: true, at: Date())
        {
          for (page, reading) in tally.readings {
            try store.store(.read(reading), page: page, in: pass, at: Date())
          }
          try store.end(pass, at: Date())
          tally.pages += tally.readings.count
        }
        tally.progress.text(files: 1).map(Console.write)
      }
    }
    Console.write(tally.progress.clearing)
    return tally.pages
  }
}

/// What the second look at a batch has come to so far.
private struct SecondTally: Sendable {
  /// The file that is read now, and what its second readings came to.
  var kept: KeptFile?
  var readings: [(page: Int?, reading: PageReading)] = []
  var pages = 0
  var progress: Progress
}

extension PageOutcome {
  /// As the store keeps it.
  func stored() throws -> StoredOutcome {
    switch self {
    case .read(let reading): .read(reading)
    case .rejected(let rejection): .rejected(rejection)
    case .failed(let failure):
      .failed(facts: String(decoding: try JSONEncoder().encode(failure), as: UTF8.self))
    }
  }
}

extension ScanTally {
  /// What the run came to, and what to do next.
  func summary(
    _ counts: StoreCounts, _ troubles: TroubleList, _ alarms: [BatchAlarm], leftOut: Int,
    lookedAgain: Int, _ language: Language
  ) -> [String] {
    var lines = [
      language.say(
        "Đã đọc \(pages.read) trang; bị từ chối \(pages.rejected), không mở được \(pages.failed), "
          + "tệp đã đọc từ trước \(seen).",
        "Pages read: \(pages.read); rejected: \(pages.rejected), failed: \(pages.failed), "
          + "files seen before: \(seen).")
    ]
    if pages.rejected + pages.failed > 0 {
      lines.append(
        language.say(
          "Tờ nào, vì sao: phieu status", "Which sheets, and why: phieu status"))
    }
    if leftOut > 0 {
      lines.append(
        language.say(
          "Bỏ qua \(leftOut) tệp không phải ảnh quét.",
          "Files left out, as they are no scans: \(leftOut)."))
    }
    if lookedAgain > 0 {
      lines.append(
        language.say(
          "Xem lại \(lookedAgain) trang, so với bản in chung của cả tập.",
          "Looked again at \(lookedAgain) pages, knowing what the whole batch prints."))
    }
    lines += alarms.map { $0.words(language) }
    if let line = bareLine(language) { lines.append(line) }
    lines += troubles.lines(language)
    lines.append(
      language.say(
        "Câu cần người xem: \(counts.answersOpen).",
        "Questions for a person: \(counts.answersOpen)."))
    lines.append(
      counts.answersOpen + troubles.differing > 0
        ? language.say("Tiếp theo: phieu review", "Next: phieu review")
        : language.say(
          "Tiếp theo: phieu export --format csv --out FILE",
          "Next: phieu export --format csv --out FILE"))
    return lines
  }

  /// No line names more pages than this.
  private static let mostBare = 6

  /// Which pages may have lost their marks to the scanner's threshold, and what to do.
  private func bareLine(_ language: Language) -> String? {
    guard !bare.isEmpty else { return nil }
    let more = bare.count > Self.mostBare ? "; …" : ""
    let names = bare.prefix(Self.mostBare).joined(separator: "; ") + more
    return language.say(
      "\(bare.count) trang quét đen trắng không có dấu nào: \(names). Hãy xem tờ giấy; nếu có dấu "
        + "mờ thì quét lại ở chế độ thang xám.",
      "Black-and-white pages with no mark at all: \(bare.count): \(names). Look at the paper; if "
        + "there are faint marks, scan it in gray."
    ).shown
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Language
import Reader
import Scanner

struct ReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Reads pages and prints what they say; stores nothing.")

  @Option(help: "A form's folder; may be given several times.")
  var form: [String] = []

  @Flag(help: "One JSON object a page, one line each.")
  var json = false

  @OptionGroup var options: ReadingOptions
  @OptionGroup var speech: Speech

  @Argument(help: "Scanned files; folders are walked in natural order.")
  var files: [String]

  func validate() throws {
    if form.isEmpty { throw ValidationError("--form DIR: at least one") }
  }

  func run() async throws {
    let language = speech.language
    try await CommandError.worded(language) {
      let input = try InputFiles(files)
      let forms = try PreparedForms(folders: form)
      let prints = BatchPrints()
      var tally = PageTally()
      for start in stride(from: 0, to: input.paths.count, by: Self.filesTogether) {
        let paths = Array(input.paths[start..<min(input.paths.count, start + Self.filesTogether)])
        for told in try await read(paths, forms, prints) {
          switch told.event {
          case .began(let isThere): if !isThere { tally.missingFiles += 1 }
          case .page(let number, let outcome):
            tally.count(outcome)
            let line = ReadingLine(file: paths[told.file], page: number, outcome, language)
            try Console.give(json ? line.json(language) : line.words(language))
          case .ended: break
          }
        }
      }
      Console.say(tally.words(language))
      try tally.endCommand()
    }
  }
}

extension ReadCommand {
  /// What is told of a file.
  fileprivate struct Told: Sendable {
    var file: Int
    var event: BatchEvent<Bool>
  }

  /// So many files are read before any is told, so that they help each other; later ones know
  /// what earlier ones printed.
  fileprivate static let filesTogether = 200

  /// Reads files, those pages twice that their batch helps.
  fileprivate func read(
    _ paths: [String], _ forms: PreparedForms, _ prints: BatchPrints
  ) async throws -> [Told] {
    var told = try await read(paths, forms, .first(prints)) { _ in [] }
    var again = SecondLook()
    for one in told {
      if case .page(let number, let outcome) = one.event {
        again.note(outcome, page: number, file: one.file)
      }
    }
    let look = again.narrowed(to: prints, of: forms)
    let second = try await read(look.files.map { paths[$0] }, forms, .second(prints)) {
      look.leftOut(file: look.files[$0])
    }
    var better: [Int: [Int: PageReading]] = [:]
    for one in second {
      guard case .page(let number?, let outcome) = one.event else { continue }
      let file = look.files[one.file]
      better[file, default: [:]][number] = look.reading(outcome, page: number, file: file)
    }
    for (index, one) in told.enumerated() {
      guard case .page(let number?, _) = one.event, let reading = better[one.file]?[number] else {
        continue
      }
      told[index].event = .page(number: number, .read(reading))
    }
    return told
  }

  private func read(
    _ paths: [String], _ forms: PreparedForms, _ look: BatchLook,
    leaving skipped: @escaping @Sendable (_ file: Int) -> Set<Int>
  ) async throws -> [Told] {
    let limits = options.limits
    let numbers = Dictionary(zip(paths, paths.indices)) { first, _ in first }
    let batch = BatchReader<Bool>(
      workers: options.workerCount,
      open: { path in
        do throws(ScanFailure) {
          let file = try ScannedFile(path: path, limits: limits)
          return OpenedFile(
            context: true, pages: ScannedPages(file, limits: limits),
            skipped: numbers[path].map(skipped) ?? [])
        } catch {
          return OpenedFile(context: error != .notFound, pages: ScannedPages(failed: error))
        }
      },
      makeReader: try options.readers(forms, look: look))
    return try await batch.read(paths, into: []) { told, file, event in
      told.append(Told(file: file, event: event))
    }
  }
}

/// How many pages came to what.
struct PageTally: Sendable {
  var read = 0
  var rejected = 0
  var failed = 0
  var missingFiles = 0
  /// Questions that a person is asked.
  var asked = 0

  mutating func count(_ outcome: PageOutcome) {
    switch outcome {
    case .read(let reading):
      read += 1
      asked += reading.answers.count { !$0.isAccepted }
    case .rejected: rejected += 1
    case .failed: failed += 1
    }
  }

  func words(_ language: Language) -> String {
    language.say(
      "trang đã đọc: \(read), bị từ chối: \(rejected), không mở được: \(failed), "
        + "câu cần người xem: \(asked)",
      "pages read: \(read), rejected: \(rejected), failed: \(failed), "
        + "questions for a person: \(asked)")
  }

  /// Ends the command with the contract's status; the words were said already.
  func endCommand() throws {
    if missingFiles > 0 { throw CommandError(.noInput, "") }
    if rejected + failed > 0 { throw CommandError(.pagesNotRead, "") }
  }
}

extension ReadingLine {
  /// What a batch tells of a page.
  init(file: String, page: Int?, _ outcome: PageOutcome, _ language: Language) {
    let told: Outcome =
      switch outcome {
      case .read(let reading): .read(reading)
      case .rejected(let rejection): .rejected(reason: rejection.words(language))
      case .failed(let failure): .failed(reason: failure.words(language))
      }
    self.init(file: file, page: page, outcome: told)
  }

  /// The same for people: one line.
  func words(_ language: Language) -> String {
    let place = file.shown + (page.map { language.say(", trang ", ", page ") + "\($0)" } ?? "")
    switch outcome {
    case .read(let reading):
      let answers = reading.answers.map { answer in
        switch answer.outcome {
        case .accepted(let value, _): answer.question + "=" + value.joined(separator: "+")
        case .review: answer.question + "=?"
        }
      }
      return "\(place): \(reading.form)/\(reading.formPage): "
        + answers.joined(separator: " ").shown
    case .rejected(let reason):
      return "\(place): " + language.say("bị từ chối: ", "rejected: ") + reason.shown
    case .failed(let reason):
      return "\(place): " + language.say("không mở được: ", "failed: ") + reason.shown
    }
  }
}

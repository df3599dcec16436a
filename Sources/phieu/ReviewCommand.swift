// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
import Ballot
import Foundation
import Geometry
import Language
import Reader
public import Review
import Scanner
import Store

struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Puts doubtful answers to a person, one key each.")

  @Option(help: "Whose decisions these are; the user's name if left out.")
  var reviewer: String?

  @Option(help: "How pictures are shown: auto, symbols, sixel or kitty.")
  var graphics = Graphics.auto

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() async throws {
    let language = speech.language
    let environment = ProcessInfo.processInfo.environment
    let names = [reviewer, environment["USER"], environment["LOGNAME"]].compactMap { $0 }
    guard let name = names.first(where: { !$0.isEmpty }) else {
      throw CommandError(
        .usage,
        language.say(
          "hãy cho biết ai duyệt: --reviewer TÊN", "say who reviews: --reviewer NAME"))
    }
    try await CommandError.worded(language) {
      let store = try BallotStore(place.workspace)
      let cutter = CropCutter()
      let session = ReviewSession(
        store: store, forms: try place.forms(language), reviewer: name, language: language,
        graphics: graphics, environment: environment, now: { Date() },
        crop: { item in
          func cut(_ reading: ReadingNumber, _ origin: PageOrigin) throws -> QuestionCrop? {
            try cutter.crop(
              path: store.workspace.original(sha256: origin.sha256), page: origin.page,
              question: item.question, reading: try store.pageReading(reading))
          }
          let crop = try cut(item.reading, item.origin)
          guard let copy = item.copy else { return crop.map { ReviewCrop($0) } }
          guard let crop, let other = try cut(copy.reading, copy.origin) else { return nil }
          return ReviewCrop.pair(crop.picture, other.picture)
        })
      let summary = try session.run()
      print(
        language.say(
          "Đã kết luận \(summary.settled) câu, còn \(summary.left) câu.",
          "Settled: \(summary.settled). Left: \(summary.left)."))
      if summary.left == 0 {
        print(
          language.say(
            "Tiếp theo: phieu export --format csv --out FILE",
            "Next: phieu export --format csv --out FILE"))
      }
    }
  }
}

extension Graphics: ExpressibleByArgument {}

extension ReviewCrop {
  init(_ crop: QuestionCrop) {
    self.init(
      picture: crop.picture,
      targets: crop.places.map { Frame(x: $0.x, y: $0.y, width: $0.width, height: $0.height) })
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Language
import OMR
import Reader
import Scanner

/// How pages are read, for every command that reads.
struct ReadingOptions: ParsableArguments {
  @Option(help: "How many pages are read side by side; as many as processors if left out.")
  var workers: Int?

  @Option(help: "Pages of more pixels are refused before memory is taken.")
  var maxPixels = ScanLimits().maxPixels

  @Option(help: "A folder for numbered pictures of each page's stages.")
  var debugImages: String?

  func validate() throws {
    if let workers, !(1...256).contains(workers) {
      throw ValidationError("--workers: 1 to 256")
    }
    if maxPixels < 1 { throw ValidationError("--max-pixels: at least 1") }
  }

  var limits: ScanLimits { ScanLimits(maxPixels: maxPixels) }
  var workerCount: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

  /// What makes a worker's reader of these forms.
  func readers(
    _ forms: PreparedForms, look: BatchLook
  ) throws -> @Sendable () -> any PageReadingContext {
    let model = JoinedReader.trained
    guard let folder = debugImages else {
      return { PageReader(forms, model: model, look: look) }
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandError(.cannotWrite, "\(folder.shown): \(error.localizedDescription)")
    }
    return { DrawingReader(PageReader(forms, model: model, look: look), folder: folder) }
  }
}

/// Reads pages and writes pictures of their stages.
private final class DrawingReader: PageReadingContext {
  private let reader: PageReader
  private let folder: String

  init(_ reader: PageReader, folder: String) {
    self.reader = reader
    self.folder = folder
  }

  func read(_ page: ScannedPage, from path: String) throws -> PageOutcome {
    var stage = 0
    var failure: (any Error)?
    // The whole path makes the name: two folders may hold files of one name. It begins with no
    // dot, or the pictures would be hidden.
    let name = path.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" }
      .drop { $0 == "." || $0 == "-" }
    let outcome = reader.read(page) { title, draw in
      guard failure == nil else { return }
      stage += 1
      let number = stage < 10 ? "0\(stage)" : "\(stage)"
      let file = "\(self.folder)/\(String(name))-p\(page.number)-\(number)-\(title).png"
      do {
        try Data(encodePNG(draw())).write(to: URL(fileURLWithPath: file))
      } catch {
        failure = CommandError(.cannotWrite, "\(file.shown): \(error.localizedDescription)")
      }
    }
    if let failure { throw failure }
    return outcome
  }
}

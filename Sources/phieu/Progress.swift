// SPDX-License-Identifier: Apache-2.0
import Language

/// How far a batch is: a bar on a terminal, now and then a line elsewhere.
struct Progress: Sendable {
  private let total: Int
  private let isTerminal: Bool
  private let language: Language
  private var files = 0
  private var pages = 0
  /// The last share that was shown, in steps.
  private var shown = -1

  init(total: Int, isTerminal: Bool, language: Language) {
    self.total = total
    self.isTerminal = isTerminal
    self.language = language
  }

  /// What to write when a page or a file is done; `nil` where nothing has changed.
  mutating func text(pages more: Int = 0, files done: Int = 0) -> String? {
    pages += more
    files += done
    let steps = isTerminal ? 200 : 10
    let step = total == 0 ? steps : files * steps / total
    guard step != shown || isTerminal else { return nil }
    let counts = language.say(
      "\(files)/\(total) tệp, \(pages) trang", "\(files)/\(total) files, \(pages) pages")
    shown = step
    guard isTerminal else { return files == 0 ? nil : counts + "\n" }
    let width = 30
    let full = total == 0 ? width : files * width / total
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    return "\r\(bar) \(counts)\u{1B}[K"
  }

  /// What to write before a line of words, so that it does not stand on the bar.
  var clearing: String { isTerminal ? "\r\u{1B}[K" : "" }
}

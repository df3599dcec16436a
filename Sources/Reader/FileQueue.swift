// SPDX-License-Identifier: Apache-2.0
import Scanner

/// What a worker pulled out of a file.
struct PulledPage<Context: Sendable>: Sendable {
  enum Content: Sendable {
    case opened(Context)
    case page(ScannedPage)
    case failed(page: Int?, ScanFailure)
    case end
    /// Asked after the end.
    case nothing
  }

  /// Counts from 0 in its file.
  var sequence: Int
  var content: Content

  var isAtEnd: Bool {
    switch content {
    case .end, .nothing: true
    case .opened, .page, .failed: false
    }
  }

  /// Reads it; `nil` where there is nothing to tell.
  func event(
    _ reader: any PageReadingContext, path: String
  ) throws -> BatchEvent<Context>? {
    switch content {
    case .opened(let context): .began(context)
    case .page(let page): .page(number: page.number, try reader.read(page, from: path))
    case .failed(let page, let failure): .page(number: page, .failed(failure))
    case .end: .ended
    case .nothing: nil
    }
  }
}

/// One file; whoever pulls decodes, one at a time.
actor FileSource<Context: Sendable> {
  nonisolated let index: Int
  nonisolated let path: String
  private let open: @Sendable (String) throws -> OpenedFile<Context>
  private var opened: OpenedFile<Context>?
  private var sequence = 0
  private var hasEnded = false

  init(
    index: Int, path: String, open: @escaping @Sendable (String) throws -> OpenedFile<Context>
  ) {
    self.index = index
    self.path = path
    self.open = open
  }

  func next() throws -> PulledPage<Context> {
    if hasEnded { return PulledPage(sequence: -1, content: .nothing) }
    guard opened != nil else {
      let file: OpenedFile<Context>
      do { file = try open(path) } catch {
        hasEnded = true
        throw error
      }
      opened = file
      return numbered(.opened(file.context))
    }
    while let decoded = opened?.pages?.next() {
      switch decoded {
      case .page(let page) where !isSkipped(page.number): return numbered(.page(page))
      case .failed(let page, let failure) where !isSkipped(page ?? 0):
        return numbered(.failed(page: page, failure))
      case .page, .failed: continue
      }
    }
    hasEnded = true
    opened = nil  // its bytes go now, not when the batch ends
    return numbered(.end)
  }

  private func isSkipped(_ page: Int) -> Bool { opened?.skipped.contains(page) == true }

  private func numbered(_ content: PulledPage<Context>.Content) -> PulledPage<Context> {
    defer { sequence += 1 }
    return PulledPage(sequence: sequence, content: content)
  }
}

/// Hands out files to workers.
actor FileQueue<Context: Sendable> {
  private let paths: [String]
  private let workers: Int
  private let openFile: @Sendable (String) throws -> OpenedFile<Context>
  private var unopened = 0
  /// Open files, oldest first, and how many workers pull from each.
  private var open: [(source: FileSource<Context>, pulling: Int)] = []

  init(
    paths: [String], workers: Int,
    open openFile: @escaping @Sendable (String) throws -> OpenedFile<Context>
  ) {
    self.paths = paths
    self.workers = workers
    self.openFile = openFile
  }

  /// A file to pull the next page from: the oldest that nobody pulls from, else a further file,
  /// else the one with the shortest queue. `nil` when all is pulled.
  func lease() -> FileSource<Context>? {
    if let free = open.firstIndex(where: { $0.pulling == 0 }) { return pull(free) }
    if unopened < paths.count, open.count < workers {
      open.append((FileSource(index: unopened, path: paths[unopened], open: openFile), 0))
      unopened += 1
      return pull(open.count - 1)
    }
    guard let shortest = open.indices.min(by: { open[$0].pulling < open[$1].pulling }) else {
      return nil
    }
    return pull(shortest)
  }

  func release(_ source: FileSource<Context>, isAtEnd: Bool) {
    guard let place = open.firstIndex(where: { $0.source === source }) else { return }
    if isAtEnd { open.remove(at: place) } else { open[place].pulling -= 1 }
  }

  private func pull(_ place: Int) -> FileSource<Context> {
    open[place].pulling += 1
    return open[place].source
  }
}

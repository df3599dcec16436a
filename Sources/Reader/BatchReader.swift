// SPDX-License-Identifier: Apache-2.0

/// A file that a batch is about to read.
public struct OpenedFile<Context: Sendable> {
  /// What the caller knows of it.
  public var context: Context
  /// `nil` where nothing of it is to be read.
  public var pages: (any PageStream)?
  /// Pages that are left out, as they are there already. 0 stands for the file as a whole.
  public var skipped: Set<Int>

  public init(context: Context, pages: (any PageStream)?, skipped: Set<Int> = []) {
    self.context = context
    self.pages = pages
    self.skipped = skipped
  }
}

/// What a batch tells, in the order of its files and their pages.
public enum BatchEvent<Context: Sendable>: Sendable {
  case began(Context)
  /// Pages count from 1; `nil` is the file as a whole.
  case page(number: Int?, PageOutcome)
  case ended
}

/// Reads many files with several workers.
///
/// Workers pull: each has one page in memory, and no more files are open than there are workers.
/// The pages of one file are decoded one after the other and read side by side. Outcomes wait
/// for those before them, and no file is opened that would let too many wait.
public struct BatchReader<Context: Sendable>: Sendable {
  /// At least 1.
  public let workers: Int
  private let open: @Sendable (String) throws -> OpenedFile<Context>
  private let makeReader: @Sendable () -> any PageReadingContext

  /// `open` is called on the workers, in no order; what it throws ends the batch, so a file that
  /// cannot be read is a stream that fails. `makeReader` is called once a worker.
  public init(
    workers: Int, open: @escaping @Sendable (String) throws -> OpenedFile<Context>,
    makeReader: @escaping @Sendable () -> any PageReadingContext
  ) {
    self.workers = max(1, workers)
    self.open = open
    self.makeReader = makeReader
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - paths: In the order in which they are told.
  ///   - tally: What is made of the events; `tell` changes it.
  ///   - tell: Called with the file's index, one call at a time, in order.
  /// - Returns: The tally after the last event.
  /// - Throws: What `open`, a reader or `tell` throws; the other workers stop.
  public func read<Tally: Sendable>(
    _ paths: [String], into tally: Tally,
    tell: @escaping @Sendable (inout Tally, _ file: Int, BatchEvent<Context>) throws -> Void
  ) async throws -> Tally {
    let queue = FileQueue(paths: paths, workers: workers, open: open)
    let order = EventOrder(window: 8 * workers, tally: tally, tell: tell)
    try await withThrowingTaskGroup { group in
      for _ in 0..<workers {
        group.addTask { [makeReader] in
          let reader = makeReader()
          do {
            while !Task.isCancelled, let source = await queue.lease() {
              try await order.waitForRoom(file: source.index)
              let pulled: PulledPage<Context>
              do { pulled = try await source.next() } catch {
                await queue.release(source, isAtEnd: true)
                throw error
              }
              await queue.release(source, isAtEnd: pulled.isAtEnd)
              let event = try pulled.event(reader, path: source.path)
              try await order.take(event, file: source.index, sequence: pulled.sequence)
            }
          } catch {
            await order.stop()
            throw error
          }
        }
      }
      for try await _ in group {}
    }
    return await order.tally
  }
}

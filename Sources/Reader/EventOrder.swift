// SPDX-License-Identifier: Apache-2.0

/// Tells what workers made in the order of the files and pages, one at a time.
actor EventOrder<Context: Sendable, Tally: Sendable> {
  private let window: Int
  private let tell: @Sendable (inout Tally, Int, BatchEvent<Context>) throws -> Void
  private(set) var tally: Tally
  private var file = 0
  private var sequence = 0
  private var waiting: [Int: [Int: BatchEvent<Context>]] = [:]
  private var blocked: [(file: Int, resume: CheckedContinuation<Void, Never>)] = []
  private var isStopped = false

  /// Events of at most `window` files wait.
  init(
    window: Int, tally: Tally,
    tell: @escaping @Sendable (inout Tally, Int, BatchEvent<Context>) throws -> Void
  ) {
    self.window = window
    self.tally = tally
    self.tell = tell
  }

  /// Returns when a file is near enough to the one that is told now.
  ///
  /// - Throws: `CancellationError` where the batch was stopped meanwhile.
  func waitForRoom(file wanted: Int) async throws {
    if !isStopped, wanted >= file + window {
      await withCheckedContinuation { blocked.append((wanted, $0)) }
    }
    if isStopped { throw CancellationError() }
  }

  /// Takes an event, and tells all that can be told by now.
  func take(_ event: BatchEvent<Context>?, file index: Int, sequence number: Int) throws {
    guard let event, !isStopped else { return }
    waiting[index, default: [:]][number] = event
    while let next = waiting[file]?.removeValue(forKey: sequence) {
      sequence += 1
      try tell(&tally, file, next)
      guard case .ended = next else { continue }
      waiting[file] = nil
      file += 1
      sequence = 0
      wake()
    }
  }

  /// Lets nobody wait any longer: the batch ends with an error.
  func stop() {
    isStopped = true
    wake()
  }

  private func wake() {
    let ready = blocked.filter { isStopped || $0.file < file + window }
    blocked.removeAll { isStopped || $0.file < file + window }
    for waiter in ready { waiter.resume.resume() }
  }
}

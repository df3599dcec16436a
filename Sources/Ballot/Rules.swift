// SPDX-License-Identifier: Apache-2.0

/// How scores become answers.
///
/// Rules see evidence only, so that a stored reading can be decided again without its picture.
public struct Rules: Hashable, Sendable, Codable {
  /// Answers at least so probable are accepted.
  public var acceptAt: Double

  public init(acceptAt: Double = 0.97) {
    self.acceptAt = acceptAt
  }
}

// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Testing

import OMR

@Suite("Trees and network together")
struct JoinedReaderTests {
  /// Trees that give every target these log odds of marked.
  private static func trees(markedOdds: Double) throws -> MarkModel {
    let text =
      TargetFigures.names.joined(separator: "|") + "\n0 \(markedOdds) -9 1\n"
      + String(repeating: "tree\n-1 0\n", count: 3)
    return try MarkModel(text: text)
  }

  /// A network that says the same of every picture: all its weights are 0 but the last biases.
  private static func network(markedOdds: Float) throws -> PatchNetwork {
    var weights = [Float](repeating: 0, count: PatchNetwork.weightCount)
    weights[weights.count - 2] = markedOdds
    weights[weights.count - 1] = -9
    return try #require(PatchNetwork(weights: weights))
  }

  private static let figures = TargetFigures(
    values: [Float](repeating: 0, count: TargetFigures.names.count))
  private static let patch = MarkPatch(
    values: [UInt8](repeating: 220, count: 80 * 48 * MarkPatch.layers),
    facts: [0, 0, 1, 0, 0, 0, 0, 0])

  @Test("Where the trees are sure that nothing is marked, the network is not asked")
  func sureTrees() throws {
    let reader = JoinedReader(
      trees: try Self.trees(markedOdds: -9), network: try Self.network(markedOdds: 5),
      sureUntouched: 0.999, joined: [0.5, 0.5, 0, 0], alone: [1, 0, 0])
    let scores = reader.scores(reader.trees.scores(Self.figures)) {
      Issue.record("a patch was cut")
      return Self.patch
    }
    #expect(scores.marked < 0.001)
  }

  @Test("Two readers that disagree end between")
  func disagreement() throws {
    let reader = JoinedReader(
      trees: try Self.trees(markedOdds: 3), network: try Self.network(markedOdds: -3),
      sureUntouched: 0.999, joined: [0.5, 0.5, 0, 0], alone: [1, 0, 0])
    let scores = reader.scores(reader.trees.scores(Self.figures)) { Self.patch }
    #expect(abs(scores.marked - 0.5) < 0.01)
  }

  @Test("The reader of retractions weighs the trees' odds and the network's, of marks alone")
  func retractions() throws {
    func reader(_ joined: [Double]) throws -> RetractionReader {
      RetractionReader(network: try Self.network(markedOdds: -3), joined: joined)
    }
    let first = MarkModel.Scores(untouched: 0.2, marked: 0.6, cancelled: 0.2)
    let trees = try reader([1, 0, 0]).probability(first, patch: Self.patch)
    #expect(abs(trees - 0.25) < 1e-6)
    let network = try reader([0, 1, 0]).probability(first, patch: Self.patch)
    #expect(abs(network - 1 / (1 + exp(6))) < 1e-6)
    #expect(try reader([0, 0, 2]).probability(first, patch: Self.patch) > 0.85)
    #expect(try reader([1, 1, 0]).looks(at: first))
    let untouched = MarkModel.Scores(untouched: 0.6, marked: 0.3, cancelled: 0.1)
    #expect(try !reader([1, 1, 0]).looks(at: untouched))
  }
}

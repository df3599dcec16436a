// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Trees and network together: how probable it is that a target is untouched, marked, or marked
/// and taken back.
///
/// Where the trees are sure that nothing is marked the network is not asked. Elsewhere both give
/// their log probabilities, which are added with weights that were fitted on painted sheets of
/// forms that neither was trained on; so the sum is as sure as it is right.
package struct JoinedReader: Sendable {
  package let trees: MarkModel
  let network: PatchNetwork?
  /// Where the trees give more than this to untouched, they are alone.
  let sureUntouched: Double
  /// Weight of the trees, weight of the network, and what marked and cancelled get beside.
  let joined: [Double]
  /// Weight of the trees alone, and what marked and cancelled get beside.
  let alone: [Double]

  /// The readers that `tools/train.sh` made.
  package static let trained: JoinedReader = {
    guard let network = PatchNetwork(base64: NetworkWeights.base64) else {
      // The text is compiled in and read by a test: it cannot be malformed.
      preconditionFailure("the network's weights are not a network's")
    }
    return JoinedReader(
      trees: .trained, network: network, sureUntouched: NetworkWeights.sureUntouched,
      joined: NetworkWeights.joined, alone: NetworkWeights.alone)
  }()

  /// Whether a second reader is asked at all.
  package var hasNetwork: Bool { network != nil }

  /// The trees alone, as they are.
  package init(trees: MarkModel) {
    self.init(
      trees: trees, network: nil, sureUntouched: 0, joined: [1, 0, 0, 0], alone: [1, 0, 0])
  }

  /// `joined` is the weight of the trees, of the network, and what marked and cancelled get
  /// beside; `alone` the weight of the trees where the network is not asked, and the same.
  package init(
    trees: MarkModel, network: PatchNetwork?, sureUntouched: Double, joined: [Double],
    alone: [Double]
  ) {
    self.trees = trees
    self.network = network
    self.sureUntouched = sureUntouched
    self.joined = joined
    self.alone = alone
  }

  /// Trained trees, and patches for the training of a network: of every target.
  package static let forPatches = JoinedReader(
    trees: .trained, network: nil, sureUntouched: 2, joined: [1, 0, 0, 0], alone: [1, 0, 0])

  /// Whether a network is to look at a target of which the trees say `first`.
  package func asksNetwork(_ first: MarkModel.Scores) -> Bool { first.untouched < sureUntouched }

  /// The probabilities of one target of which the trees say `first`; `patch` is cut only where
  /// the network is asked.
  package func scores(_ first: MarkModel.Scores, patch: () -> MarkPatch) -> MarkModel.Scores {
    let logs = [first.untouched, first.marked, first.cancelled].map { log(max($0, 1e-12)) }
    guard let network, asksNetwork(first) else {
      return Self.soft(logs.map { $0 * alone[0] }, beside: alone.suffix(2))
    }
    let second = network.logits(patch())
    return Self.soft(
      zip(logs, second).map { $0 * joined[0] + $1 * joined[1] }, beside: joined.suffix(2))
  }

  private static func soft(_ sums: [Double], beside: ArraySlice<Double>) -> MarkModel.Scores {
    let sums = zip(sums, [0] + beside).map { $0 + $1 }
    let powers = sums.map { exp($0 - (sums.max() ?? 0)) }
    let total = powers.reduce(0, +)
    return MarkModel.Scores(
      untouched: powers[0] / total, marked: powers[1] / total, cancelled: powers[2] / total)
  }
}

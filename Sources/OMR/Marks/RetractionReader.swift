// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Of what looks like a mark: was it taken back?
///
/// The readers of marks tell ink from paper first, and see a mark that was taken back too seldom to
/// know it well. This one looks at marks alone: the second reader's network, which learnt on from
/// sheets where every other mark is struck, crossed or scribbled out, and the trees' word beside
/// it. Its odds are those of sheets where two marks of a hundred are taken back.
package struct RetractionReader: Sendable {
  let network: PatchNetwork
  /// Weight of the trees' log odds, of the network's, and what is added.
  let joined: [Double]

  /// The reader that `tools/train-retractions.sh` made.
  package static let trained: RetractionReader = {
    guard let network = PatchNetwork(base64: RetractionWeights.base64) else {
      // The text is compiled in and read by a test: it cannot be malformed.
      preconditionFailure("the reader of retractions' weights are not a network's")
    }
    return RetractionReader(network: network, joined: RetractionWeights.joined)
  }()

  /// `joined` is the weight of the trees' log odds, of the network's, and what is added.
  package init(network: PatchNetwork, joined: [Double]) {
    self.network = network
    self.joined = joined
  }

  /// A target that is less probably marked, whether taken back or not, is nothing to look at.
  private static let leastMarked = 0.5

  /// Whether the reader is to look at a target of which the readers of marks say `scores`.
  package func looks(at scores: MarkModel.Scores) -> Bool {
    1 - scores.untouched > Self.leastMarked
  }

  /// How probable it is that a mark was taken back of which the trees say `first`.
  package func probability(_ first: MarkModel.Scores, patch: MarkPatch) -> Double {
    let second = network.logits(patch)
    let trees = log(max(first.cancelled, 1e-12)) - log(max(first.marked, 1e-12))
    let odds = joined[0] * trees + joined[1] * (second[2] - second[1]) + joined[2]
    return 1 / (1 + exp(-odds))
  }
}

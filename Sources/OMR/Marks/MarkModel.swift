// SPDX-License-Identifier: Apache-2.0
import Foundation

// Boosted trees (J. Friedman, *Greedy function approximation: a gradient boosting machine*,
// Annals of Statistics 29 (2001), 1189–1232): each round has a tree for each class, the leaves
// of all rounds are summed, and the sums become probabilities (soft maximum).

/// A model that tells from a target's figures whether it is untouched, marked, or marked and
/// taken back.
package struct MarkModel: Sendable {
  /// Probabilities of one target; they sum to 1.
  package struct Scores: Hashable, Sendable {
    package var untouched: Double
    package var marked: Double
    package var cancelled: Double

    package init(untouched: Double, marked: Double, cancelled: Double) {
      (self.untouched, self.marked, self.cancelled) = (untouched, marked, cancelled)
    }
  }

  private struct Node: Sendable {
    /// The figure that is asked, or -1 at a leaf.
    var figure: Int32
    /// Up to here to the left; at a leaf its value.
    var value: Float
    var left: Int32
    var right: Int32
  }

  private static let classes = 3
  /// What the sums begin with.
  private let start: [Double]
  private let nodes: [Node]
  /// The first node of each tree: untouched, marked, cancelled, untouched, …
  private let trees: [Int32]
  /// The scores are softened by this before they become probabilities; 1 leaves them.
  private let temperature: Double

  /// What is wrong with a model's text.
  package struct Malformed: Error, Hashable {
    package var line: Int

    package init(line: Int) { self.line = line }
  }

  /// Reads a model's text: a line of figures' names joined by `|`, a line of starts and the
  /// temperature, then a line a node: `figure value left right`, places within its tree; a tree
  /// begins with `tree`.
  package init(text: String) throws(Malformed) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    guard lines.count > 2, lines[0] == TargetFigures.names.joined(separator: "|") else {
      throw Malformed(line: 1)
    }
    let numbers = lines[1].split(separator: " ").compactMap { Double($0) }
    guard numbers.count == Self.classes + 1, let last = numbers.last, last > 0 else {
      throw Malformed(line: 2)
    }
    start = Array(numbers.prefix(Self.classes))
    temperature = last
    var nodes: [Node] = []
    var trees: [Int32] = []
    for (index, line) in lines.enumerated().dropFirst(2) {
      if line == "tree" {
        trees.append(Int32(nodes.count))
        continue
      }
      let parts = line.split(separator: " ")
      guard let base = trees.last, parts.count == 2 || parts.count == 4,
        let figure = Int32(parts[0]), let value = Float(parts[1]),
        figure < Int32(TargetFigures.names.count)
      else { throw Malformed(line: index + 1) }
      if parts.count == 4 {
        // Children stand behind their parent, so that every walk ends.
        guard let left = Int32(parts[2]), let right = Int32(parts[3]), figure >= 0,
          base + left > Int32(nodes.count), base + right > Int32(nodes.count)
        else { throw Malformed(line: index + 1) }
        nodes.append(Node(figure: figure, value: value, left: base + left, right: base + right))
      } else {
        nodes.append(Node(figure: -1, value: value, left: 0, right: 0))
      }
    }
    guard !trees.isEmpty, trees.count % Self.classes == 0,
      nodes.allSatisfy({
        $0.figure < 0 || (Int($0.left) < nodes.count && Int($0.right) < nodes.count)
      })
    else { throw Malformed(line: lines.count) }
    self.nodes = nodes
    self.trees = trees
  }

  /// A model that knows nothing: every target is as likely the one as the other.
  package static var untrainedText: String {
    TargetFigures.names.joined(separator: "|") + "\n0 0 0 1\n"
      + String(repeating: "tree\n-1 0\n", count: classes)
  }

  /// The probabilities of one target.
  package func scores(_ figures: TargetFigures) -> Scores {
    var sums = start
    for (index, root) in trees.enumerated() {
      var at = Int(root)
      while nodes[at].figure >= 0 {
        let node = nodes[at]
        at = Int(figures.values[Int(node.figure)] <= node.value ? node.left : node.right)
      }
      sums[index % Self.classes] += Double(nodes[at].value)
    }
    let powers = sums.map { exp(($0 - (sums.max() ?? 0)) / temperature) }
    let total = powers.reduce(0, +)
    return Scores(
      untouched: powers[0] / total, marked: powers[1] / total, cancelled: powers[2] / total)
  }
}

// SPDX-License-Identifier: Apache-2.0

extension PageReading {
  /// This reading, a second look at a page, held against what the first one came to.
  ///
  /// A second look may make sure what the first held likeliest, or doubt it. Where it would accept
  /// another answer a person decides between the two.
  public func held(against first: [Answer]) -> PageReading {
    let before = Dictionary(first.map { ($0.question, $0) }) { one, _ in one }
    var result = self
    for (index, answer) in answers.enumerated() where answer.cells.isEmpty {
      guard case .accepted(let value, _) = answer.outcome,
        let likeliest = before[answer.question]?.likeliest, likeliest != value
      else { continue }
      result.answers[index].outcome = .review(
        candidates: [value, likeliest], reasons: [.looksDiffer])
    }
    return result
  }
}

extension Answer {
  /// What was accepted, or else held likeliest; `nil` where nothing was.
  fileprivate var likeliest: [String]? {
    switch outcome {
    case .accepted(let value, _): value
    case .review(let candidates, _): candidates.first
    }
  }
}

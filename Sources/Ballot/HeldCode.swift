// SPDX-License-Identifier: Apache-2.0
import Form

extension Answer {
  /// The answer, asked of a person where the code as read breaks its form's rule: each cell may be
  /// sure and one of them still wrong.
  ///
  /// A code that is not filled in breaks no rule. One that is filled in partly is no issued code,
  /// no day, and its check digit is not there; but where the rule says no more than how many cells
  /// there are, people write shorter numbers and mean them.
  func held(to rule: CodeRule?) -> Answer {
    guard let rule, rule.hasConstraint, case .accepted(let value, _) = outcome,
      let code = value.first, !code.isEmpty, rule.fault(of: code) != nil
    else { return self }
    var asked = self
    asked.outcome = .review(candidates: [value], reasons: [.againstRule])
    asked.cells = cells.map {
      if case .accepted(let character, _) = $0 { .review(candidates: [character]) } else { $0 }
    }
    return asked
  }
}

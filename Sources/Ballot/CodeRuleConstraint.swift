// SPDX-License-Identifier: Apache-2.0
public import Form

extension CodeConstraint {
  /// What helps most of a form's rule to read a code: the issued codes, else its check digit,
  /// else its days. `nil` where the rule says none of these.
  public init?(_ rule: CodeRule) {
    if !rule.issued.isEmpty {
      self = .issued(rule.issued)
    } else if let check = rule.check {
      self = .checkDigit(check == .luhn ? .luhn : .mod11and10)
    } else if let days = rule.dates, let from = CodeDate(days.lowerBound),
      let through = CodeDate(days.upperBound)
    {
      self = .date(from: from, through: through)
    } else {
      return nil
    }
  }
}

extension CodeDate {
  fileprivate init?(_ day: CivilDate) {
    self.init(year: day.year, month: day.month, day: day.day)
  }
}

extension Answer {
  /// The answer, asked of a person where the code as read breaks its form's rule: each cell may be
  /// sure and one of them still wrong. A code that is not filled in breaks none.
  func held(to rule: CodeRule?) -> Answer {
    guard let rule, case .accepted(let value, _) = outcome, let code = value.first,
      !code.isEmpty, rule.fault(of: code) != nil
    else { return self }
    var asked = self
    asked.outcome = .review(candidates: [value], reasons: [.againstRule])
    asked.cells = cells.map {
      if case .accepted(let character, _) = $0 { .review(candidates: [character]) } else { $0 }
    }
    return asked
  }
}

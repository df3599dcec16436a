// SPDX-License-Identifier: Apache-2.0

/// What the characters of a code must be: how many, which of them are issued, whether the last
/// one checks the others, whether they are a date.
public struct CodeRule: Hashable, Sendable {
  /// A `_` for each cell, and between them what is printed outside the cells: `__/__/____`.
  public var pattern: String
  public var check: CheckDigit?
  /// The codes that there are; empty where any may be written.
  public var issued: [String]
  /// The first and the last day that may be written. The pattern then has eight cells
  /// (ddmmyyyy) or six (ddmmyy, of this century).
  public var dates: ClosedRange<CivilDate>?

  public init(
    pattern: String, check: CheckDigit? = nil, issued: [String] = [],
    dates: ClosedRange<CivilDate>? = nil
  ) {
    self.pattern = pattern
    self.check = check
    self.issued = issued
    self.dates = dates
  }

  /// How many cells there are.
  public var cells: Int { pattern.count { $0 == "_" } }

  /// Whether it says more of a code than how many cells there are.
  public var hasConstraint: Bool { check != nil || !issued.isEmpty || dates != nil }

  /// The codes that can be right, where they can be listed: those issued, or else the days.
  /// `nil` where any code may stand, or a check digit alone tells.
  ///
  /// - Complexity: O(*n*) for *n* codes; days are 110,000 at most.
  public var listed: [String]? {
    let all: [String]
    if !issued.isEmpty {
      all = issued
    } else if let dates {
      all = sequence(first: dates.lowerBound, next: \.next).prefix { $0 <= dates.upperBound }
        .compactMap { $0.digits(cells: cells) }
    } else {
      return nil
    }
    // Each code on a list of a million is not to be looked for on it again.
    var rest = self
    rest.issued = []
    return all.filter { rest.fault(of: $0) == nil }
  }

  /// Why a code cannot be right.
  public enum Fault: Hashable, Sendable {
    case notDigits
    case length(Int, expected: Int)
    case checkDigit
    case notIssued
    case noDate
    case outsideDates
  }

  /// What is wrong with a code as it was read or typed, without its separators; `nil` where
  /// nothing is.
  public func fault(of code: String) -> Fault? {
    guard code.count == cells else { return .length(code.count, expected: cells) }
    guard code.utf8.allSatisfy({ (48...57).contains($0) }) else { return .notDigits }
    if let check, !check.isRight(code) { return .checkDigit }
    if !issued.isEmpty, !issued.contains(code) { return .notIssued }
    if let dates {
      guard let date = Self.date(code) else { return .noDate }
      if !dates.contains(date) { return .outsideDates }
    }
    return nil
  }

  private static func date(_ code: String) -> CivilDate? {
    let digits = Array(code)
    guard digits.count == 8 || digits.count == 6,
      let day = String(digits[0..<2]).decimalNumber,
      let month = String(digits[2..<4]).decimalNumber,
      let year = String(digits[4...]).decimalNumber
    else { return nil }
    return CivilDate(year: digits.count == 6 ? 2000 + year : year, month: month, day: day)
  }
}

/// How the last digit of a code follows from the others.
public enum CheckDigit: String, Hashable, Sendable, CaseIterable {
  /// The sum of the digits, every second one from the right doubled: ISO/IEC 7812-1, annex B.
  case luhn
  /// ISO/IEC 7064, MOD 11,10: finds every single wrong digit.
  case mod11and10 = "mod-11-10"

  /// Whether the last digit is the right one.
  public func isRight(_ code: String) -> Bool {
    let digits = code.utf8.map { Int($0) - 48 }
    guard digits.count > 1, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    switch self {
    case .luhn:
      let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
        let value = digit.offset % 2 == 0 ? digit.element : 2 * digit.element
        return sum + (value > 9 ? value - 9 : value)
      }
      return sum % 10 == 0
    case .mod11and10:
      let product = digits.dropLast().reduce(10) { product, digit in
        let sum = (product + digit) % 10
        return (sum == 0 ? 10 : sum) * 2 % 11
      }
      return (product + digits[digits.count - 1]) % 10 == 1
    }
  }
}

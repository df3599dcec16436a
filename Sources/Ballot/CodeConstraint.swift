// SPDX-License-Identifier: Apache-2.0

/// What a code must be: known from the form, not from the ink.
public enum CodeConstraint: Hashable, Sendable {
  /// One of these codes.
  case issued([String])
  /// Its last digit follows from the others.
  case checkDigit(CheckMethod)
  /// A day, month and year (two or four digits, of this century) between two days.
  case date(from: CodeDate, through: CodeDate)

  /// How a check digit is reckoned.
  public enum CheckMethod: String, Hashable, Sendable, CaseIterable {
    /// Digits weighted 2, 3, … 7, 2, … from the right; 11 minus the sum modulo 11, where 10 is
    /// never issued.
    case mod11
    /// ISO/IEC 7064, MOD 11,10.
    case mod11and10
    /// Every second digit from the right doubled: ISO/IEC 7812-1, annex B.
    case luhn

    /// Whether the last digit of `digits` is right; false for fewer than two.
    public func isRight(_ digits: [Int]) -> Bool {
      guard let last = digits.last, digits.count > 1 else { return false }
      let body = digits.dropLast()
      switch self {
      case .mod11:
        let sum = body.reversed().enumerated().reduce(0) { $0 + (2 + $1.offset % 6) * $1.element }
        return (sum + last) % 11 == 0
      case .mod11and10:
        let product = body.reduce(10) { product, digit in
          let sum = (product + digit) % 10
          return (sum == 0 ? 10 : sum) * 2 % 11
        }
        return (product + last) % 10 == 1
      case .luhn:
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
          let value = digit.offset % 2 == 0 ? digit.element : 2 * digit.element
          return sum + (value > 9 ? value - 9 : value)
        }
        return sum % 10 == 0
      }
    }
  }
}

/// A day of the calendar, as written in a code.
public struct CodeDate: Hashable, Sendable, Comparable {
  public var year: Int
  public var month: Int
  public var day: Int

  /// `nil` where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.days(of: month, in: year) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  public static func < (a: CodeDate, b: CodeDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// The next day.
  public var next: CodeDate {
    CodeDate(year: year, month: month, day: day + 1)
      ?? CodeDate(year: year, month: month + 1, day: 1)
      ?? CodeDate(year: year + 1, unchecked: (1, 1))
  }

  private init(year: Int, unchecked: (month: Int, day: Int)) {
    (self.year, month, day) = (year, unchecked.month, unchecked.day)
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The digits of the date in a code of so many cells: day, month, year. `nil` where a code of
  /// that length is no date.
  func digits(cells: Int) -> String? {
    func padded(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    switch cells {
    case 8: return padded(day, 2) + padded(month, 2) + padded(year, 4)
    case 6: return padded(day, 2) + padded(month, 2) + padded(year % 100, 2)
    default: return nil
    }
  }
}

extension CodeConstraint {
  /// More codes than this are no list: a survey of a whole country has fewer units.
  static let mostCodes = 1_000_000
  /// A range of dates longer than this says nothing: fifty years, in days.
  static let mostDays = 18_300

  /// The codes of so many cells that fulfil it; `nil` where they are not listed but checked.
  func codes(cells: Int) -> [String]? {
    switch self {
    case .issued(let codes):
      return codes.prefix(Self.mostCodes).filter { $0.utf8.count == cells }
    case .checkDigit: return nil
    case .date(let from, let through):
      var result: [String] = []
      var day = from
      while day <= through, result.count < Self.mostDays {
        if let digits = day.digits(cells: cells) { result.append(digits) }
        day = day.next
      }
      return result
    }
  }
}

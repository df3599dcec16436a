// SPDX-License-Identifier: Apache-2.0

/// A day of the calendar, without hour and zone.
public struct CivilDate: Hashable, Sendable, Comparable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// - Returns: `nil` where the calendar has no such day, or outside the years 1900 to 2200.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2200).contains(year), (1...12).contains(month),
      (1...Self.days(of: month, in: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// A day as form files give it: `2024-11-21`.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap(\.decimalNumber)
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3 else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// As form files give it: `2024-11-21`.
  public var text: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }

  /// The day after; `nil` after the last one of the year 2200.
  public var next: CivilDate? {
    CivilDate(year: year, month: month, day: day + 1)
      ?? CivilDate(year: year, month: month + 1, day: 1)
      ?? CivilDate(year: year + 1, month: 1, day: 1)
  }

  /// The day as it is written into a code of so many cells: ddmmyyyy in eight, ddmmyy in six.
  ///
  /// - Returns: `nil` where so many cells hold no day, or six cannot tell its century.
  public func digits(cells: Int) -> String? {
    switch cells {
    case 8: Self.two(day) + Self.two(month) + "\(year)"
    case 6 where year / 100 == 20: Self.two(day) + Self.two(month) + Self.two(year % 100)
    default: nil
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func days(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

extension StringProtocol {
  /// The number that ASCII digits write, up to nine of them; `nil` for anything else.
  var decimalNumber: Int? {
    guard (1...9).contains(utf8.count), utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return utf8.reduce(0) { $0 * 10 + Int($1) - 48 }
  }
}

// SPDX-License-Identifier: Apache-2.0

// The serial is printed with two digits that check it, so that it can be read off the paper where
// the QR code cannot: ISO/IEC 7064, MOD 97-10, which finds every single wrong digit and every two
// that were exchanged; of other misreadings one in 97 passes. What is checked begins with the
// form, the version and the page: a serial that was read on the wrong blank does not pass either.

extension SheetLabel {
  /// The serial as it is printed: digits, a dash and two digits that check them on this page of
  /// this version, as in `000123-39`.
  public var printedSerial: String {
    let check = 98 - remainder(serial + "00")
    return serial + "-" + (check < 10 ? "0" : "") + String(check)
  }

  /// The label of a page, from its serial as it was read off the paper; `nil` where that is no
  /// serial with the check value of this page.
  ///
  /// - Parameters:
  ///   - form: The form's name.
  ///   - version: Its version.
  ///   - page: The form's page, from 1.
  ///   - printedSerial: What was read.
  public init?(form: String, version: String, page: Int, printedSerial: String) {
    let digits = printedSerial.prefix { $0 != "-" }
    guard Self.isSerial(String(digits)) else { return nil }
    self.init(form: form, version: version, page: page, serial: String(digits))
    guard self.printedSerial == printedSerial else { return nil }
  }

  /// Of the digits after a number of the page, modulo 97. That number is never 0, so that a zero
  /// lost in front of the serial changes the remainder too.
  private func remainder(_ digits: String) -> Int {
    digits.utf8.reduce(1 + Int(Self.crc("\(form)/\(version)/\(page)") % 96)) {
      ($0 * 10 + Int($1) - 48) % 97
    }
  }
}

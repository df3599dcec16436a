// SPDX-License-Identifier: Apache-2.0

/// What the QR code on a page of a printed sheet says: which form, which version, which page,
/// which sheet.
///
/// As text: `phieu/1/sipas-2024/3f2a9c01d4/2/000123/8F3C`. The last part checks the others, so
/// that another program's code or a misread one is never taken for a label.
public struct SheetLabel: Hashable, Sendable, Codable {
  /// The form's name.
  public var form: String
  /// The hash of its geometry.
  public var version: String
  /// The form's page, from 1.
  public var page: Int
  /// The sheet's number: digits, with their zeros.
  public var serial: String

  public init(form: String, version: String, page: Int, serial: String) {
    self.form = form
    self.version = version
    self.page = page
    self.serial = serial
  }

  /// The form's id as readings have it.
  public var formID: String { BallotForm.id(name: form, version: version) }

  /// The text of the QR code.
  public var text: String {
    let body = "phieu/1/\(form)/\(version)/\(page)/\(serial)"
    return body + "/" + Self.check(body)
  }

  /// Reads the text of a QR code; `nil` for anything but a whole label.
  public init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard text.utf8.count <= 300, parts.count == 7, parts[0] == "phieu", parts[1] == "1",
      parts[6] == Self.check(parts[0..<6].joined(separator: "/")),
      FormReader.isFolderName(parts[2]), !parts[2].isEmpty,
      let page = parts[4].decimalNumber, Self.isSerial(parts[5])
    else { return nil }
    self.init(form: parts[2], version: parts[3], page: page, serial: parts[5])
  }

  /// Whether a text can be a serial: one to twelve ASCII digits.
  public static func isSerial(_ text: String) -> Bool {
    (1...12).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// The check value of a text: its CRC as four hexadecimal digits.
  static func check(_ text: String) -> String {
    let digits = String(crc(text), radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// CRC-16/CCITT-FALSE of the text's UTF-8.
  static func crc(_ text: String) -> UInt16 {
    var crc: UInt16 = 0xFFFF
    for byte in text.utf8 {
      crc ^= UInt16(byte) << 8
      for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
    }
    return crc
  }
}

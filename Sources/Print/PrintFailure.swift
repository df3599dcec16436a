// SPDX-License-Identifier: Apache-2.0
public import Language

/// Why a form cannot be printed.
public enum PrintFailure: Error, Hashable, Sendable {
  /// The program's own fonts cannot be loaded.
  case noFonts
  /// Words hold signs that the fonts do not have.
  case missingSigns(String, in: String)
  /// Something is higher than a page.
  case tooHigh(String)
  /// Levels are too many or their words too long for the page's width.
  case tooWide(String)
  /// A value that is not short enough to be printed as a digit to circle.
  case longValue(String, question: String)
  /// A name that is too long for the QR code.
  case labelTooLong(String)
  /// A text that is no serial: one to twelve digits.
  case noSerial(String)
  /// A serial that stands twice.
  case serialTwice(String)
  case cannotWrite(String)
  case noMemory
}

extension PrintFailure: Wording {
  public func words(_ language: Language) -> String {
    switch language {
    case .english: english
    case .vietnamese: vietnamese
    }
  }

  private var english: String {
    switch self {
    case .noFonts: "the program's own fonts cannot be loaded"
    case .missingSigns(let signs, let text):
      "no font has `\(signs)`, in `\(text)`: write it otherwise"
    case .tooHigh(let text): "`\(text)` is higher than a page: shorten or divide it"
    case .tooWide(let text): "`\(text)` is wider than the page: fewer or shorter levels"
    case .longValue(let value, let question):
      "\(question): the value `\(value)` is to be circled, expected one or two signs"
    case .labelTooLong(let name): "\(name): too long for the QR code: shorten the form's name"
    case .noSerial(let text): "`\(text)` is no serial, expected 1 to 12 digits"
    case .serialTwice(let serial): "the serial \(serial) stands twice"
    case .cannotWrite(let path): "\(path): cannot be written"
    case .noMemory: "not enough memory"
    }
  }

  private var vietnamese: String {
    switch self {
    case .noFonts: "không nạp được phông chữ của chương trình"
    case .missingSigns(let signs, let text):
      "phông chữ không có `\(signs)`, trong `\(text)`: hãy viết cách khác"
    case .tooHigh(let text): "`\(text)` cao hơn một trang: hãy viết ngắn lại hoặc chia ra"
    case .tooWide(let text): "`\(text)` rộng hơn trang: hãy bớt hoặc rút ngắn các mức"
    case .longValue(let value, let question):
      "\(question): giá trị `\(value)` để khoanh tròn, cần một hoặc hai ký tự"
    case .labelTooLong(let name): "\(name): quá dài cho mã QR: hãy rút ngắn tên mẫu phiếu"
    case .noSerial(let text): "`\(text)` không phải số phiếu, cần 1 đến 12 chữ số"
    case .serialTwice(let serial): "số phiếu \(serial) có hai lần"
    case .cannotWrite(let path): "\(path): không ghi được"
    case .noMemory: "không đủ bộ nhớ"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
public import Language

extension FormError: Wording {
  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch self {
    case .noSuchFile(let file):
      "\(file): " + (vietnamese ? "không có tệp này" : "no such file")
    case .unreadable(let file, let reason):
      "\(file): " + (vietnamese ? "không đọc được" : "cannot be read") + ": \(reason)"
    case .tooLarge(let file, let bytes, let limit):
      vietnamese
        ? "\(file): \(bytes) byte, nhiều nhất là \(limit)"
        : "\(file): \(bytes) bytes, at most \(limit) are taken"
    case .notPrinted(let file):
      vietnamese
        ? "\(file): mẫu này chưa được in; hãy dùng phieu form print"
        : "\(file): this form was not printed yet; use phieu form print"
    case .nonsense(let file, let problems):
      problems.map { $0.words(language, file: file) }.joined(separator: "\n")
    case .exists(let folder):
      vietnamese
        ? "\(folder): đã có; thêm --force để thay" : "\(folder): exists; add --force to replace it"
    case .notAForm(let folder):
      vietnamese
        ? "\(folder): không phải thư mục mẫu phiếu (không có form.yaml), nên không thay"
        : "\(folder): not a form's folder (no form.yaml), so it is not replaced"
    case .cannotWrite(let path, let reason):
      "\(path): " + (vietnamese ? "không ghi được" : "cannot be written") + ": \(reason)"
    }
  }
}

extension FormProblem: Wording {
  /// `form.yaml:12:9: pages[0].questions[3].type: …`, the way compilers say it.
  public func words(_ language: Language, file: String) -> String {
    let place = line > 0 ? "\(file):\(line):\(column): " : "\(file): "
    return place + (path.isEmpty ? "" : path + ": ") + words(language)
  }

  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch fault {
    case .notUTF8: vietnamese ? "không phải UTF-8" : "not UTF-8"
    case .malformed(let detail):
      (vietnamese ? "không phải YAML đúng" : "malformed YAML") + ": \(Self.shown(detail))"
    case .tooDeep(let limit):
      vietnamese ? "lồng quá \(limit) tầng" : "nested more than \(limit) deep"
    case .anchor:
      vietnamese
        ? "neo và bí danh (&, *) không được dùng; hãy viết hẳn ra"
        : "anchors and aliases (&, *) are not taken; write it out"
    case .expected(let what, let found):
      Self.found(found, language) + ", "
        + (vietnamese ? "cần " : "expected ") + what.words(language)
    case .missing(let key): vietnamese ? "thiếu `\(key)`" : "`\(key)` is missing"
    case .unknownKey(let key, let known):
      vietnamese
        ? "không có khoá `\(Self.shown(key))`, cần một trong: \(known.joined(separator: ", "))"
        : "unknown key `\(Self.shown(key))`, expected one of \(known.joined(separator: ", "))"
    case .duplicateKey(let key, let line):
      vietnamese
        ? "khoá `\(key)` lặp lại, lần đầu ở dòng \(line), cần một lần"
        : "key `\(key)` again, first in line \(line), expected once"
    case .notUnique(let text, let line):
      vietnamese
        ? "`\(Self.shown(text))` lặp lại, lần đầu ở dòng \(line), cần duy nhất"
        : "`\(Self.shown(text))` again, first in line \(line), expected to be unique"
    case .outsidePage(let width, let height):
      vietnamese
        ? "vượt ra ngoài trang, cần nằm trong \(width) × \(height) điểm ảnh"
        : "reaches outside the page, expected inside \(width) × \(height) pixels"
    case .noQuestions:
      vietnamese ? "không có câu hỏi nào, cần ít nhất một" : "no question, expected at least one"
    case .tooMany(let count, let limit):
      vietnamese
        ? "\(count), nhiều nhất là \(limit)" : "\(count) of them, expected at most \(limit)"
    case .missingSigns(let signs):
      vietnamese
        ? "phông chữ không có `\(Self.shown(signs))`, cần chữ và dấu thông thường"
        : "no font has `\(Self.shown(signs))`, expected ordinary letters and signs"
    case .pictureSize(let file, let width, let height):
      vietnamese
        ? "ảnh \(file) là \(width) × \(height) điểm ảnh, cần đúng cỡ đã ghi ở đây"
        : "the picture \(file) is \(width) × \(height) pixels, expected the size given here"
    }
  }

  private static func found(_ text: String, _ language: Language) -> String {
    guard !text.isEmpty else {
      return language == .vietnamese ? "không có gì" : "nothing found"
    }
    return language == .vietnamese ? "gặp `\(shown(text))`" : "found `\(shown(text))`"
  }

  /// Text of a file as a terminal may see it, not too long.
  private static func shown(_ text: String) -> String {
    let start = String(text.unicodeScalars.prefix(80))
    return start.shown + (text.unicodeScalars.count > 80 ? "…" : "")
  }
}

extension FormProblem.Expected: Wording {
  /// A number without a power of ten.
  private func plain(_ value: Double) -> String {
    let text = JSONText.short(value)
    guard text.contains("e"), abs(value) < 1 else { return text }
    let digits = String(format: "%.12f", value)
    return String(digits.reversed().drop { $0 == "0" }.reversed())
  }

  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    return switch self {
    case .endOfFile: vietnamese ? "hết tệp" : "the end of the file"
    case .value: vietnamese ? "một giá trị" : "a value"
    case .digit: vietnamese ? "một chữ số" : "a digit"
    case .escape: vietnamese ? "một dãy thoát JSON" : "a JSON escape"
    case .token(let tokens):
      tokens.split(separator: " ").map { "`\($0)`" }
        .joined(separator: vietnamese ? " hoặc " : " or ")
    case .text: vietnamese ? "một chuỗi chữ" : "a string"
    case .list: vietnamese ? "một danh sách" : "a list"
    case .mapping: vietnamese ? "các khoá và giá trị" : "keys and values"
    case .box:
      vietnamese ? "bốn số [x, y, rộng, cao]" : "four numbers [x, y, width, height]"
    case .oneOf(let words):
      (vietnamese ? "một trong: " : "one of ") + words.joined(separator: ", ")
    case .number(let least, let most):
      (vietnamese ? "một số từ " : "a number from ")
        + plain(least) + (vietnamese ? " đến " : " to ") + plain(most)
    case .wholeNumber(let least, let most):
      least == most
        ? "\(least)"
        : (vietnamese ? "một số nguyên từ \(least) đến " : "a whole number from \(least) to ")
          + "\(most)"
    case .positive:
      vietnamese ? "rộng và cao ít nhất một điểm ảnh" : "a width and height of at least one pixel"
    case .length(let least, let most):
      vietnamese ? "từ \(least) đến \(most) ký tự" : "\(least) to \(most) characters"
    case .plainText:
      vietnamese
        ? "chữ không có ký tự điều khiển, không có dấu cách ở hai đầu"
        : "text without control characters and without spaces at its ends"
    case .folderName:
      vietnamese
        ? "chữ cái, chữ số, `-`, `_`, `.`, không bắt đầu bằng dấu chấm"
        : "letters, digits, `-`, `_`, `.`, not beginning with a dot"
    case .fileName:
      vietnamese
        ? "tên một tệp ảnh trong thư mục của mẫu phiếu, không có đường dẫn"
        : "the name of a picture in the form's folder, without a path"
    case .atLeastOne: vietnamese ? "ít nhất một" : "at least one"
    case .atLeastTwo: vietnamese ? "ít nhất hai" : "at least two"
    case .fieldName:
      vietnamese
        ? "một chữ cái không dấu, rồi chữ cái không dấu, chữ số, `_`, `-`, `.`"
        : "a plain letter, then plain letters, digits, `_`, `-`, `.`"
    case .notReserved(let name):
      vietnamese
        ? "tên khác; `\(name)` là của chương trình" : "another name; `\(name)` is the program's"
    case .pattern:
      vietnamese
        ? "`_` cho mỗi ô và dấu phân cách ở giữa, như `__/__/____`"
        : "`_` for each cell and separators between, such as `__/__/____`"
    case .datePattern:
      vietnamese ? "tám ô ddmmyyyy hoặc sáu ô ddmmyy" : "eight cells ddmmyyyy or six ddmmyy"
    case .date: vietnamese ? "một ngày như 2024-11-21" : "a day such as 2024-11-21"
    case .notBefore(let day): vietnamese ? "ngày \(day) hoặc sau đó" : "\(day) or later"
    case .cellSize:
      vietnamese
        ? "[rộng, cao] bằng mm, từ [6, 8] đến [20, 20]"
        : "[width, height] in mm, [6, 8] to [20, 20]"
    case .digits(let count):
      vietnamese ? "\(count) chữ số" : "\(count) \(count == 1 ? "digit" : "digits")"
    case .checkDigit(let kind):
      vietnamese ? "chữ số cuối đúng theo \(kind)" : "a last digit that is right by \(kind)"
    case .version:
      vietnamese ? "8 đến 64 chữ số thập lục phân" : "8 to 64 hexadecimal digits"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with a form file: where, what, and what was expected.
public struct FormProblem: Error, Hashable, Sendable {
  /// The line, from 1; 0 where the problem is the file's as a whole.
  public var line: Int
  /// The column, from 1, in Unicode scalars; 0 where the problem is the file's as a whole.
  public var column: Int
  /// The path of keys and indices from 0, such as `pages[0].questions[3].type`; empty for the
  /// whole file and where the file cannot be parsed.
  public var path: String
  public var fault: Fault

  init(place: FilePlace?, path: String, fault: Fault) {
    line = place?.line ?? 0
    column = place?.column ?? 0
    self.path = path
    self.fault = fault
  }

  /// Words that are to be printed, with signs that no font of the program has.
  public init(_ words: PrintedText, missingSigns signs: String) {
    line = words.line
    column = words.column
    path = words.path
    fault = .missingSigns(signs)
  }

  /// What is wrong.
  public enum Fault: Hashable, Sendable {
    /// The bytes are no UTF-8.
    case notUTF8
    /// No YAML; the words are the YAML library's.
    case malformed(String)
    case tooDeep(limit: Int)
    /// A YAML anchor or alias.
    case anchor
    case expected(Expected, found: String)
    case missing(key: String)
    case unknownKey(String, known: [String])
    case duplicateKey(String, firstLine: Int)
    /// An id, a value or a blank that stands elsewhere already.
    case notUnique(String, firstLine: Int)
    /// A box that reaches over the edge of its page's picture.
    case outsidePage(width: Int, height: Int)
    /// A form that asks nothing.
    case noQuestions
    case tooMany(Int, limit: Int)
    /// Signs that cannot be printed.
    case missingSigns(String)
    /// The blank's picture is of another size than the form says.
    case pictureSize(file: String, width: Int, height: Int)
  }

  /// What should have stood there.
  public enum Expected: Hashable, Sendable {
    case endOfFile
    case value
    case digit
    case escape
    /// One of these characters, separated by spaces.
    case token(String)
    case text
    case list
    case mapping
    case box
    case oneOf([String])
    case number(least: Double, most: Double)
    case wholeNumber(least: Int, most: Int)
    case positive
    /// Text of at least and at most so many characters.
    case length(least: Int, most: Int)
    /// Text without control characters, and no space at either end.
    case plainText
    /// Letters, digits, `-`, `_`, `.`, no dot first.
    case folderName
    /// The name of a file in the form's folder.
    case fileName
    /// At least one of them.
    case atLeastOne
    /// At least two of them.
    case atLeastTwo
    /// A name that a column of a table can have.
    case fieldName
    /// Any other name: this one is the program's.
    case notReserved(String)
    /// `_` for each cell, and what is printed between them.
    case pattern
    /// A pattern of a date, where days are given.
    case datePattern
    /// A day of the calendar.
    case date
    /// This day or a later one.
    case notBefore(String)
    /// Two numbers: cells large enough for a hand.
    case cellSize
    /// A code of so many digits.
    case digits(Int)
    /// A code whose last digit is right.
    case checkDigit(String)
    /// The hash of a form's geometry.
    case version
  }
}

/// Why a form cannot be used, brought in or written.
public enum FormError: Error, Hashable, Sendable {
  case noSuchFile(String)
  /// The file is there and cannot be read, with the system's words.
  case unreadable(String, reason: String)
  case tooLarge(String, bytes: Int, limit: Int)
  /// A form that has no coordinates yet, where only one that has them can be used.
  case notPrinted(String)
  /// The file says nonsense. All problems are told, up to a hundred.
  case nonsense(file: String, problems: [FormProblem])
  /// The folder is there already, and nobody said that it may be replaced.
  case exists(String)
  /// The folder is to be replaced and holds no form: it may be anything.
  case notAForm(String)
  case cannotWrite(String, reason: String)
}

// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// What is true of a painted page: contract §4, and beyond it what trains a reader.
public struct SheetTruth: Codable, Sendable {
  /// The file, relative to the folder.
  public var file: String
  /// The page inside the file, from 1.
  public var page: Int
  public var level: String
  /// The form's page, from 1.
  public var formPage: Int
  public var answers: [String: [String]]
  /// Questions where a careful person would ask, with the answers that may be accepted.
  public var ask: [String: [[String]]]
  public var marks: [Mark]
  /// By question and value: `marked`, `untouched`, `cancelled` or `doubtful`.
  public var targets: [String: [String: String]]
  public var scan: Scan
  /// By question: the `DrilledKind` that it was given, where kinds are drilled.
  public var drilled: [String: String]?

  /// Ink on the page.
  public struct Mark: Codable, Sendable {
    public var question: String?
    public var value: String?
    /// The kind of mark and the pen.
    public var kind: String
    /// The mean darkness of its strokes against the paper beside it in the finished scan, 0 to 1.
    public var contrast: Double?
    /// How much of it shows against the same page without it, in square millimetres of full black,
    /// where that was looked at.
    public var visibleMM2: Double?
  }

  /// How it was scanned.
  public struct Scan: Codable, Sendable {
    public var dpi: Int
    /// gray, colour or 1-bit.
    public var mode: String
    /// Quarter turns counter-clockwise.
    public var turned: Int
    public var wear: [String]
    public var pen: String
    /// Camera tilt in degrees.
    public var tilt: Double?
  }

  /// The truth of a folder, one sheet a line.
  public static func file(
    form: String, origin: String, sheets: [SheetTruth]
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let head = try encoder.encode(["form": form, "origin": origin])
    var result = head.dropLast()
    result.append(contentsOf: Data(",\"sheets\":[\n".utf8))
    for (number, sheet) in sheets.enumerated() {
      if number > 0 { result.append(contentsOf: Data(",\n".utf8)) }
      result.append(try encoder.encode(sheet))
    }
    result.append(contentsOf: Data("\n]}\n".utf8))
    return Data(result)
  }
}

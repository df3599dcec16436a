// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry

/// Prints sheets of a layout into one PDF, sheet after sheet, so that ten thousand of them need
/// the memory of one page.
public struct SheetPrinter {
  private let layout: PrintLayout
  private let fonts: PrintFonts

  public init(_ layout: PrintLayout, fonts: PrintFonts) {
    self.layout = layout
    self.fonts = fonts
  }

  /// Writes a sheet for each serial.
  ///
  /// - Parameters:
  ///   - serials: One to twelve digits each, none twice.
  ///   - path: The file to write; on an error it is not whole.
  /// - Returns: How many pages were printed.
  /// - Throws: `PrintFailure`.
  @discardableResult
  public func write(serials: [String], to path: String) throws(PrintFailure) -> Int {
    try Self.check(serials)
    let paper = try Paper(pdf: path, title: layout.form.title, fonts: fonts)
    for serial in serials {
      for page in 1...layout.pages.count {
        try layout.draw(page: page, serial: serial, on: paper)
        try paper.endPage(path: path)
      }
    }
    try paper.finish(path: path)
    return serials.count * layout.pages.count
  }

  /// Serials from 1 on, with at least six digits.
  ///
  /// - Parameters:
  ///   - first: The first number, from 0.
  ///   - count: How many.
  /// - Returns: The serials, all of one length.
  public static func serials(from first: Int, count: Int) -> [String] {
    let last = String(first + max(count, 1) - 1)
    let length = max(6, last.count)
    return (0..<count).map { index in
      let number = String(first + index)
      return String(repeating: "0", count: length - number.count) + number
    }
  }

  private static func check(_ serials: [String]) throws(PrintFailure) {
    var seen: Set<String> = []
    for serial in serials {
      guard SheetLabel.isSerial(serial) else { throw .noSerial(serial) }
      guard seen.insert(serial).inserted else { throw .serialTwice(serial) }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A digit as somebody wrote it: what cells are painted with.
package struct WrittenDigit: Sendable {
  /// 0 to 9.
  package var digit: Int
  /// Who wrote it: a number of the data set's.
  package var writer: Int
  package var shape: Shape

  /// How it is kept.
  package enum Shape: Sendable {
    /// A square picture, 0 paper to 255 ink.
    case picture(side: Int, levels: [UInt8])
    /// Lines of a pen: places in thousandths of the digit's longer side, y downwards.
    case lines([[SIMD2<Float>]])
  }
}

/// Written digits, read from the plain file that `tools/train-digits.py` makes of the data sets.
///
/// The file: for each digit one byte digit, one byte kind (0 picture, 1 lines), two bytes writer;
/// then one byte side and side² bytes, or one byte number of lines and for each two bytes number
/// of places and two bytes for x and for y of each. Little-endian.
package struct WrittenDigits: Sendable {
  package var pictures: [WrittenDigit] = []
  package var lines: [WrittenDigit] = []

  /// What is wrong with a file of digits.
  package enum Fault: Error, Hashable { case truncated(at: Int), unknownKind(UInt8), empty }

  package init(_ bytes: [UInt8]) throws(Fault) {
    var at = 0
    func byte() throws(Fault) -> Int {
      guard at < bytes.count else { throw .truncated(at: at) }
      defer { at += 1 }
      return Int(bytes[at])
    }
    func word() throws(Fault) -> Int {
      let low = try byte()
      return try low + 256 * byte()
    }
    while at < bytes.count {
      let digit = try byte()
      let kind = try byte()
      let writer = try word()
      switch kind {
      case 0:
        let side = try byte()
        guard at + side * side <= bytes.count else { throw .truncated(at: at) }
        let levels = Array(bytes[at..<at + side * side])
        at += side * side
        pictures.append(
          WrittenDigit(
            digit: digit, writer: writer, shape: .picture(side: side, levels: levels)))
      case 1:
        var strokes: [[SIMD2<Float>]] = []
        for _ in 0..<(try byte()) {
          var places: [SIMD2<Float>] = []
          for _ in 0..<(try word()) {
            let (x, y) = (try word(), try word())
            places.append(SIMD2(Float(x), Float(y)))
          }
          if !places.isEmpty { strokes.append(places) }
        }
        if !strokes.isEmpty {
          lines.append(WrittenDigit(digit: digit, writer: writer, shape: .lines(strokes)))
        }
      default: throw .unknownKind(UInt8(kind))
      }
    }
    guard !pictures.isEmpty || !lines.isEmpty else { throw .empty }
  }

  /// A digit by chance: a picture or lines, as often.
  func any(_ chance: inout SeededGenerator) -> WrittenDigit {
    let usesLines = pictures.isEmpty || (!lines.isEmpty && chance.happens(0.55))
    let from = usesLines ? lines : pictures
    return from[min(from.count - 1, Int(chance.unit() * Double(from.count)))]
  }
}

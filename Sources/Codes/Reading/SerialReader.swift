// SPDX-License-Identifier: Apache-2.0
public import Geometry
public import Imaging

/// A serial as it was read from print.
public struct PrintedSerial: Hashable, Sendable {
  /// Its digits and dashes, from left to right.
  public var text: String
  /// Tesseract's figure of the digit it is least sure of, from 0 to 1. No probability: on a fax,
  /// wrong digits have more than 0.9. A serial is accepted with its check value alone.
  public var confidence: Double

  public init(text: String, confidence: Double) {
    self.text = text
    self.confidence = confidence
  }
}

/// Reads printed serials, digits and dashes, with Tesseract's stock data `eng`: the second way to a sheet's
/// serial when its QR code is damaged. Not `Sendable`: each worker has its own, with an engine that
/// is made when the first serial is met.
public final class SerialReader {
  private static let characters = "0123456789-"
  private var engine: LineEngine??

  public init() {}

  /// The serial printed in a box of the blank.
  ///
  /// - Parameters:
  ///   - picture: The page.
  ///   - map: Where the blank lies on it.
  ///   - box: The serial's place, with a millimetre or two of white round it.
  /// - Returns: `nil` where there are no digits, the box is larger than a sheet, or the stock data
  ///   is not installed.
  public func read(
    _ picture: GrayPicture, map: some BlankToPage, box: BlankBox
  ) -> PrintedSerial? {
    guard box.width > 0, box.height > 0, let canvas = FieldCanvas(of: box),
      let engine = stock()
    else { return nil }
    let levels = canvas.sample(picture) { map.pagePoint($0) }
    let line = GrayPicture(
      width: canvas.width, height: canvas.height,
      pixels: levels.pixels.map { UInt8(max(0, min(255, $0.rounded()))) })
    guard let symbols = engine.symbols(line), !symbols.isEmpty,
      symbols.allSatisfy({ $0.text.allSatisfy(Self.characters.contains) })
    else { return nil }
    return PrintedSerial(
      text: symbols.map(\.text).joined(),
      confidence: symbols.map(\.confidence).min() ?? 0)
  }

  private func stock() -> LineEngine? {
    if let engine { return engine }
    let made = LineEngine.stock("eng", of: Self.characters)
    engine = .some(made)
    return made
  }
}

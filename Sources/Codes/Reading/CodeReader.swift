// SPDX-License-Identifier: Apache-2.0
public import Ballot
public import Geometry
public import Imaging

// How codes are read: the cells of each code are isolated where the registration says they lie
// (Isolation/); each cell with ink is read twice, by Tesseract with a model of our own in lines
// with guard dots and by two small networks. What both say is kept as evidence; the rules decide.

/// Reads the codes of registered pages. Not `Sendable`: each worker has its own, with an engine
/// that is made when the first written cell is met.
public final class CodeReader {
  private let networks: DigitNetworks?
  private var engine: LineEngine??

  public init() { networks = DigitNetworks.trained }

  /// What stands in the cells of each code of a page, by question.
  ///
  /// - Parameters:
  ///   - picture: The page.
  ///   - map: Where the blank lies on it.
  ///   - prepared: The form page's codes.
  /// - Returns: A list of cells a code, in the form's order.
  public func read(
    _ picture: GrayPicture, map: some BlankToPage, on prepared: PreparedCodes
  ) -> [String: [CellEvidence]] {
    var result: [String: [CellEvidence]] = [:]
    for field in prepared.fields {
      let cells = CellIsolation.isolate(picture, map: { map.pagePoint($0) }, field: field)
      result[field.question] = evidence(cells)
    }
    return result
  }

  /// What both readers say of isolated cells.
  package func evidence(_ cells: [IsolatedCell]) -> [CellEvidence] {
    let written = cells.compactMap(\.ink)
    let symbols = lines(written.map(CellPictures.forLine))
    var next = 0
    return cells.map { cell in
      var evidence = CellEvidence(
        inkMM2: cell.inkMM2, strength: cell.strength, dirtMM2: cell.dirtMM2, isCut: cell.isCut)
      guard let ink = cell.ink else { return evidence }
      defer { next += 1 }
      note(CellPictures.forNetwork(ink), symbols[next], in: &evidence)
      return evidence
    }
  }

  /// Writes what both readers say of a cell's pictures.
  private func note(_ picture: [UInt8], _ symbol: LineSymbol?, in evidence: inout CellEvidence) {
    if let networks {
      let shares = networks.probabilities(picture)
      evidence.digits = Array(shares.prefix(10))
      evidence.junk = shares[10]
    }
    if let symbol {
      evidence.symbol = symbol.text
      evidence.symbolConfidence = symbol.confidence
      evidence.others = symbol.others.filter { $0 != "." && $0 != "#" }
    }
  }

  /// What both readers say of pictures as they were kept for training.
  package func evidence(
    pictures: [(network: [UInt8], line: GrayPicture)]
  ) -> [CellEvidence] {
    let symbols = lines(pictures.map(\.line))
    return zip(pictures, symbols).map { pictures, symbol in
      var evidence = CellEvidence(inkMM2: 1, strength: 255)
      note(pictures.network, symbol, in: &evidence)
      return evidence
    }
  }

  /// Reads digits in lines; `nil` for a digit of which nothing is believed.
  private func lines(_ digits: [GrayPicture]) -> [LineSymbol?] {
    guard !digits.isEmpty, let engine = handwriting() else {
      return Array(repeating: nil, count: digits.count)
    }
    return stride(from: 0, to: digits.count, by: DigitLine.mostCells).flatMap { begin in
      let some = Array(digits[begin..<min(digits.count, begin + DigitLine.mostCells)])
      let symbols = engine.symbols(DigitLine.picture(some)) ?? []
      return DigitLine.cells(symbols, count: some.count)
    }
  }

  private func handwriting() -> LineEngine? {
    if let engine { return engine }
    let made = LineEngine.handwriting()
    engine = .some(made)
    return made
  }
}

// SPDX-License-Identifier: Apache-2.0
import Imaging

/// An image of a PDF, decoded at its own resolution where it is of a kind that scanners write.
struct PDFImage {
  /// What the samples of a pixel mean.
  private enum Colours: Equatable {
    case gray
    case rgb
    /// The level of each value.
    case palette([UInt8])
  }

  private let document: PDFDocument
  private let image: PDFDocument.Object
  private let resources: PDFDocument.Object?

  init(_ document: PDFDocument, _ image: PDFDocument.Object, resources: PDFDocument.Object?) {
    self.document = document
    self.image = image
    self.resources = resources
  }

  private func value(_ key: String) -> PDFDocument.Object? { document.value(key, of: image) }

  /// The size that its dictionary tells.
  var size: (width: Int, height: Int)? {
    guard let width = document.integer(value("/Width")),
      let height = document.integer(value("/Height"))
    else { return nil }
    return (width, height)
  }

  /// The picture; `nil` where the image is of a kind that is left to the program that draws PDFs.
  ///
  /// - Throws: `ScanFailure` where the image is of a known kind, and damaged or too large.
  func decode(_ limits: ScanLimits) throws(ScanFailure) -> GrayPicture? {
    guard let (width, height) = size,
      let filters = document.filters(image), let filter = filters.first, filters.count == 1,
      ["/SMask", "/Mask", "/OC", "/Alternates"].allSatisfy({ value($0) == nil }),
      document.flag(value("/ImageMask")) != true,
      let colours = colours(value("/ColorSpace"), depth: 0), let inverted = inverted(colours)
    else { return nil }
    let bits = document.integer(value("/BitsPerComponent"))
    try limits.admit(width: width, height: height, format: PDFFile.name)
    switch filter.name {
    case "/DCTDecode":
      guard colours == .gray || colours == .rgb && !inverted,
        document.value("/ColorTransform", of: filter.parameters) == nil
      else { return nil }
      return try jpeg(width, height, colours, inverted, limits)
    case "/CCITTFaxDecode":
      guard colours != .rgb, bits ?? 1 == 1 else { return nil }
      return try fax(width, height, colours, inverted, filter.parameters, limits)
    case "/FlateDecode":
      guard let bits, [1, 2, 4, 8, 16].contains(bits) else { return nil }
      return try flate(width, height, bits, colours, inverted, filter.parameters)
    default:
      return nil
    }
  }

  private func colours(_ space: PDFDocument.Object?, depth: Int) -> Colours? {
    guard depth < 4, let space else { return nil }
    if let name = document.name(space) {
      switch name {
      case "/DeviceGray", "/CalGray", "/G": return .gray
      case "/DeviceRGB", "/CalRGB", "/RGB": return .rgb
      default:
        let named = document.value(name, of: document.value("/ColorSpace", of: resources))
        return colours(named, depth: depth + 1)
      }
    }
    guard let items = document.items(space), let kind = document.name(items.first) else {
      return nil
    }
    switch kind {
    case "/DeviceGray", "/CalGray": return .gray
    case "/DeviceRGB", "/CalRGB": return .rgb
    case "/ICCBased" where items.count == 2:
      switch document.integer(document.value("/N", of: items[1])) {
      case 1: return .gray
      case 3: return .rgb
      default: return nil
      }
    case "/Indexed" where items.count == 4:
      guard let base = colours(items[1], depth: depth + 1),
        let highest = document.integer(items[2]), (0...255).contains(highest)
      else { return nil }
      return palette(base, count: highest + 1, items[3])
    default: return nil
    }
  }

  private func palette(_ base: Colours, count: Int, _ lookup: PDFDocument.Object) -> Colours? {
    let table = document.string(lookup) ?? document.smallStream(lookup, limit: 4_096)
    let each = base == .rgb ? 3 : 1
    guard let table, base == .gray || base == .rgb, table.count >= count * each else {
      return nil
    }
    if each == 1 { return .palette(Array(table[..<count])) }
    var levels: [UInt8] = []
    for start in stride(from: 0, to: 3 * count, by: 3) {
      levels.append(Samples.luma(table[start], table[start + 1], table[start + 2]))
    }
    return .palette(levels)
  }

  /// Whether `/Decode` turns black and white round; `nil` where it asks for anything else.
  private func inverted(_ colours: Colours) -> Bool? {
    guard let decode = value("/Decode") else { return false }
    guard let numbers = document.numbers(decode), !numbers.isEmpty, numbers.count % 2 == 0 else {
      return nil
    }
    if case .palette = colours {
      let bits = document.integer(value("/BitsPerComponent")) ?? 1
      return (1...8).contains(bits) && numbers == [0, Double(1 << bits - 1)] ? false : nil
    }
    let pairs = stride(from: 0, to: numbers.count, by: 2).map { [numbers[$0], numbers[$0 + 1]] }
    if pairs.allSatisfy({ $0 == [0, 1] }) { return false }
    return pairs.allSatisfy { $0 == [1, 0] } ? true : nil
  }

  private func raw() throws(ScanFailure) -> FileBytes {
    guard let raw = document.rawStream(image), raw.count > 0 else {
      throw .damaged(format: PDFFile.name, detail: "an image without data")
    }
    return raw
  }

  private func jpeg(
    _ width: Int, _ height: Int, _ colours: Colours, _ inverted: Bool, _ limits: ScanLimits
  ) throws(ScanFailure) -> GrayPicture? {
    // A PDF shows the stored pixels: it knows nothing of EXIF.
    let (picture, components) = try JPEGFile.stored(raw(), limits)
    guard picture.width == width, picture.height == height,
      components == (colours == .gray ? 1 : 3)
    else { return nil }
    return inverted ? Samples.mapped(picture, (0...255).map { 255 - $0 }) : picture
  }

  private func fax(
    _ width: Int, _ height: Int, _ colours: Colours, _ inverted: Bool,
    _ parameters: PDFDocument.Object?, _ limits: ScanLimits
  ) throws(ScanFailure) -> GrayPicture? {
    func flag(_ key: String) -> Bool { document.flag(document.value(key, of: parameters)) ?? false }
    let columns = document.integer(document.value("/Columns", of: parameters)) ?? 1_728
    let kind = document.integer(document.value("/K", of: parameters)) ?? 0
    // What libtiff does not do is left to the other program.
    guard columns == width, !flag("/EncodedByteAlign") else { return nil }
    let strip = FaxStrip(
      width: width, height: height, kind: kind < 0 ? .group4 : kind > 0 ? .group3Mixed : .group3)
    // 0 is black in a PDF, unless it says otherwise.
    let turned = flag("/BlackIs1") != inverted
    let picture = try strip.decode(raw(), limits)
    switch colours {
    case .palette(let levels):
      guard levels.count == 2 else { return nil }
      let black = flag("/BlackIs1") ? 1 : 0
      return Samples.mapped(picture, (0...255).map { levels[$0 < 128 ? black : 1 - black] })
    default:
      return turned ? Samples.mapped(picture, (0...255).map { 255 - $0 }) : picture
    }
  }

  private func flate(
    _ width: Int, _ height: Int, _ bits: Int, _ colours: Colours, _ inverted: Bool,
    _ parameters: PDFDocument.Object?
  ) throws(ScanFailure) -> GrayPicture? {
    func number(_ key: String, _ usual: Int) -> Int {
      document.integer(document.value(key, of: parameters)) ?? usual
    }
    let components = colours == .rgb ? 3 : 1
    let row = (width * components * bits + 7) / 8
    let predictor = number("/Predictor", 1)
    let pixelBytes = max(1, components * bits / 8)
    if predictor != 1 {
      guard number("/Columns", 1) == width, number("/Colors", 1) == components,
        number("/BitsPerComponent", 8) == bits, (10...15).contains(predictor)
      else { return nil }
    }
    let stored = predictor == 1 ? row : row + 1
    var (samples, end) = inflate(try raw(), capacity: stored * height)
    guard samples.count == stored * height else {
      throw end == .damaged
        ? .damaged(format: PDFFile.name, detail: "deflate") : .truncated(format: PDFFile.name)
    }
    if predictor != 1 {
      guard let plain = Samples.unfiltered(samples, row: row, pixelBytes: pixelBytes) else {
        throw .damaged(format: PDFFile.name, detail: "filter of a row")
      }
      samples = plain
    }
    let levels: [UInt8]
    switch colours {
    case .palette(let known):
      levels = (0..<256).map { $0 < known.count ? known[$0] : 255 }
    default:
      let highest = bits < 8 ? 1 << bits - 1 : 255
      levels = (0..<256).map { value in
        let level = UInt8(min(value, highest) * 255 / highest)
        return inverted ? 255 - level : level
      }
    }
    return Samples.gray(
      samples, width: width, height: height, bits: bits, components: components, levels: levels)
  }
}

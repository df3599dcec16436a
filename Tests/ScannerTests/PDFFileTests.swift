// SPDX-License-Identifier: Apache-2.0
import CScanSamples
import Foundation
import Imaging
import Scanner
import Testing

@Suite("PDF")
struct PDFFileTests {
  static let count = Made.width * Made.height

  /// The page's one image, and what its dictionary says beyond its size.
  static func scan(
    _ data: [UInt8], _ entries: String, content: String? = nil, page: String = "",
    resources: String = "", more: [[UInt8]] = []
  ) -> [UInt8] {
    let image = MadePDF.stream(
      "/Type /XObject /Subtype /Image /Width \(Made.width) /Height \(Made.height) \(entries)", data)
    return MadePDF.file(
      content: Array((content ?? MadePDF.placed).utf8), page: page, resources: resources,
      image: image, more: more)
  }

  /// A page that was drawn by the other program at 300 dpi, not taken as it is.
  static func isDrawn(_ page: ScannedPage) -> Bool {
    page.picture.width == 300 && page.picture.height == 200
  }

  struct Flate: Sendable {
    var bits: Int
    var components: Int
    var space: String
    var predictor: Bool
  }

  static let flates = [1, 2, 4, 8, 16].flatMap { bits in
    [false, true].flatMap { predictor in
      [
        Flate(bits: bits, components: 1, space: "/DeviceGray", predictor: predictor),
        Flate(bits: bits, components: 3, space: "/DeviceRGB", predictor: predictor),
      ]
    }
  }

  @Test(
    "Deflated gray and RGB of any depth are exact, with and without a predictor", arguments: flates)
  func flate(_ kind: Flate) throws {
    let values = Made.values(Self.count * kind.components, bits: kind.bits, seed: 31)
    let perRow = Made.width * kind.components
    var rows = Made.packed(values, perRow: perRow, bits: kind.bits)
    var entries = "/ColorSpace \(kind.space) /BitsPerComponent \(kind.bits) /Filter /FlateDecode"
    if kind.predictor {
      rows = MadePDF.filtered(
        rows, row: (perRow * kind.bits + 7) / 8, pixelBytes: max(1, kind.components * kind.bits / 8)
      )
      entries +=
        " /DecodeParms << /Predictor 15 /Columns \(Made.width) /Colors \(kind.components)"
        + " /BitsPerComponent \(kind.bits) >>"
    }
    let page = try Made.page(Self.scan(Made.deflated(rows), entries))
    // 16 bits are read by their upper byte, so that one level is the rounding.
    let parts = values.map { Int(Made.eight($0, bits: kind.bits)) }
    for pixel in 0..<Self.count {
      let expected =
        kind.components == 1
        ? parts[pixel]
        : Int(
          Made.luma(
            UInt8(parts[3 * pixel]), UInt8(parts[3 * pixel + 1]), UInt8(parts[3 * pixel + 2])))
      let most = kind.bits == 16 || kind.components == 3 ? 1 : 0
      #expect(abs(Int(page.picture.pixels[pixel]) - expected) <= most)
    }
    // 72 × 48 points.
    let told = try #require(page.dpi)
    #expect(abs(told.x - Double(Made.width)) < 0.01)
    #expect(abs(told.y - Double(Made.height) * 1.5) < 0.01)
  }

  @Test("Palettes, profiles, calibrated spaces and inverted gray are understood")
  func spaces() throws {
    let values = Made.values(Self.count, bits: 8, seed: 32)
    let deflated = try Made.deflated(values.map { UInt8($0) })
    let flate = "/BitsPerComponent 8 /Filter [/FlateDecode]"
    let levels = values.map { UInt8($0) }
    let profile = MadePDF.stream("/N 1", [])
    let profiled = Self.scan(deflated, "/ColorSpace [/ICCBased 6 0 R] \(flate)", more: [profile])
    #expect(try Made.page(profiled).picture == Made.gray(levels))
    let calibrated = Self.scan(
      deflated, "/ColorSpace [/CalGray << /WhitePoint [1 1 1] >>] \(flate)")
    #expect(try Made.page(calibrated).picture == Made.gray(levels))
    let inverted = Self.scan(deflated, "/ColorSpace /DeviceGray /Decode [1 0] \(flate)")
    #expect(try Made.page(inverted).picture == Made.gray(levels.map { 255 - $0 }))
    let bits = Made.values(Self.count, bits: 1, seed: 33)
    let indexed = Self.scan(
      try Made.deflated(Made.packed(bits, perRow: Made.width, bits: 1)),
      "/ColorSpace [/Indexed /DeviceRGB 1 <0A141EC8D2DC>] /BitsPerComponent 1 /Filter /FlateDecode")
    let colours = [Made.luma(10, 20, 30), Made.luma(200, 210, 220)]
    #expect(try Made.page(indexed).picture == Made.gray(bits.map { colours[$0] }))
  }

  @Test("A JPEG inside gives its own pixels")
  func jpeg() throws {
    let file = try Made.jpeg(Made.slope())
    let alone = try Made.page(file).picture
    let inside = Self.scan(
      file, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode")
    #expect(try Made.page(inside).picture == alone)
  }

  static let faxes: [(compression: Int, k: Int, options: Int32)] = [
    (4, -1, 0), (3, 0, 0), (3, 1, 1),
  ]

  @Test(
    "Fax lines of group 3 and 4 are exact, black as 0 and as 1", arguments: faxes, [false, true])
  func fax(_ kind: (compression: Int, k: Int, options: Int32), blackIsOne: Bool) throws {
    let values = Made.values(Self.count, bits: 1, seed: 34)
    let page = Made.TIFFPage(
      Made.packed(values, perRow: Made.width, bits: 1), bits: 1, photometric: 0,
      compression: kind.compression
    ) { $0.group3 = kind.options }
    let strip = try MadePDF.strip(of: Made.tiff([page], mode: "wl"))
    let pdf = Self.scan(
      strip,
      "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K \(kind.k)"
        + " /Columns \(Made.width) /Rows \(Made.height) /BlackIs1 \(blackIsOne) >>")
    // 1 is black in the fax; a PDF that says that black is 1 shows 1 as white.
    let expected = values.map { ($0 == 1) == blackIsOne ? UInt8(255) : 0 }
    #expect(try Made.page(pdf).picture == Made.gray(expected))
  }

  @Test("Damage inside a scan fails that page, the others come")
  func damagedPage() throws {
    let pages = try (1...3).map { number in
      var data = try Made.deflated([UInt8](repeating: UInt8(number), count: Self.count))
      if number == 2 { data.removeLast(8) }
      return MadePDF.stream(
        "/Subtype /Image /Width \(Made.width) /Height \(Made.height) /ColorSpace /DeviceGray"
          + " /BitsPerComponent 8 /Filter /FlateDecode", data)
    }
    let file = MadePDF.pages(pages)
    let read = try Made.pages(file)
    try #require(read.map(\.page) == [1, 2, 3])
    #expect(try read[0].result.get().picture[0, 0] == 1)
    #expect(throws: ScanFailure.truncated(format: "PDF")) { try read[1].result.get() }
    #expect(try read[2].result.get().picture[0, 0] == 3)
    let source = PageSource(try ScannedFile(path: "", bytes: file))
    #expect(try source.page(3).get().number == 3)
    #expect(throws: ScanFailure.noSuchPage(number: 4)) { try source.page(4).get() }
    let few = try Made.pages(file, ScanLimits(maxPages: 1))
    try #require(few.count == 2)
    #expect(throws: ScanFailure.tooManyPages(limit: 1)) { try few[1].result.get() }
  }

  static let plain =
    "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"

  @Test("Text that is not seen and clips round the page leave a scan a scan")
  func invisible() throws {
    let data = try Made.deflated(Made.slope())
    let text = "BT 3 Tr /F1 12 Tf 10 10 Td (xin ch\\)ao) Tj [(a) -20 <AB>] TJ ET\n"
    for content in [
      text + MadePDF.placed, "q 0 0 72 48 re W n " + MadePDF.placed + " Q",
      "/Artifact << /Type /Page >> BDC " + MadePDF.placed + " EMC % done",
      "q Q q 0 0 72 48 re W n /Perceptual ri /Gs1 gs " + MadePDF.placed + " Q",
      "q 1 0 0 -1 0 48 cm q 72 0 0 -48 0 48 cm /Im0 Do Q Q",
    ] {
      let states = "/ExtGState << /Gs1 << /Type /ExtGState /AAPL:AA true /ca 1 >> >>"
      let page = try Made.page(
        Self.scan(data, Self.plain, content: content, resources: states))
      #expect(page.picture == Made.gray(Made.slope()), "\(content)")
    }
  }

  /// Content, page entries: each is more than a plain scan.
  static let others: [(String, String)] = [
    (MadePDF.placed + " 10 10 20 20 re f", ""),
    (MadePDF.placed + " BT /F1 12 Tf 10 10 Td (seen) Tj ET", ""),
    (MadePDF.placed + " " + MadePDF.placed, ""),
    ("q 36 0 0 24 0 0 cm /Im0 Do Q", ""),
    ("q 0 48 -72 0 72 0 cm /Im0 Do Q", ""),
    ("q 0 0 36 48 re W n 72 0 0 48 0 0 cm /Im0 Do Q", ""),
    ("q 200 0 0 200 0 0 cm /Im0 Do Q", ""),
    (MadePDF.placed, "/UserUnit 1"),
    (MadePDF.placed, "/Annots [<< /Type /Annot /Subtype /Square /Rect [5 5 30 30] /C [0] >>]"),
    ("/Gs1 gs " + MadePDF.placed, ""),
    ("q 72 0 0 -48 0 48 cm /Im0 Do Q", ""),
    ("", ""),
  ]

  @Test("Whatever else a page shows is drawn by poppler", arguments: others)
  func drawn(content: String, page: String) throws {
    let file = Self.scan(
      try Made.deflated(Made.slope()), Self.plain, content: content, page: page,
      resources: "/ExtGState << /Gs1 << /ca 0.5 >> >>")
    let read = try Made.page(file)
    #expect(Self.isDrawn(read))
    #expect(read.dpi?.x == 300)
  }

  @Test("A scan of a kind that only poppler decodes is drawn at its own resolution")
  func drawnAsItIs() throws {
    // 37 × 23 pixels on 18.5 × 5.75 points are 144 and 288 dpi.
    let data = try Made.other("jp2", Made.slope())
    let content = "q 18.5 0 0 5.75 0 0 cm /Im0 Do Q"
    let page = try Made.page(
      Self.scan(
        data, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode",
        content: content, page: "/MediaBox [0 0 18.5 5.75]"))
    #expect(page.dpi?.x == 144 && page.dpi?.y == 288)
    #expect(Made.isNear(page.picture, Made.slope(), within: 8))
  }

  @Test("A turned page is drawn turned")
  func rotated() throws {
    let file = Self.scan(try Made.deflated(Made.slope()), Self.plain, page: "/Rotate 90")
    let read = try Made.page(file)
    #expect(read.picture.width == 200 && read.picture.height == 300)
    // The first pixel comes to lie at the top right.
    #expect(read.picture[198, 1] < read.picture[1, 298])
  }

  @Test("Masks and colours that scanners do not write are left to poppler")
  func rareImages() throws {
    let data = try Made.deflated([UInt8](repeating: 0, count: 4 * Self.count))
    for entries in [
      "/ImageMask true /BitsPerComponent 1 /Filter /FlateDecode",
      "/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /FlateDecode",
      "/ColorSpace /DeviceGray /BitsPerComponent 8 /Mask [0 0] /Filter /FlateDecode",
      "/ColorSpace /DeviceGray /BitsPerComponent 8 /Decode [0 0.5] /Filter /FlateDecode",
    ] {
      #expect(Self.isDrawn(try Made.page(Self.scan(data, entries))), "\(entries)")
    }
  }

  @Test("A page that poppler would draw in part fails", arguments: ["/Rotate 90", "/UserUnit 1"])
  func damagedAndDrawn(page: String) throws {
    var deflated = try Made.deflated(Made.values(Self.count, bits: 8, seed: 36).map { UInt8($0) })
    deflated.removeLast(deflated.count / 2)
    #expect(throws: ScanFailure.truncated(format: "PDF")) {
      try Made.page(Self.scan(deflated, Self.plain, page: page))
    }
    var jpeg = try Made.jpeg(Made.slope())
    jpeg.removeLast(60)
    let entries = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    #expect(throws: ScanFailure.truncated(format: "JPEG")) {
      try Made.page(Self.scan(jpeg, entries, page: page))
    }
    let large = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode"
    let file = Self.scan([1, 2, 3], large + " /Width 30000 /Height 30000", page: page)
    #expect(throws: ScanFailure.self) { try Made.page(file) }
  }

  @Test("Pages too large to be drawn are refused before anything is drawn")
  func tooLargeToDraw() throws {
    let file = MadePDF.file(
      content: [], page: "", resources: "", image: MadePDF.stream("", []), more: [],
      box: "0 0 14400 14400")
    let failure = try Made.failure(file)
    #expect(failure == .tooLarge(width: 60_000, height: 60_000, limit: 120_000_000))
  }

  @Test("The crop box bounds the page")
  func cropped() throws {
    let file = Self.scan(
      try Made.deflated(Made.slope()), Self.plain, page: "/CropBox [0 0 36 48]")
    let read = try Made.page(file)
    #expect(read.picture.width == 150 && read.picture.height == 200)
  }

  @Test("A helper that is missing, fails or hangs is told by name")
  func helpers() throws {
    let file = Self.scan([], "", content: "")
    let folder = try ScannedFileTests.Folder()
    let missing = PDFHelper(program: "/nowhere/pdftoppm")
    #expect(throws: ScanFailure.helperMissing(program: "/nowhere/pdftoppm")) {
      try Made.pages(file, helper: missing)[0].result.get()
    }
    let failing = PDFHelper(program: "false", folder: folder.url.path)
    #expect(throws: ScanFailure.helperFailed(program: "false", detail: "status 1")) {
      try Made.pages(file, helper: failing)[0].result.get()
    }
    // A program that succeeds without drawing.
    let idle = PDFHelper(program: "true", folder: folder.url.path)
    #expect(throws: ScanFailure.self) { try Made.pages(file, helper: idle)[0].result.get() }
    let slow = try folder.file("slow", Array("#!/bin/sh\nexec sleep 30\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: slow)
    #expect(throws: ScanFailure.helperTimedOut(program: slow, seconds: 0.2)) {
      try Made.pages(
        file, ScanLimits(helperSeconds: 0.2), helper: PDFHelper(program: slow)
      )[0].result.get()
    }
    // Nothing is left behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["slow"])
  }

  @Test("A PDF behind a password says so; an empty user password opens")
  func encrypted() throws {
    let plain = Self.scan(try Made.deflated(Made.slope()), Self.plain)
    func locked(_ user: String) throws -> [UInt8] {
      try unsafe Made.file { unsafe sample_encrypted_pdf(plain, plain.count, user, $0) }
    }
    let pages = try Made.pages(locked("secret"))
    try #require(pages.count == 1)
    #expect(pages[0].page == nil)
    #expect(throws: ScanFailure.encrypted(format: "PDF")) { try pages[0].result.get() }
    #expect(try Made.page(locked("")).picture == Made.gray(Made.slope()))
    let vector = Self.scan([], "", content: "0 0 36 48 re f")
    let drawn = try Made.page(
      unsafe Made.file { unsafe sample_encrypted_pdf(vector, vector.count, "", $0) })
    #expect(Self.isDrawn(drawn) && drawn.picture[75, 100] == 0 && drawn.picture[225, 100] == 255)
  }

  @Test("Cut anywhere it is a failure")
  func truncated() throws {
    let jpeg = try Made.jpeg(Made.slope())
    let file = Self.scan(jpeg, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode")
    let picture = try Made.page(jpeg).picture
    // qpdf finds the objects without the table at the end: what is whole may come whole.
    for count in stride(from: 9, to: file.count, by: 13) {
      for (_, result) in try Made.pages(Array(file[..<count]), helper: PDFHelper(program: "false"))
      {
        if case .success(let page) = result { #expect(page.picture == picture) }
      }
    }
    #expect(isBroken(try Made.failure(Array(file[..<(file.count / 3)]))))
  }
}

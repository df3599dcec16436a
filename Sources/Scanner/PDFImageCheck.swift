// SPDX-License-Identifier: Apache-2.0
import CFlate

/// Looks at the images of a page before poppler draws it.
///
/// Poppler draws deflated and JPEG data that end early without a word, the rest of the page
/// white or gray: such a page must fail. It also takes memory as an image's dictionary says.
/// Damage in the other kinds it reports itself.
struct PDFImageCheck {
  /// Images and forms that are looked at: a scan has a few, a drawing's count for little.
  private static let most = 16

  private let document: PDFDocument
  private let limits: ScanLimits

  init(_ document: PDFDocument, _ limits: ScanLimits) {
    self.document = document
    self.limits = limits
  }

  /// Checks the images that the page's content draws; where that is not to be had, those of its
  /// resources. (Some programs give every page the images of all.)
  func check(_ resources: PDFDocument.Object?, drawn content: [UInt8]?) throws(ScanFailure) {
    let objects = document.value("/XObject", of: resources)
    let names = content.map(Self.names) ?? document.keys(objects, most: Self.most)
    try check(names, in: objects, depth: 0)
  }

  /// What a content draws by name, each once.
  private static func names(_ content: [UInt8]) -> [String] {
    var tokens = PDFTokens(content)
    var names: [String] = []
    var last: String?
    while names.count < most, let token = tokens.next() {
      if token == .operator("Do"), let last, !names.contains(last) { names.append(last) }
      if case .name(let name) = token { last = name } else { last = nil }
    }
    return names
  }

  private func check(_ names: [String], in objects: PDFDocument.Object?, depth: Int)
    throws(ScanFailure)
  {
    for name in names {
      guard let object = document.value(name, of: objects) else { continue }
      switch document.name(document.value("/Subtype", of: object)) {
      case "/Image": try check(image: object)
      case "/Form" where depth < 3:
        let inner = document.value("/XObject", of: document.value("/Resources", of: object))
        try check(document.keys(inner, most: Self.most), in: inner, depth: depth + 1)
      default: break
      }
    }
  }

  private func check(image: PDFDocument.Object) throws(ScanFailure) {
    if let (width, height) = PDFImage(document, image, resources: nil).size {
      try limits.admit(width: width, height: height, format: PDFFile.name)
    }
    guard let filter = document.filters(image)?.first, let raw = document.rawStream(image) else {
      return
    }
    switch filter.name {
    case "/DCTDecode": _ = try JPEGFile.stored(raw, limits)
    case "/FlateDecode":
      // At most four colours of 16 bits, and a filter's number a row.
      let most = limits.maxPixels.multipliedReportingOverflow(by: 9).partialValue
      let status = unsafe raw.withBytes { data in
        unsafe phieu_inflate_check(data.baseAddress, data.count, most)
      }
      if status == 1 { throw .truncated(format: PDFFile.name) }
      if status != 0 { throw .damaged(format: PDFFile.name, detail: "deflate") }
    default: break
    }
  }
}

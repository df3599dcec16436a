// SPDX-License-Identifier: Apache-2.0
import Imaging

/// The pages of a PDF.
///
/// A page that is a plain scan, one image upright over the whole page, gives that image's own
/// pixels. Every other page is drawn at 300 dpi by `pdftoppm`.
final class PDFFile: PageWalk {
  static let name = "PDF"

  /// A rectangle of the page in points.
  typealias Rectangle = (left: Double, bottom: Double, right: Double, top: Double)

  private let document: PDFDocument
  private let limits: ScanLimits
  private let helper: PDFHelper
  private var number = 0

  init(_ bytes: FileBytes, _ limits: ScanLimits, _ helper: PDFHelper) throws(ScanFailure) {
    document = try PDFDocument(bytes)
    self.limits = limits
    self.helper = helper
    // A file cut short may open with warnings and no pages.
    guard document.pageCount > 0 else { throw .noPages(format: Self.name) }
  }

  func skip() -> Bool {
    guard number < document.pageCount else { return false }
    number += 1
    return true
  }

  func next() -> (page: Int?, result: Result<ScannedPage, ScanFailure>)? {
    guard skip() else { return nil }
    guard number <= limits.maxPages else {
      return (number, .failure(.tooManyPages(limit: limits.maxPages)))
    }
    defer { document.releaseObjects() }
    do throws(ScanFailure) {
      let decoded = try decode()
      return (
        number,
        .success(ScannedPage(number: number, picture: decoded.picture, dpi: decoded.dpi))
      )
    } catch {
      return (number, .failure(error))
    }
  }

  private func decode() throws(ScanFailure) -> DecodedPicture {
    guard let page = document.page(number), document.isDictionary(page) else {
      throw .damaged(format: Self.name, detail: "page \(number)")
    }
    let box = try box(of: page)
    var dpi = (x: PDFHelper.dpi, y: PDFHelper.dpi)
    if let scan = plainScan(page, box) {
      let image = PDFImage(
        document, scan.image, resources: document.inherited("/Resources", of: page))
      if let picture = try image.decode(limits) {
        return DecodedPicture(
          picture, dpiX: 72 * Double(picture.width) / scan.width,
          dpiY: 72 * Double(picture.height) / scan.height)
      }
      // Of a kind that only the other program decodes: drawn at the resolution that it has.
      if let size = image.size {
        let own = (
          x: 72 * Double(size.width) / scan.width, y: 72 * Double(size.height) / scan.height
        )
        if (100...600).contains(own.x), (100...600).contains(own.y) { dpi = own }
      }
    }
    return try draw(page, box, dpi)
  }

  /// What of the page is shown, in points: its crop box inside its media box.
  private func box(of page: PDFDocument.Object) throws(ScanFailure) -> Rectangle {
    func rectangle(_ key: String) -> Rectangle? {
      guard let n = document.numbers(document.inherited(key, of: page)), n.count == 4 else {
        return nil
      }
      return (min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3]))
    }
    // Letter, as readers do where no box is given.
    let media = rectangle("/MediaBox") ?? (0, 0, 612, 792)
    let crop = rectangle("/CropBox") ?? media
    let box = (
      left: max(media.left, crop.left), bottom: max(media.bottom, crop.bottom),
      right: min(media.right, crop.right), top: min(media.top, crop.top)
    )
    guard box.right - box.left >= 1, box.top - box.bottom >= 1 else {
      throw .damaged(format: Self.name, detail: "page \(number) has no area")
    }
    return box
  }

  /// The one image of a page that shows nothing else, with its size in points.
  private func plainScan(_ page: PDFDocument.Object, _ box: Rectangle) -> (
    image: PDFDocument.Object, width: Double, height: Double
  )? {
    guard document.integer(document.inherited("/Rotate", of: page)) ?? 0 == 0,
      document.value("/UserUnit", of: page) == nil,
      document.value("/Annots", of: page).map({ document.items($0)?.isEmpty ?? false }) ?? true,
      let content = content(of: page), let drawn = PDFPageContent(content),
      let name = drawn.image
    else { return nil }
    let resources = document.inherited("/Resources", of: page)
    guard isHarmless(drawn, resources) else { return nil }
    guard let image = document.value(name, of: document.value("/XObject", of: resources)),
      document.isStream(image), document.name(document.value("/Subtype", of: image)) == "/Image"
    else { return nil }
    let placed = drawn.placed
    let width = box.right - box.left
    let height = box.top - box.bottom
    // Scanners round the page's size and the image's apart: a fiftieth either way is the page.
    guard placed.a >= 0.9 * width, placed.d >= 0.9 * height,
      abs(placed.b) <= 0.001 * width, abs(placed.c) <= 0.001 * height,
      placed.e >= box.left - 0.02 * width, placed.e + placed.a <= box.right + 0.02 * width,
      placed.f >= box.bottom - 0.02 * height, placed.f + placed.d <= box.top + 0.02 * height
    else { return nil }
    for clip in drawn.clips {
      guard clip.left <= max(box.left, placed.e) + 0.5,
        clip.bottom <= max(box.bottom, placed.f) + 0.5,
        clip.right >= min(box.right, placed.e + placed.a) - 0.5,
        clip.top >= min(box.top, placed.f + placed.d) - 0.5
      else { return nil }
    }
    return (image, placed.a, placed.d)
  }

  /// Whether what the page sets up besides leaves the image as it is, and text unseen.
  private func isHarmless(_ drawn: PDFPageContent, _ resources: PDFDocument.Object?) -> Bool {
    let fonts = document.value("/Font", of: resources)
    for name in drawn.fonts {
      let font = document.value(name, of: fonts)
      if document.name(document.value("/Subtype", of: font)) == "/Type3" { return false }
    }
    let states = document.value("/ExtGState", of: resources)
    for name in drawn.states {
      guard let state = document.value(name, of: states) else { return false }
      func isOneOf(_ key: String, _ names: [String]) -> Bool {
        guard let value = document.value(key, of: state) else { return true }
        return document.name(value).map { names.contains($0) } ?? false
      }
      let alpha = document.value("/ca", of: state)
      guard isOneOf("/SMask", ["/None"]), isOneOf("/BM", ["/Normal", "/Compatible"]),
        isOneOf("/TR", ["/Identity"]), isOneOf("/TR2", ["/Default", "/Identity"]),
        alpha == nil || document.number(alpha) == 1
      else { return false }
    }
    return true
  }

  /// What the page draws, where that is small and plainly written: a scan's is a line.
  private func content(of page: PDFDocument.Object) -> [UInt8]? {
    guard let contents = document.value("/Contents", of: page) else { return nil }
    var content: [UInt8] = []
    for stream in document.items(contents) ?? [contents] {
      guard let part = document.smallStream(stream, limit: 1 << 20) else { return nil }
      content += part + [0x0A]
      guard content.count <= 1 << 20 else { return nil }
    }
    return content
  }

  /// Has the page drawn by the other program.
  private func draw(
    _ page: PDFDocument.Object, _ box: Rectangle, _ dpi: (x: Double, y: Double)
  ) throws(ScanFailure) -> DecodedPicture {
    let across = ((box.right - box.left) * dpi.x / 72).rounded(.up)
    let down = ((box.top - box.bottom) * dpi.y / 72).rounded(.up)
    guard across < 1e9, down < 1e9 else {
      throw .tooLarge(width: Int(Int32.max), height: Int(Int32.max), limit: limits.maxPixels)
    }
    try limits.admit(width: Int(across), height: Int(down), format: Self.name)
    let resources = document.inherited("/Resources", of: page)
    try PDFImageCheck(document, limits).check(resources, drawn: content(of: page))
    guard let alone = document.alone(page) else {
      throw .damaged(format: Self.name, detail: "page \(number)")
    }
    let drawn = try helper.draw(alone, dpi, limits)
    let picture = try OtherPicture.decode(drawn, .pnm, limits).picture
    return DecodedPicture(picture, dpiX: dpi.x, dpiY: dpi.y)
  }
}

// SPDX-License-Identifier: Apache-2.0
import CPango
import Geometry

/// What is drawn on: a PDF of many pages, or the picture of one page. Millimetres throughout.
@safe final class Paper {
  private let handle: OpaquePointer
  private let fonts: PrintFonts

  /// A PDF that is written page by page.
  init(pdf path: String, title: String, fonts: PrintFonts) throws(PrintFailure) {
    let paper = unsafe phieu_paper_pdf(
      fonts.handle, path, PageFrame.width, PageFrame.height, title)
    guard let paper = unsafe paper else { throw .cannotWrite(path) }
    unsafe handle = paper
    self.fonts = fonts
  }

  /// A picture.
  init(width: Int, height: Int, pixelsPerMM: Double, fonts: PrintFonts) throws(PrintFailure) {
    let paper = unsafe phieu_paper_picture(fonts.handle, Int32(width), Int32(height), pixelsPerMM)
    guard let paper = unsafe paper else { throw .noMemory }
    unsafe handle = paper
    self.fonts = fonts
  }

  deinit { unsafe phieu_paper_free(handle) }

  func draw(_ drawings: [Drawing]) {
    for drawing in drawings { draw(drawing) }
  }

  private func draw(_ drawing: Drawing) {
    switch drawing {
    case .text(let text, let style, let at, let width):
      unsafe fonts.withText(text, style, width) {
        unsafe phieu_draw_text(handle, $0, at.x, at.y, 1)
      }
    case .frame(let box, let line):
      unsafe phieu_draw_frame(handle, box.x, box.y, box.width, box.height, line, 1)
    case .fill(let box, let ink):
      unsafe phieu_draw_fill(handle, box.x, box.y, box.width, box.height, ink)
    case .path(let points, let line, let dash):
      let flat = points.flatMap { [$0.x, $0.y] }
      unsafe phieu_draw_path(handle, flat, points.count, line, dash, 1)
    case .ellipse(let box, let line):
      unsafe phieu_draw_ellipse(handle, box.x, box.y, box.width, box.height, line, 1)
    }
  }

  func draw(_ code: QRCode, in box: BlankBox) {
    let module = box.width / Double(code.side)
    unsafe phieu_draw_modules(handle, box.x, box.y, module, code.modules, Int32(code.side))
  }

  /// Ends a PDF's page.
  func endPage(path: String) throws(PrintFailure) {
    unsafe phieu_paper_end_page(handle)
    try check(unsafe phieu_paper_status(handle), path)
  }

  /// Ends the PDF: all of it is on the disk then.
  func finish(path: String) throws(PrintFailure) {
    try check(unsafe phieu_paper_finish(handle), path)
  }

  /// A picture's levels, 0 black to 255 white.
  func levels(count: Int) throws(PrintFailure) -> [UInt8] {
    try check(unsafe phieu_paper_status(handle), "")
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      unsafe phieu_paper_levels(handle, buffer.baseAddress)
      filled = count
    }
  }

  private func check(_ status: Int32, _ path: String) throws(PrintFailure) {
    switch Int(status) {
    case PHIEU_PRINT_OK: return
    case PHIEU_PRINT_CANNOT_WRITE: throw .cannotWrite(path)
    default: throw .noMemory
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// The program that draws the pages of PDFs that are not plain scans: `pdftoppm` of poppler.
///
/// It is GPL, and what it is fed may crash it: it runs as a program of its own, with bounds on
/// its memory, its files and its time.
public struct PDFHelper: Sendable {
  /// Resolution of what it draws where the page has none of its own.
  static let dpi = 300.0

  /// Its name, looked for along `PATH`, or its path.
  public var program: String
  /// Where a folder for a page's time may be made.
  public var folder: String

  public init(program: String = "pdftoppm", folder: String = "/tmp") {
    self.program = program
    self.folder = folder
  }

  /// The page of a PDF of one page, as a PGM of so many pixels an inch.
  func draw(_ page: [UInt8], _ dpi: (x: Double, y: Double), _ limits: ScanLimits)
    throws(ScanFailure) -> FileBytes
  {
    let place = URL(fileURLWithPath: folder).appendingPathComponent(
      "phieu-page-\(UUID().uuidString)", isDirectory: true)
    let files = FileManager.default
    let said = place.appendingPathComponent("words")
    do {
      try files.createDirectory(
        at: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      try Data(page).write(to: place.appendingPathComponent("page.pdf"))
      try Data().write(to: said)
    } catch {
      throw failed(tame(error.localizedDescription))
    }
    defer { try? files.removeItem(at: place) }
    let status = try run(in: place, words: said, dpi, limits)
    let words = (try? String(contentsOf: said, encoding: .isoLatin1)) ?? ""
    let complaint = words.split(separator: "\n").first { $0.contains("rror") }
    guard status == 0, complaint == nil else {
      throw status == 127
        ? .helperMissing(program: program)
        : failed(complaint.map { tame(String($0)) } ?? "status \(status)")
    }
    return try FileBytes.read(
      path: place.appendingPathComponent("drawn.pgm").path, limit: limits.maxPixels + 4_096)
  }

  private func failed(_ detail: String) -> ScanFailure {
    .helperFailed(program: program, detail: detail)
  }

  private func run(
    in place: URL, words: URL, _ dpi: (x: Double, y: Double), _ limits: ScanLimits
  ) throws(ScanFailure) -> Int32 {
    let kilobytes = 1_000_000 + limits.maxPixels / 1_024 * 16
    let blocks = limits.maxPixels / 512 + 64
    let seconds = Int(limits.helperSeconds.rounded(.up)) + 1
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      "ulimit -v \(kilobytes); ulimit -f \(blocks); ulimit -t \(seconds); exec \"$0\" \"$@\"",
      program, "-rx", "\(dpi.x)", "-ry", "\(dpi.y)", "-gray", "-cropbox", "-singlefile", "page.pdf",
      "drawn",
    ]
    process.currentDirectoryURL = place
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard let errors = FileHandle(forWritingAtPath: words.path) else { throw failed("") }
    defer { try? errors.close() }
    process.standardError = errors
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw failed(tame(error.localizedDescription))
    }
    if ended.wait(timeout: .now() + limits.helperSeconds) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      throw .helperTimedOut(program: program, seconds: limits.helperSeconds)
    }
    guard process.terminationReason == .exit else {
      throw failed("signal \(process.terminationStatus)")
    }
    return process.terminationStatus
  }
}

// SPDX-License-Identifier: Apache-2.0

/// How much a file may ask for. Every size is held against these before memory is taken.
public struct ScanLimits: Hashable, Sendable {
  /// Pixels of one page. 120 million are an A3 page at 600 dpi, and a half more.
  public var maxPixels: Int
  /// Bytes of one file.
  public var maxFileBytes: Int
  /// Pages of one file.
  public var maxPages: Int
  /// Seconds that another program may take for one page.
  public var helperSeconds: Double

  public init(
    maxPixels: Int = 120_000_000, maxFileBytes: Int = 2 << 30, maxPages: Int = 5_000,
    helperSeconds: Double = 60
  ) {
    self.maxPixels = maxPixels
    self.maxFileBytes = maxFileBytes
    self.maxPages = maxPages
    self.helperSeconds = helperSeconds
  }

  /// Refuses a size from a header that no memory is to be taken for.
  func admit(width: Int, height: Int, format: String) throws(ScanFailure) {
    guard width > 0, height > 0 else {
      throw .damaged(format: format, detail: "\(width) × \(height)")
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= maxPixels else {
      throw .tooLarge(width: width, height: height, limit: maxPixels)
    }
  }
}

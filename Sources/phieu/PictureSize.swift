// SPDX-License-Identifier: Apache-2.0
import Imaging
import Language
import Scanner

/// The size of a blank's picture, which is decoded: a blank that cannot be read is told when
/// its form comes in, not when the first sheet is scanned.
///
/// - Parameters:
///   - path: A picture of one page.
///   - language: Of the words of an error.
/// - Returns: Width and height in pixels.
/// - Throws: ``CommandError`` where the file cannot be read or decoded.
func pictureSize(_ path: String, _ language: Language) throws -> (width: Int, height: Int) {
  do throws(ScanFailure) {
    let source = PageSource(try ScannedFile(path: path))
    guard let picture = try source.next()?.result.get().picture else { throw .empty }
    return (picture.width, picture.height)
  } catch {
    let status: CommandError.Status =
      switch error {
      case .notFound: .noInput
      case .unreadable: .inputOutput
      default: .nonsense
      }
    throw CommandError(status, "\(path): \(error.words(language))".shown)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Language

/// The files that a command is to read.
struct InputFiles {
  /// As given; those of a folder in natural order, with the folder as given in front.
  var paths: [String] = []
  /// Files of folders that are left out, as their names tell that they are no scans.
  var leftOut = 0

  /// Endings of files that are scans. A file without an ending may be one too.
  private static let endings: Set = [
    "png", "jpg", "jpeg", "jpe", "tif", "tiff", "pdf", "bmp", "gif", "webp", "pnm", "pgm", "pbm",
    "ppm", "jp2", "",
  ]

  /// Files are taken whatever they are called, folders are walked to their end.
  init(_ arguments: [String]) throws {
    for argument in arguments {
      var isFolder: ObjCBool = false
      let exists = unsafe FileManager.default.fileExists(
        atPath: argument, isDirectory: &isFolder)
      if exists, isFolder.boolValue { try walk(argument) } else { paths.append(argument) }
    }
  }

  private mutating func walk(_ folder: String) throws {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw CommandError(.inputOutput, "\(folder.shown): \(error.localizedDescription)")
    }
    for name in names.sorted(by: { $0.isNaturallyBefore($1) }) where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        paths.append(path)  // a link that leads nowhere: told as a file that is not there
        continue
      }
      // A link to a folder may lead back here.
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      if isFolder.boolValue {
        if !isLink { try walk(path) }
      } else if Self.endings.contains((name as NSString).pathExtension.lowercased()) {
        paths.append(path)
      } else {
        leftOut += 1
      }
    }
  }
}

extension String {
  /// Numbers inside names go by their value: `a2` before `a10`.
  func isNaturallyBefore(_ other: String) -> Bool {
    var (left, right) = (self[...], other[...])
    while let a = left.first, let b = right.first {
      if a.isASCIIDigit, b.isASCIIDigit {
        let (one, two) = (left.takeNumber(), right.takeNumber())
        if one.count != two.count { return one.count < two.count }
        if one != two { return one < two }
      } else {
        if a != b { return a < b }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return self < other  // 01 and 1
  }
}

extension Substring {
  /// Takes the digits in front, without leading zeros.
  fileprivate mutating func takeNumber() -> Substring {
    let digits = prefix(while: \.isASCIIDigit)
    removeFirst(digits.count)
    return digits.drop { $0 == "0" }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

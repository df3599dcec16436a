// SPDX-License-Identifier: Apache-2.0
import Imaging

/// Rows of samples as a deflated image of a PDF has them, turned to gray.
enum Samples {
  /// Luma of a colour, as JPEG and the C decoders weigh it (BT.601).
  static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    UInt8(
      truncatingIfNeeded: (19_595 * Int(red) + 38_470 * Int(green) + 7_471 * Int(blue) + 32_768)
        >> 16)
  }

  /// Each level replaced by its entry.
  static func mapped(_ picture: GrayPicture, _ levels: [UInt8]) -> GrayPicture {
    GrayPicture(
      width: picture.width, height: picture.height,
      pixels: picture.pixels.map { levels[Int($0)] })
  }

  /// Rows of 1 to 16 bits a sample, each row beginning on a byte, the highest bits first.
  ///
  /// `components` is 1 for gray and palettes, 3 for RGB; `levels` has the level of each value,
  /// 256 entries, for 16 bits of the upper byte.
  static func gray(
    _ samples: [UInt8], width: Int, height: Int, bits: Int, components: Int, levels: [UInt8]
  ) -> GrayPicture {
    let row = (width * components * bits + 7) / 8
    precondition(samples.count >= row * height && levels.count == 256)
    let gray = unsafe [UInt8](unsafeUninitializedCapacity: width * height) { to, count in
      unsafe samples.withUnsafeBufferPointer { from in
        unsafe levels.withUnsafeBufferPointer { levels in
          for y in 0..<height {
            let line = unsafe UnsafeBufferPointer(rebasing: from[(y * row)..<(y * row + row)])
            let out = unsafe UnsafeMutableBufferPointer(
              rebasing: to[(y * width)..<(y * width + width)])
            if components == 3 {
              unsafe grayOfColour(line, bits, levels, out)
            } else if bits < 8 {
              unsafe grayOfPacked(line, bits, levels, out)
            } else {
              // Of 16 bits the upper byte.
              for x in 0..<width { unsafe out[x] = levels[Int(line[x * bits / 8])] }
            }
          }
        }
      }
      count = width * height
    }
    return GrayPicture(width: width, height: height, pixels: gray)
  }

  @unsafe private static func grayOfPacked(
    _ line: UnsafeBufferPointer<UInt8>, _ bits: Int, _ levels: UnsafeBufferPointer<UInt8>,
    _ gray: UnsafeMutableBufferPointer<UInt8>
  ) {
    let mask: UInt8 = (1 << UInt8(bits)) - 1
    var x = 0
    for index in 0..<line.count {
      let byte = unsafe line[index]
      var shift = 8 - bits
      while shift >= 0, x < gray.count {
        unsafe gray[x] = levels[Int(byte >> UInt8(shift) & mask)]
        shift -= bits
        x += 1
      }
    }
  }

  @unsafe private static func grayOfColour(
    _ line: UnsafeBufferPointer<UInt8>, _ bits: Int, _ levels: UnsafeBufferPointer<UInt8>,
    _ gray: UnsafeMutableBufferPointer<UInt8>
  ) {
    let mask: UInt8 = bits < 8 ? (1 << UInt8(bits)) - 1 : 255
    func part(_ index: Int) -> UInt8 {
      let bit = index * bits
      guard bits < 8 else { return unsafe levels[Int(line[bit / 8])] }
      return unsafe levels[Int(line[bit / 8] >> UInt8(8 - bits - bit % 8) & mask)]
    }
    for x in 0..<gray.count {
      unsafe gray[x] = luma(part(3 * x), part(3 * x + 1), part(3 * x + 2))
    }
  }

  /// Undoes PNG's filters (PNG specification, 9.2), which PDF shares.
  ///
  /// Each row is a filter's number and `row` bytes; a pixel has `pixelBytes`, at least 1. `nil`
  /// where a filter has an unknown number.
  static func unfiltered(_ filtered: [UInt8], row: Int, pixelBytes: Int) -> [UInt8]? {
    let rows = filtered.count / (row + 1)
    var fine = row > 0
    let plain = unsafe [UInt8](unsafeUninitializedCapacity: rows * row) { to, count in
      unsafe filtered.withUnsafeBufferPointer { from in
        for y in 0..<rows where fine {
          let start = y * (row + 1)
          let line = unsafe UnsafeMutableBufferPointer(
            rebasing: to[(y * row)..<(y * row + row)])
          _ = unsafe line.update(fromContentsOf: from[(start + 1)..<(start + 1 + row)])
          // Above the first row are zeros.
          let above =
            y > 0
            ? unsafe UnsafeBufferPointer(rebasing: to[((y - 1) * row)..<(y * row)])
            : unsafe UnsafeBufferPointer(start: nil, count: 0)
          fine = unsafe undo(filter: from[start], line, above, pixelBytes)
        }
      }
      count = fine ? rows * row : 0
    }
    return fine ? plain : nil
  }

  /// Undoes one row's filter in place; `above` is empty for the first row.
  @unsafe private static func undo(
    filter: UInt8, _ line: UnsafeMutableBufferPointer<UInt8>,
    _ above: UnsafeBufferPointer<UInt8>, _ pixelBytes: Int
  ) -> Bool {
    let first = min(pixelBytes, line.count)
    switch filter {
    case 0: break
    case 1:
      for x in first..<line.count { unsafe line[x] &+= line[x - pixelBytes] }
    case 2:
      for x in 0..<above.count { unsafe line[x] &+= above[x] }
    case 3:
      for x in 0..<line.count {
        let left = x >= first ? unsafe Int(line[x - pixelBytes]) : 0
        let up = above.isEmpty ? 0 : unsafe Int(above[x])
        unsafe line[x] &+= UInt8((left + up) / 2)
      }
    case 4:
      for x in 0..<line.count {
        let left = x >= first ? unsafe line[x - pixelBytes] : 0
        let up = above.isEmpty ? 0 : unsafe above[x]
        let corner = x >= first && !above.isEmpty ? unsafe above[x - pixelBytes] : 0
        unsafe line[x] &+= paeth(left, up, corner)
      }
    default: return false
    }
    return true
  }

  private static func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let toLeft = abs(Int(above) - Int(corner))
    let toAbove = abs(Int(left) - Int(corner))
    let toCorner = abs(Int(left) + Int(above) - 2 * Int(corner))
    if toLeft <= toAbove, toLeft <= toCorner { return left }
    return toAbove <= toCorner ? above : corner
  }
}

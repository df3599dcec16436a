// SPDX-License-Identifier: Apache-2.0

/// Small PDFs, written by hand: objects, a table of where they lie, a trailer.
enum MadePDF {
  /// The image over the whole page of 72 × 48 points.
  static let placed = "q 72 0 0 48 0 0 cm /Im0 Do Q"

  static func stream(_ entries: String, _ data: [UInt8]) -> [UInt8] {
    Array("<< \(entries) /Length \(data.count) >>\nstream\n".utf8) + data
      + Array("\nendstream".utf8)
  }

  /// One page with one image (object 5); `more` are objects from 6 on.
  static func file(
    content: [UInt8], page: String, resources: String, image: [UInt8], more: [[UInt8]],
    box: String = "0 0 72 48"
  ) -> [UInt8] {
    let resources =
      "<< /XObject << /Im0 5 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1"
      + " /BaseFont /Helvetica >> >> \(resources) >>"
    return assembled(
      [
        Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
        Array(
          "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [\(box)] /Resources \(resources) >>"
            .utf8),
        Array("<< /Type /Page /Parent 2 0 R /Contents 4 0 R \(page) >>".utf8),
        stream("", content), image,
      ] + more)
  }

  /// A page for each image, which it is covered by.
  static func pages(_ images: [[UInt8]]) -> [UInt8] {
    let kids = images.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
    var objects = [
      Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
      Array("<< /Type /Pages /Kids [\(kids)] /Count \(images.count) >>".utf8),
      stream("", Array(placed.utf8)),
    ]
    for (index, image) in images.enumerated() {
      objects.append(
        Array(
          ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 48] /Contents 3 0 R"
            + " /Resources << /XObject << /Im0 \(5 + 2 * index) 0 R >> >> >>").utf8))
      objects.append(image)
    }
    return assembled(objects)
  }

  private static func assembled(_ objects: [[UInt8]]) -> [UInt8] {
    var file = Array("%PDF-1.7\n".utf8)
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
      places.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let table = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for place in places {
      let digits = String(place)
      let padded = String(repeating: "0", count: 10 - digits.count) + digits
      file += Array("\(padded) 00000 n \n".utf8)
    }
    file += Array("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\n".utf8)
    file += Array("startxref\n\(table)\n%%EOF\n".utf8)
    return file
  }

  /// The only strip of a little-endian TIFF.
  static func strip(of tiff: [UInt8]) throws -> [UInt8] {
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(tiff[place + $1]) << (8 * $1) }
    }
    let directory = number(4, 4)
    var tags: [Int: Int] = [:]
    for entry in 0..<number(directory, 2) {
      let place = directory + 2 + 12 * entry
      tags[number(place, 2)] = number(place + 8, number(place + 2, 2) == 3 ? 2 : 4)
    }
    guard let start = tags[273], let count = tags[279] else { throw NotMade() }
    return Array(tiff[start..<(start + count)])
  }

  /// Rows with PNG's filters, each kind in turn.
  static func filtered(_ rows: [UInt8], row: Int, pixelBytes: Int) -> [UInt8] {
    var filtered: [UInt8] = []
    for y in 0..<(rows.count / row) {
      let kind = y % 5
      filtered.append(UInt8(kind))
      for x in 0..<row {
        let left = x >= pixelBytes ? Int(rows[y * row + x - pixelBytes]) : 0
        let above = y > 0 ? Int(rows[(y - 1) * row + x]) : 0
        let corner = x >= pixelBytes && y > 0 ? Int(rows[(y - 1) * row + x - pixelBytes]) : 0
        let estimate = left + above - corner
        let nearest = [left, above, corner].min { abs(estimate - $0) < abs(estimate - $1) } ?? 0
        let guess = [0, left, above, (left + above) / 2, nearest][kind]
        filtered.append(UInt8(truncatingIfNeeded: Int(rows[y * row + x]) - guess))
      }
    }
    return filtered
  }
}

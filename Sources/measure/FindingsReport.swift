// SPDX-License-Identifier: Apache-2.0
import Ballot
import Form
import Foundation
import Geometry
import Imaging
import Language
import Scanner

/// What is still misread or asked, by set and kind, with pictures where a folder is given.
struct FindingsReport {
  let cropFolder: URL?
  private var bySet: [(name: String, score: Score)] = []

  init(cropFolder: URL?) { self.cropFolder = cropFolder }

  mutating func add(
    _ name: String, score: Score, pages: [MeasuredPage], path: (String) -> String
  ) throws {
    bySet.append((name, score))
    guard let cropFolder else { return }
    let place = cropFolder.appendingPathComponent(
      name.replacingOccurrences(of: "/", with: "-").replacingOccurrences(of: ", ", with: "-")
        .replacingOccurrences(of: " ", with: "-"))
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for finding in score.findings {
      guard
        let page = pages.first(where: {
          $0.sheet.file == finding.sheet.file && $0.sheet.page == finding.sheet.page
        }),
        let seen = page.reading?.evidence.questions.first(where: {
          $0.question == finding.question
        })
      else { continue }
      let picture = try PageSource(ScannedFile(path: path(finding.sheet.file)))
        .page(finding.sheet.page ?? 1).get().picture
      guard let crop = Self.crop(picture, seen, page: page) else { continue }
      let file = (finding.sheet.file as NSString).lastPathComponent
      let name =
        "\(finding.isSilent ? "SILENT" : "review")-\(file)-\(finding.sheet.page ?? 1)-\(finding.question).png"
      try Data(encodePNG(crop)).write(to: place.appendingPathComponent(name))
    }
  }

  /// The question's surroundings with each target framed: green accepted as marked, orange in
  /// doubt, blue untouched.
  private static func crop(
    _ picture: GrayPicture, _ seen: QuestionEvidence, page: MeasuredPage
  ) -> RGBPicture? {
    let scale = page.reading?.evidence.pixelsPerMM ?? 8
    guard let box = PageBox.around(seen.targets.flatMap(\.corners))?.grown(by: 6 * scale) else {
      return nil
    }
    let left = max(0, Int(box.x))
    let top = max(0, Int(box.y))
    let right = min(picture.width, Int(box.maxX))
    let bottom = min(picture.height, Int(box.maxY))
    guard right > left, bottom > top else { return nil }
    var crop = GrayPicture(width: right - left, height: bottom - top)
    for y in top..<bottom { for x in left..<right { crop[x - left, y - top] = picture[x, y] } }
    var result = RGBPicture(crop)
    for target in seen.targets {
      let color: RGBColor = target.marked > 0.97 ? .green : target.marked > 0.03 ? .orange : .blue
      for (index, corner) in target.corners.enumerated() {
        let next = target.corners[(index + 1) % target.corners.count]
        result.drawLine(
          color, from: (corner.x - Double(left), corner.y - Double(top)),
          to: (next.x - Double(left), next.y - Double(top)))
      }
    }
    return result
  }

  /// A line a finding.
  func lines(of name: String) -> [String] {
    guard let score = bySet.last(where: { $0.name == name })?.score else { return [] }
    return score.unread.map { "not read: \($0.sheet.file) \($0.sheet.page ?? 1): \($0.reason)" }
      + score.findings.map { finding in
        let told: String
        switch finding.answer?.outcome {
        case .accepted(let value, let confidence):
          told = "accepted \(value) at \(String(format: "%.4f", confidence))"
        case .review(let candidates, let reasons):
          told =
            "asked \(candidates.first ?? []): "
            + reasons.map { $0.words(.english) }.joined(separator: "; ")
        case nil: told = "missing"
        }
        return
          "\(finding.isSilent ? "SILENT" : "review") \(finding.sheet.file)#\(finding.sheet.page ?? 1) "
          + "\(finding.question) truth \(finding.truth) \(told) (\(finding.kinds.joined(separator: "; ")))"
      }
  }

  /// Silent errors and reviews by kind of mark, for the end of the table.
  func summary(_ what: String = "all sets") -> String {
    var kinds: [String: (silent: Int, review: Int)] = [:]
    for finding in bySet.flatMap(\.score.findings) {
      let names = finding.kinds.map {
        String($0.split(separator: ",").first ?? "").trimmingCharacters(in: .whitespaces)
      }
      let name =
        names.isEmpty
        ? (finding.truth == [[]] ? "left blank" : "not told")
        : Set(names).sorted()
          .joined(separator: " + ")
      kinds[name, default: (0, 0)].silent += finding.isSilent ? 1 : 0
      kinds[name, default: (0, 0)].review += finding.isSilent ? 0 : 1
    }
    let rows = kinds.sorted {
      ($1.value.silent, $1.value.review, $0.key) < ($0.value.silent, $0.value.review, $1.key)
    }.map { "| \($0.key) | \($0.value.silent) | \($0.value.review) |" }
    return "## By kind of mark, \(what)\n\n| kind | silent | review |\n| --- | --- | --- |\n"
      + rows.joined(separator: "\n") + "\n"
  }
}

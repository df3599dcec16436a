// SPDX-License-Identifier: Apache-2.0
import Form
import Foundation
import Geometry

/// Looks in the finished scan whether a mark can still be seen. What hardly shows is doubtful:
/// nobody can blame a reader, nor should it learn from it.
struct Visibility {
  let picture: PaintedPicture
  let geometry: ScanGeometry
  let blank: Raster
  /// Pixels of the blank for each millimetre.
  let scale: Double

  /// Below this darkness against the paper beside it a stroke hardly shows. In black and white
  /// it is the share of the stroke that is black beyond the share of the paper.
  static let least = 0.045
  static let leastOneBit = 0.22

  /// Measures the marks, and sets what hardly shows to doubtful.
  ///
  /// - Returns: The contrast of each mark, or `nil` where it was not measured.
  func judge(_ filled: inout FilledPage, _ page: FormPage) -> [Double?] {
    var contrasts: [Double?] = []
    for mark in filled.marks {
      guard mark.answers, let found = contrast(of: mark) else {
        contrasts.append(nil)
        continue
      }
      contrasts.append((found.contrast * 10000).rounded() / 10000)
      let least =
        picture.oneBit ? Self.leastOneBit : max(Self.least, 0.35 * found.unrest)
      guard found.contrast < least, let question = mark.question, let value = mark.value,
        let asked = page.questions.first(where: { $0.id == question })
      else { continue }
      filled.labels[question]?[value] = .doubtful
      let answer = filled.answers[question] ?? []
      if filled.ask[question]?.isEmpty == true {
        // One of two marks hardly shows: whoever sees the other alone is not to blame.
        filled.ask[question] = answer.map { [$0] }
      } else {
        var accepted = filled.ask[question] ?? [answer]
        accepted.append(asked.targets.map(\.value).filter { $0 != value && answer.contains($0) })
        filled.ask[question] = accepted
      }
    }
    return contrasts
  }

  /// The mean darkness of a mark's strokes against the paper round it, and the paper's unrest.
  private func contrast(of mark: DoneMark) -> (contrast: Double, unrest: Double)? {
    let dots = mark.strokes.flatMap(\.dots)
    guard
      let box = BlankBox.around(dots.map { BlankPoint(x: $0.x, y: $0.y) })?.grown(by: 0.9)
    else { return nil }
    let middle = geometry.pagePoint(box.center)
    let right = geometry.pagePoint(box.center.shifted(x: 1, y: 0))
    let below = geometry.pagePoint(box.center.shifted(x: 0, y: 1))
    func gray(_ x: Double, _ y: Double) -> Double {
      let (dx, dy) = (x - box.center.x, y - box.center.y)
      let px = middle.x + (right.x - middle.x) * dx + (below.x - middle.x) * dy
      let py = middle.y + (right.y - middle.y) * dx + (below.y - middle.y) * dy
      return picture.gray(Int(px.rounded(.down)), Int(py.rounded(.down))) / 255
    }
    func isPaper(_ x: Double, _ y: Double) -> Bool {
      let (px, py) = (Int(x * scale), Int(y * scale))
      let reach = Int(0.25 * scale)
      return [(0, 0), (reach, 0), (-reach, 0), (0, reach), (0, -reach)].allSatisfy {
        blank.clamped(px + $0.0, py + $0.1) > 0.8
      }
    }
    let on = stride(from: 0, to: dots.count, by: max(1, dots.count / 60)).compactMap {
      isPaper(dots[$0].x, dots[$0].y) ? gray(dots[$0].x, dots[$0].y) : nil
    }
    var round: [Double] = []
    for i in 0..<48 {
      let t = Double(i % 12) / 12
      let (x, y): (Double, Double) =
        switch i / 12 {
        case 0: (box.x + t * box.width, box.y)
        case 1: (box.maxX, box.y + t * box.height)
        case 2: (box.maxX - t * box.width, box.maxY)
        default: (box.x, box.maxY - t * box.height)
        }
      if isPaper(x, y) { round.append(gray(x, y)) }
    }
    guard on.count >= 5, round.count >= 6 else { return nil }
    round.sort()
    let paper = picture.oneBit ? round.reduce(0, +) / Double(round.count) : round[round.count / 2]
    let unrest = round[round.count * 5 / 6] - round[round.count / 6]
    let mean = on.reduce(0, +) / Double(on.count)
    return ((paper - mean) / max(paper, 0.1), unrest)
  }
}

// SPDX-License-Identifier: Apache-2.0

/// A keypoint of the blank and one of the page that look alike.
struct Match {
  /// On the blank, in millimetres.
  var blank: SIMD2<Double>
  /// On the page, in millimetres as if the sheet filled the picture.
  var page: SIMD2<Double>
  /// The cosine of their descriptions.
  var likeness: Double
}

/// Pairs of keypoints that are each other's best.
enum Matching {
  /// Less alike than this is not alike.
  static let leastLikeness = 0.45

  /// For each page keypoint the blank keypoint that is most like it.
  struct Nearest {
    /// `[page]`: index of the blank keypoint, and how alike.
    var forward: [(index: Int, product: Int32)]
    /// `[blank]`: index of the page keypoint.
    var backward: [(index: Int, product: Int32)]
  }

  static func nearest(_ page: Descriptions, _ blank: Descriptions) -> Nearest {
    let length = Descriptions.length
    var forward = [(index: Int, product: Int32)](repeating: (-1, .min), count: page.count)
    var backward = [(index: Int, product: Int32)](repeating: (-1, .min), count: blank.count)
    unsafe page.values.withUnsafeBufferPointer { pageValues in
      unsafe blank.values.withUnsafeBufferPointer { blankValues in
        for i in forward.indices {
          let a = unsafe pageValues.baseAddress.unsafelyUnwrapped + i * length
          for j in backward.indices {
            let b = unsafe blankValues.baseAddress.unsafelyUnwrapped + j * length
            var product: Int32 = 0
            for k in 0..<length { unsafe product &+= Int32(a[k]) &* Int32(b[k]) }
            if product > forward[i].product { forward[i] = (j, product) }
            if product > backward[j].product { backward[j] = (i, product) }
          }
        }
      }
    }
    return Nearest(forward: forward, backward: backward)
  }

  /// Matches of page and blank keypoints; `mutual` where the page's keypoint has to be the blank
  /// keypoint's best, too.
  static func matches(
    _ nearest: Nearest, page: [SIMD2<Double>], blank: [SIMD2<Double>], mutual: Bool
  ) -> [Match] {
    let unit = Double(Descriptions.one * Descriptions.one)
    var matches: [Match] = []
    for (i, best) in nearest.forward.enumerated() where best.index >= 0 {
      let likeness = Double(best.product) / unit
      guard likeness > leastLikeness else { continue }
      guard !mutual || nearest.backward[best.index].index == i else { continue }
      matches.append(Match(blank: blank[best.index], page: page[i], likeness: likeness))
    }
    return matches
  }
}

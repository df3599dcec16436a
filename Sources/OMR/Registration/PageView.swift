// SPDX-License-Identifier: Apache-2.0
import Imaging

/// A page as registration sees it: small pictures of its ink, and their keypoints.
///
/// Its millimetres are as if the sheet filled the picture along its longer side.
struct PageView {
  let picture: GrayPicture
  /// Pixels of the picture for each page millimetre.
  let pixelsPerMM: Double
  let plan: ShrinkPlan
  let coarse: InkLevel
  let keypoints: Keypoints
  let descriptions: Descriptions
  private let small: GrayPicture

  /// Keypoints as strong as print, not as paper's grain.
  var printedKeypoints: Int { keypoints.strengths.count { $0 > 8 } }

  /// Makes a page ready for blanks whose longer side is `longerMM`.
  init(_ picture: GrayPicture, longerMM: Double) {
    self.picture = picture
    pixelsPerMM = Double(max(picture.width, picture.height)) / longerMM
    plan = ShrinkPlan(pixelsPerMM: pixelsPerMM)
    small = AreaMean.shrunk(picture, by: plan.fine)
    let factor = plan.fine * plan.coarse
    coarse = InkLevel.coarse(
      AreaMean.shrunk(small, by: plan.coarse), factor: factor, pixelsPerMM: pixelsPerMM / factor)
    let views = Keypoints.Views(coarse)
    keypoints = Keypoints(views)
    descriptions = Descriptions(views, at: keypoints.positions)
  }

  /// The level for fine places. Where the sheet fills much less of the picture than was assumed,
  /// the picture is shrunk again, by less.
  func fine(for map: FittedMap, _ blank: RegistrationBlank) -> InkLevel {
    let scale = map.projection.scale(at: SIMD2(blank.widthMM, blank.heightMM) / 2)
    let fitting = ShrinkPlan(pixelsPerMM: pixelsPerMM * scale)
    if abs(fitting.fine - plan.fine) < 0.15 * plan.fine {
      return .fine(small, factor: plan.fine, pixelsPerMM: pixelsPerMM / plan.fine)
    }
    return .fine(
      AreaMean.shrunk(picture, by: fitting.fine), factor: fitting.fine,
      pixelsPerMM: pixelsPerMM / fitting.fine)
  }
}

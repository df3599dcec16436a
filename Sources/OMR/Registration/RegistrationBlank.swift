// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Imaging

/// A page of a form, made ready for being found on scans: made once, used for every page.
public struct RegistrationBlank: Sendable {
  /// The form's name.
  public let form: String
  /// The form's page, from 1.
  public let formPage: Int
  /// The blank's size in millimetres.
  public let widthMM: Double
  public let heightMM: Double

  /// The places where marks are looked for: targets and cells.
  let targets: [BlankBox]
  let views: Keypoints.Views
  let keypoints: Keypoints
  /// For each size of window, upright.
  let descriptions: [(size: Double, values: Descriptions)]
  let coarse: Places
  let fine: Places
  let neighbours: NeighbourPrint
  let coarseKernels: LocalField.Kernels
  let fineKernels: LocalField.Kernels

  /// Sizes of the blank's windows against the page's: a sheet may be printed smaller or larger,
  /// not fill its picture, or be cut off so that its shorter side is the picture's longer one
  /// (0.77). Tried in this order.
  static let sizes = [1, 1.14, 1.3, 0.88, 0.77]

  /// Fewer keypoints or fine places are too little print to be found by.
  static let leastKeypoints = 20
  static let leastPlaces = 12

  /// Why a page of a form cannot be registered by its print.
  public struct TooLittlePrint: Error, Hashable, Sendable {
    public let form: String
    public let formPage: Int
    /// Distinct places of its print.
    public let places: Int
  }

  /// - Throws: `TooLittlePrint` where the blank is too empty to be found again.
  public init(_ page: PreparedPage) throws(TooLittlePrint) {
    form = page.form
    formPage = page.page.number
    let blank = page.blank
    let perMM = page.page.blank.dpi / 25.4
    widthMM = Double(blank.width) / perMM
    heightMM = Double(blank.height) / perMM
    targets = page.page.questions.flatMap { question -> [BlankBox] in
      switch question.kind {
      case .single(let targets), .multiple(let targets): return targets.map(\.box)
      case .code(let cells): return cells
      case .text: return []
      }
    }
    let plan = ShrinkPlan(pixelsPerMM: perMM)
    let small = AreaMean.shrunk(blank, by: plan.fine)
    let fineLevel = InkLevel.fine(small, factor: plan.fine, pixelsPerMM: perMM / plan.fine)
    let factor = plan.fine * plan.coarse
    let coarseLevel = InkLevel.coarse(
      AreaMean.shrunk(small, by: plan.coarse), factor: factor, pixelsPerMM: perMM / factor)
    let views = Keypoints.Views(coarseLevel)
    let keypoints = Keypoints(views)
    self.views = views
    self.keypoints = keypoints
    descriptions = Self.sizes.map {
      ($0, Descriptions(views, at: keypoints.positions, size: $0))
    }
    coarse = Places(.coarse, on: coarseLevel)
    fine = Places(.fine, on: fineLevel)
    neighbours = NeighbourPrint(page.page, on: fineLevel)
    guard keypoints.count >= Self.leastKeypoints, fine.count >= Self.leastPlaces,
      coarse.count >= 4
    else {
      throw TooLittlePrint(form: page.form, formPage: page.page.number, places: fine.count)
    }
    coarseKernels = LocalField.Kernels(coarse.centers, stages: LocalField.coarseStages)
    fineKernels = LocalField.Kernels(fine.centers, stages: LocalField.fineStages)
  }

  /// The longer side in millimetres.
  var longerMM: Double { max(widthMM, heightMM) }
}

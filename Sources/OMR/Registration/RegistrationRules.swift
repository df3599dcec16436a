// SPDX-License-Identifier: Apache-2.0
import Ballot
import Geometry
import Imaging

/// When a page is refused. All counts are of places that lie on the picture.
///
/// The limits stand between what true pages and others gave: of 229 painted and 84 scanned pages
/// at least 80 % of the places agree on their own blank; pages of other forms and pictures of
/// other things stay under 35 %, another version that shares most of its print reaches 77 %.
struct RegistrationRules {
  /// Keypoints as strong as print that a page must have to be looked at.
  static let leastPrint = 12
  /// Enough agreeing matches to look no further for other sizes.
  static let enoughMatches = 40
  /// Fewer agreeing matches are chance.
  static let leastMatches = 8
  /// A blank with fewer matches than this share of the best one's is not looked at closely.
  static let leastOfBest = 0.25
  /// Under this share the page is none of the form.
  static let leastShare = 0.5
  /// Under this share it may be another version of the form, unless its label names the version.
  /// Thin: a page that lost a whole block of print has 0.82, another version without such a block
  /// 0.77.
  static let sameVersionShare = 0.78
  /// With fewer agreeing places, or a smaller share of them, a second sheet is not looked for: on
  /// a page of another form some tables' lines agree, here and there.
  static let leastOfDoubled = 40
  static let leastShareOfDoubled = 0.35
  /// Of a second sheet at least this share of spots is found where the fit puts them, too; else
  /// what lies elsewhere has been moved: of 75 sheets of other versions that looked like two, 46
  /// have at most 0.48, of 76 pairs of sheets all have 0.59 and more.
  static let leastTwice = 0.54
  /// Where at least this share of the places agree, the mirror is not tried: of 348 shared pages
  /// eight have less and of 2,832 painted office pages two; backs whose columns of boxes lie on
  /// themselves have 0.5.
  static let plainShare = 0.9
  /// Fewer places that could be looked at decide nothing.
  static let leastPlaces = 12
  /// The best blank must be so much better than the next one.
  static let margin = 0.1
  /// A map that bends less than this over 20 mm has not slipped by a row: real pages of the shared
  /// sets reach 0.043, those that slipped 0.032 and more.
  static let leastBend = 0.03
  /// One that bends more than this has, where a question lies on its neighbour's print: painted
  /// photographs that slipped bend by 0.057 to 0.138. Few that lie right bend so (to 0.077), and
  /// fewer have such a question.
  static let mostBend = 0.05
  /// So many questions on their neighbours' print are no chance.
  static let mostMisplaced = 3
  /// More targets off the picture than this share are too many.
  static let mostTargetsOff = 0.2

  let blanks: [RegistrationBlank]
  /// Best first.
  private let candidates: [Registrar.Candidate]
  /// Whether the version is known, and only the places are to be found.
  private let isNamed: Bool

  init(blanks: [RegistrationBlank], candidates: [Registrar.Candidate], isNamed: Bool) {
    self.blanks = blanks
    self.isNamed = isNamed
    self.candidates = candidates.sorted { ($1.share, $0.index) < ($0.share, $1.index) }
  }

  var best: Registrar.Candidate? { candidates.first }

  /// What is said where nothing fits.
  var notAPage: Rejection {
    let forms = blanks.reduce(into: [String]()) { if !$0.contains($1.form) { $0.append($1.form) } }
    return .notAPageOf(
      forms: forms, agreeing: best?.map.agreeing ?? 0,
      places: best?.lookedAt ?? blanks.map(\.fine.count).max() ?? 0)
  }

  /// Why the best candidate is refused by its print.
  var rejection: Rejection? {
    guard let best else { return notAPage }
    let blank = blanks[best.index]
    if best.map.agreeing >= Self.leastOfDoubled, best.share >= Self.leastShareOfDoubled,
      let copy = SecondCopy(best.map, blank, best.view)
    {
      return copy.twice < Self.leastTwice && !isNamed
        ? anotherVersion(best) : .twoSheets(form: blank.form)
    }
    guard best.share >= Self.leastShare, best.lookedAt >= Self.leastPlaces else { return notAPage }
    if candidates.count > 1, candidates[1].share >= Self.leastShare,
      best.share - candidates[1].share < Self.margin
    {
      let names = candidates.prefix(2).map { name(of: blanks[$0.index]) }
      return .ambiguous(forms: names)
    }
    return !isNamed && best.share < Self.sameVersionShare ? anotherVersion(best) : nil
  }

  private func anotherVersion(_ best: Registrar.Candidate) -> Rejection {
    .perhapsAnotherVersion(
      form: blanks[best.index].form, agreeing: best.map.agreeing, places: best.lookedAt)
  }

  /// Whether the page may be the back of a sheet: where no form fits as usual.
  var mayBeBack: Bool { (best?.share ?? 0) < Self.plainShare }

  /// Why a page whose mirror fits better is refused. Columns of boxes lie on themselves in one, so
  /// that a back, too, has places that agree.
  func rejection(seenFromBehind candidates: [Registrar.Candidate]) -> Rejection? {
    let behind = RegistrationRules(blanks: blanks, candidates: candidates, isNamed: isNamed).best
    guard let behind, behind.share >= Self.leastShare, behind.lookedAt >= Self.leastPlaces,
      behind.share > best?.share ?? 0
    else { return nil }
    return .backOf(form: blanks[behind.index].form)
  }

  /// Why a page that fits is refused by what of it is missing.
  func rejection(of fit: PageFit, _ picture: GrayPicture) -> Rejection? {
    guard let best else { return notAPage }
    let blank = blanks[best.index]
    let page = PageBox(
      x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    let missing = blank.targets.count { !page.contains(fit.pagePoint($0.center)) }
    guard Double(missing) > Self.mostTargetsOff * Double(blank.targets.count) else { return nil }
    return .partMissing(form: blank.form, missing: missing, targets: blank.targets.count)
  }

  /// Whether a map slipped by a row.
  enum Slip { case none, perhaps, certain }

  /// What questions on their neighbours' print, and the map's bend, say of a page.
  func slip(misplaced: Int, bend: Double) -> Slip {
    guard misplaced > 0, bend >= Self.leastBend else { return .none }
    return misplaced >= Self.mostMisplaced || bend > Self.mostBend ? .certain : .perhaps
  }

  /// The form's name, with the page where the form has several.
  private func name(of blank: RegistrationBlank) -> String {
    let pages = blanks.count { $0.form == blank.form }
    return pages > 1 ? "\(blank.form)/\(blank.formPage)" : blank.form
  }
}

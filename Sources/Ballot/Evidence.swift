// SPDX-License-Identifier: Apache-2.0
public import Geometry

/// What was measured at one target: scores and the ink behind them, never a decision.
public struct MarkEvidence: Hashable, Sendable, Codable {
  /// The target's value.
  public var value: String
  /// Probability that a mark stands here as an answer, from 0 to 1.
  public var marked: Double
  /// Probability that a mark stood here and was taken back, from 0 to 1.
  public var cancelled: Double
  /// Ink added to the blank in the target's window, in square millimetres.
  public var inkMM2: Double
  /// The longest side of the stroke with most ink here, in millimetres.
  public var strokeMM: Double
  /// Share of the target's inside that is covered with ink, from 0 to 1.
  public var coverage: Double
  /// Mean darkness of the ink at the target, in shares of paper, or of its stroke where that only
  /// comes near; 0 where there is none, and in readings that were stored before it was measured.
  public var darkness: Double
  /// Mean darkness of the page between the print in the target's box, in shares of paper; 0 in
  /// readings that were stored before it was measured.
  public var ground: Double
  /// Probability that the mark here was taken back, by the reader that looks at marks alone; 0
  /// where there is none, and in readings that were stored before there was such a reader.
  public var retracted: Double
  /// The share of the target's own print of which nothing is on the page, from 0 to 1; 0 in readings
  /// that were stored before it was measured.
  public var lostPrint: Double
  /// Where the target's corners lie on the page, clockwise from the blank's upper left.
  public var corners: [PagePoint]

  public init(
    value: String, marked: Double, cancelled: Double,
    inkMM2: Double, strokeMM: Double, coverage: Double, darkness: Double = 0,
    ground: Double = 0, retracted: Double = 0, lostPrint: Double = 0, corners: [PagePoint]
  ) {
    self.value = value
    self.marked = marked
    self.cancelled = cancelled
    self.inkMM2 = inkMM2
    self.strokeMM = strokeMM
    self.coverage = coverage
    self.darkness = darkness
    self.ground = ground
    self.retracted = retracted
    self.lostPrint = lostPrint
    self.corners = corners
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      value: try values.decode(String.self, forKey: .value),
      marked: try values.decode(Double.self, forKey: .marked),
      cancelled: try values.decode(Double.self, forKey: .cancelled),
      inkMM2: try values.decode(Double.self, forKey: .inkMM2),
      strokeMM: try values.decode(Double.self, forKey: .strokeMM),
      coverage: try values.decode(Double.self, forKey: .coverage),
      darkness: try values.decodeIfPresent(Double.self, forKey: .darkness) ?? 0,
      ground: try values.decodeIfPresent(Double.self, forKey: .ground) ?? 0,
      retracted: try values.decodeIfPresent(Double.self, forKey: .retracted) ?? 0,
      lostPrint: try values.decodeIfPresent(Double.self, forKey: .lostPrint) ?? 0,
      corners: try values.decode([PagePoint].self, forKey: .corners))
  }
}

/// What was measured at one question.
public struct QuestionEvidence: Hashable, Sendable, Codable {
  /// The question's id.
  public var question: String
  /// The targets in the form's order; empty for codes and text.
  public var targets: [MarkEvidence]
  /// Cells of a code in the form's order, as page corners; empty for others.
  public var cells: [[PagePoint]]
  /// What stands in the cells of a code, in the form's order; empty where nobody looked.
  public var written: [CellEvidence] = []
  /// Ink near the question that no target accounts for, in square millimetres.
  public var leftoverInkMM2: Double
  /// The longest stroke of that ink, in millimetres.
  public var leftoverStrokeMM: Double
  /// The part of that ink which stands at a target, though none is likely marked there, and is
  /// about as dark as the question's marks: what a second mark that missed its target leaves.
  public var besideInkMM2: Double
  /// The longest stroke of that part, in millimetres.
  public var besideStrokeMM: Double
  /// Share of the registration's places near the question that agree, from 0 to 1.
  public var agreement: Double
  /// True where a target lies off the picture.
  public var isOffPicture: Bool

  public init(
    question: String, targets: [MarkEvidence], cells: [[PagePoint]] = [],
    leftoverInkMM2: Double = 0, leftoverStrokeMM: Double = 0, besideInkMM2: Double = 0,
    besideStrokeMM: Double = 0, agreement: Double = 1, isOffPicture: Bool = false
  ) {
    self.question = question
    self.targets = targets
    self.cells = cells
    self.leftoverInkMM2 = leftoverInkMM2
    self.leftoverStrokeMM = leftoverStrokeMM
    self.besideInkMM2 = besideInkMM2
    self.besideStrokeMM = besideStrokeMM
    self.agreement = agreement
    self.isOffPicture = isOffPicture
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      question: try values.decode(String.self, forKey: .question),
      targets: try values.decode([MarkEvidence].self, forKey: .targets),
      cells: try values.decode([[PagePoint]].self, forKey: .cells),
      leftoverInkMM2: try values.decode(Double.self, forKey: .leftoverInkMM2),
      leftoverStrokeMM: try values.decode(Double.self, forKey: .leftoverStrokeMM),
      // Readings that were stored before these were measured have none of them.
      besideInkMM2: try values.decodeIfPresent(Double.self, forKey: .besideInkMM2) ?? 0,
      besideStrokeMM: try values.decodeIfPresent(Double.self, forKey: .besideStrokeMM) ?? 0,
      agreement: try values.decode(Double.self, forKey: .agreement),
      isOffPicture: try values.decode(Bool.self, forKey: .isOffPicture))
    written = try values.decodeIfPresent([CellEvidence].self, forKey: .written) ?? []
  }
}

/// What was measured of the whole page: what the rules may hold against every answer on it.
public struct PageEvidence: Hashable, Sendable, Codable {
  /// Noise of the paper, as a share of the step from paper to ink.
  public var noise: Double
  /// Mean distance between the page and the blank as this page printed it, on print, 0 to 1.
  public var printResidual: Double
  /// Share of the blank's print of which nothing is on the page, from 0 to 1; 0 in readings that
  /// were stored before it was measured.
  public var lostPrint: Double
  /// Whether the scan is black and white alone; `false` in readings that were stored before it was
  /// told.
  public var isTwoTone: Bool
  /// Pixels of the page for each millimetre of the blank.
  public var pixelsPerMM: Double
  /// How many sheets of the batch told what they print beside the blank, where the page was
  /// looked at a second time with it; else 0.
  public var batchSheets: Int
  public var questions: [QuestionEvidence]

  public init(
    noise: Double, printResidual: Double, lostPrint: Double = 0, isTwoTone: Bool = false,
    pixelsPerMM: Double, batchSheets: Int = 0, questions: [QuestionEvidence]
  ) {
    self.noise = noise
    self.printResidual = printResidual
    self.lostPrint = lostPrint
    self.isTwoTone = isTwoTone
    self.pixelsPerMM = pixelsPerMM
    self.batchSheets = batchSheets
    self.questions = questions
  }

  /// Where a larger share of the print is lost, marks may be lost, too: clean and office pages lose
  /// nothing that can be measured, all but 5 of 348 pages of the shared sets less than 0.12, and
  /// pages of which a threshold took whole rings 0.17 to 0.31.
  private static let mostLostPrint = 0.15

  /// Whether much of the print is not on the page: thin strokes of a pen are not, either.
  public var losesPrint: Bool { lostPrint > Self.mostLostPrint }

  /// On fewer questions nobody wonders at nothing being marked.
  private static let fewestBlank = 5
  /// A target less probable to have been marked than this was not.
  private static let untouched = 0.5

  /// Whether nothing at all is marked, and a faint pen may have been lost to a threshold that kept
  /// all print: on the scan such a page is a blank one, and only its paper tells.
  public var mayHaveLostItsPen: Bool {
    let rows = questions.filter { !$0.targets.isEmpty }
    return isTwoTone && rows.count >= Self.fewestBlank
      && rows.allSatisfy { $0.targets.allSatisfy { $0.marked + $0.cancelled < Self.untouched } }
  }

  /// A page has few marks where no more than two questions are answered …
  private static let fewMarks = 2
  /// … or no more than this share …
  private static let fewAnswered = 0.15
  /// … and they hardly show where the middle one is paler than this share of paper. On 132 black
  /// and white pages of the shared sets the middle mark has 0.13 and more, but hardly any page
  /// has few; of three pages of another painter whose other 31 marks were gone it had 0.07 to 0.12.
  private static let hardlyShown = 0.2

  /// Whether a threshold kept a few marks and hardly anything of them: others may be gone.
  public var hardlyKeptItsPen: Bool {
    let rows = questions.filter { !$0.targets.isEmpty }
    let marks = rows.flatMap(\.targets).filter { $0.marked > Self.untouched }
      .map(\.darkness).sorted()
    return isTwoTone && rows.count >= Self.fewestBlank && !marks.isEmpty
      && marks.count <= max(Self.fewMarks, Int(Self.fewAnswered * Double(rows.count)))
      && marks[marks.count / 2] < Self.hardlyShown
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      noise: try values.decode(Double.self, forKey: .noise),
      printResidual: try values.decode(Double.self, forKey: .printResidual),
      lostPrint: try values.decodeIfPresent(Double.self, forKey: .lostPrint) ?? 0,
      isTwoTone: try values.decodeIfPresent(Bool.self, forKey: .isTwoTone) ?? false,
      pixelsPerMM: try values.decode(Double.self, forKey: .pixelsPerMM),
      batchSheets: try values.decodeIfPresent(Int.self, forKey: .batchSheets) ?? 0,
      questions: try values.decode([QuestionEvidence].self, forKey: .questions))
  }
}

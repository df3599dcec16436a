// SPDX-License-Identifier: Apache-2.0
public import Geometry

/// What a machine read on one page. Nobody edits it: a person's word is a `Settlement`.
public struct PageReading: Hashable, Sendable, Codable {
  /// The form's id: its name, and its version where it has one.
  public var form: String
  /// The form's page, from 1.
  public var formPage: Int
  /// The sheet's number as its label says; `nil` where the page has no label or it could not be
  /// read.
  public var serial: String?
  public var rotation: QuarterTurn
  public var registration: RegistrationSummary
  public var evidence: PageEvidence
  /// The rules that decided, so that the decision can be told and taken again.
  public var rules: Rules
  /// Every question of the page once, in the form's order, `text` questions left out.
  public var answers: [Answer]

  public init(
    form: String, formPage: Int, serial: String? = nil, rotation: QuarterTurn,
    registration: RegistrationSummary,
    evidence: PageEvidence, rules: Rules, answers: [Answer]
  ) {
    self.form = form
    self.formPage = formPage
    self.serial = serial
    self.rotation = rotation
    self.registration = registration
    self.evidence = evidence
    self.rules = rules
    self.answers = answers
  }
}

/// How well a page fits its blank.
public struct RegistrationSummary: Hashable, Sendable, Codable {
  /// Root mean square of what the agreeing places leave over, in millimetres on the paper.
  public var residualMM: Double
  /// How many places agree.
  public var places: Int
  /// How many places were looked at: those of the blank that lie on the picture.
  public var placesLookedAt: Int

  public init(residualMM: Double, places: Int, placesLookedAt: Int) {
    self.residualMM = residualMM
    self.places = places
    self.placesLookedAt = placesLookedAt
  }

  /// The share of agreeing places, from 0 to 1.
  public var share: Double { Double(places) / Double(max(1, placesLookedAt)) }
}

// SPDX-License-Identifier: Apache-2.0
public import struct Foundation.Date

/// One person's answers over all pages of a form, each traced back to its ink.
public struct BallotRecord: Hashable, Sendable, Codable {
  /// The ballot's number in its workspace.
  public var number: Int
  /// The form's id: its name, and its version where it has one.
  public var form: String
  /// The sheet's number as printed or as a person read it; `nil` where its pages have none.
  public var serial: String?
  /// The pages that make it, in the form's order.
  public var pages: [PageOrigin]
  /// The answers so far, in the form's order: what the rules accepted and what a person settled.
  public var answers: [BallotAnswer]
  /// Pages of the form that are missing, by number.
  public var missingPages: [Int]
  /// Pages of the form that were scanned more than once, by number.
  public var doubledPages: [Int]
  /// Those of them whose copies do not say the same: their answers are open until a person chose
  /// which copy counts.
  public var differingPages: Set<Int>

  public init(
    number: Int, form: String, serial: String? = nil, pages: [PageOrigin],
    answers: [BallotAnswer], missingPages: [Int] = [], doubledPages: [Int] = [],
    differingPages: Set<Int> = []
  ) {
    self.number = number
    self.form = form
    self.serial = serial
    self.pages = pages
    self.answers = answers
    self.missingPages = missingPages
    self.doubledPages = doubledPages
    self.differingPages = differingPages
  }

  /// True where no page is missing and every answer is accepted or settled.
  public var isVerified: Bool {
    missingPages.isEmpty && answers.allSatisfy { $0.value != nil }
  }
}

/// Where a page of a ballot comes from.
public struct PageOrigin: Hashable, Sendable, Codable {
  /// The file's path as it was given.
  public var file: String
  /// The file's SHA-256 in hexadecimal: its name in `originals/`.
  public var sha256: String
  /// The page inside the file, from 1.
  public var page: Int
  /// The form's page, from 1.
  public var formPage: Int

  public init(file: String, sha256: String, page: Int, formPage: Int) {
    self.file = file
    self.sha256 = sha256
    self.page = page
    self.formPage = formPage
  }
}

/// An answer of a ballot, and who gave it.
public struct BallotAnswer: Hashable, Sendable, Codable {
  /// The question's id.
  public var question: String
  /// The marked values in the form's order, `[]` blank, one string for a code; `nil` where a
  /// person is still to be asked.
  public var value: [String]?
  public var source: Source

  public init(question: String, value: [String]?, source: Source) {
    self.question = question
    self.value = value
    self.source = source
  }

  /// Who says so.
  public enum Source: Hashable, Sendable, Codable {
    /// The rules accepted it with this probability.
    case machine(confidence: Double)
    case person(reviewer: String, date: Date)
    /// Nobody yet.
    case open
  }
}

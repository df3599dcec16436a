// SPDX-License-Identifier: Apache-2.0
import Form
import Language
import Reader
import Review
import Scanner
import Store

extension CommandError {
  /// What a failure of the store means for the command.
  init(_ failure: StoreFailure, _ language: Language) {
    let status: Status =
      switch failure {
      case .noWorkspace: .noInput
      case .busy: .busy
      case .newerStore, .notAStore, .alreadySettled, .notStanding, .nonsense: .nonsense
      case .networkFolder, .cannotWrite: .cannotWrite
      case .cannotRead: .inputOutput
      }
    self.init(status, failure.words(language).shown)
  }

  init(_ failure: PreparedForms.Failure, _ language: Language) {
    if case .form(let error) = failure {
      self.init(error, language)
      return
    }
    let status: Status =
      switch failure {
      case .blank(_, .notFound): .noInput
      case .blank(_, .unreadable): .inputOutput
      default: .nonsense
      }
    self.init(status, failure.words(language).shown)
  }

  init(_ failure: ReviewSession.Failure, _ language: Language) {
    switch failure {
    case .store(let failure): self.init(failure, language)
    case .notATerminal:
      self.init(
        .usage,
        language.say(
          "duyệt phiếu cần một màn hình dòng lệnh (terminal)", "the review needs a terminal"))
    case .terminalRefused(let words):
      self.init(.inputOutput, language.say("terminal: ", "terminal: ") + words.shown)
    }
  }

  /// Gives what is thrown inside the status and words of a command.
  static func worded<T>(_ language: Language, _ body: () async throws -> T) async throws -> T {
    do { return try await body() } catch let failure as StoreFailure {
      throw CommandError(failure, language)
    } catch let failure as PreparedForms.Failure {
      throw CommandError(failure, language)
    } catch let failure as ReviewSession.Failure {
      throw CommandError(failure, language)
    } catch let failure as FormError {
      throw CommandError(failure, language)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Codes
public import Form
import Imaging
public import Language
public import OMR
public import Scanner

/// Forms with everything that reading their pages needs: made once, shared by all workers.
public struct PreparedForms: Sendable {
  public let forms: [BallotForm]
  /// All pages of all forms.
  let pages: [PreparedPage]
  let blanks: [RegistrationBlank]
  let marks: LazyMarks
  let codes: [PreparedCodes]

  /// Why forms cannot be read with.
  public enum Failure: Error, Hashable, Sendable {
    case form(FormError)
    /// A blank's picture cannot be decoded.
    case blank(path: String, ScanFailure)
    /// A blank has too little print to be found again.
    case tooLittlePrint(path: String, RegistrationBlank.TooLittlePrint)
    /// Two folders hold forms of the same name.
    case sameName(String, folders: [String])
  }

  /// Prepares the forms of some folders; of a form that a person wrote, its versions.
  ///
  /// - Throws: `Failure`, of the first form that cannot be read with.
  public init(folders: [String], limits: ScanLimits = ScanLimits()) throws(Failure) {
    var forms: [BallotForm] = []
    var pages: [PreparedPage] = []
    var blanks: [RegistrationBlank] = []
    var folderOf: [String: String] = [:]
    var all: [FormFolder] = []
    for path in folders {
      do { all += try FormSource.load(path).readable() } catch { throw .form(error) }
    }
    for folder in all {
      let id = folder.form.id
      if let other = folderOf[id] { throw .sameName(id, folders: [other, folder.path]) }
      folderOf[id] = folder.path
      forms.append(folder.form)
      for page in folder.form.pages {
        let prepared = try Self.prepare(page, of: folder, limits)
        pages.append(prepared)
        do { blanks.append(try RegistrationBlank(prepared)) } catch {
          throw .tooLittlePrint(path: folder.blankPath(of: page), error)
        }
      }
    }
    self.forms = forms
    self.pages = pages
    self.blanks = blanks
    marks = LazyMarks(pages)
    codes = pages.map { PreparedCodes($0.page, blank: $0.blank) }
  }

  /// The form of a page.
  func form(of page: Int) -> BallotForm? { forms.first { $0.id == pages[page].form } }

  private static func prepare(
    _ page: FormPage, of folder: FormFolder, _ limits: ScanLimits
  ) throws(Failure) -> PreparedPage {
    let path = folder.blankPath(of: page)
    let blank: ScannedPage
    do {
      blank = try PageSource(try ScannedFile(path: path, limits: limits)).page(1).get()
    } catch {
      throw .blank(path: path, error)
    }
    let size = (blank.picture.width, blank.picture.height)
    do {
      try folder.checkBlanks { $0 == path ? size : (page.blank.width, page.blank.height) }
    } catch let error as FormError {
      throw .form(error)
    } catch {
      throw .blank(path: path, .unreadable(reason: "\(error)"))
    }
    return PreparedPage(form: folder.form.id, page: page, blank: blank.picture)
  }
}

extension PreparedForms.Failure: Wording {
  public func words(_ language: Language) -> String {
    let isVietnamese = language == .vietnamese
    switch self {
    case .form(let error): return error.words(language)
    case .blank(let path, let failure): return "\(path): \(failure.words(language))"
    case .tooLittlePrint(let path, let facts):
      return isVietnamese
        ? "\(path): quá ít chữ in để nhận ra trang (\(facts.places) chỗ)"
        : "\(path): too little print to find the page by (\(facts.places) places)"
    case .sameName(let name, let folders):
      let list = folders.joined(separator: ", ")
      return isVietnamese
        ? "hai mẫu phiếu cùng tên \(name): \(list)" : "two forms have the name \(name): \(list)"
    }
  }
}

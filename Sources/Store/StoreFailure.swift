// SPDX-License-Identifier: Apache-2.0
public import Language

/// Why the workspace could not do what was asked.
public enum StoreFailure: Error, Hashable, Sendable {
  /// No store stands in this folder yet.
  case noWorkspace(folder: String)
  /// The store was written by a newer program.
  case newerStore(path: String)
  /// The file is no store, or its pages are damaged.
  case notAStore(path: String, detail: String)
  /// Another program writes here just now.
  case busy(path: String)
  /// The folder is on a network file system, where the store's locks do not hold.
  case networkFolder(folder: String, kind: String)
  /// The file or folder cannot be written.
  case cannotWrite(path: String, detail: String)
  /// The file cannot be read.
  case cannotRead(path: String, detail: String)
  /// Somebody has settled this question already.
  case alreadySettled(question: String, reviewer: String)
  /// What was withdrawn stands no longer, or never stood.
  case notStanding
  /// A row does not say what this program writes: the detail names it.
  case nonsense(detail: String)
}

extension StoreFailure: Wording {
  public func words(_ language: Language) -> String {
    let vietnamese = language == .vietnamese
    switch self {
    case .noWorkspace(let folder):
      return vietnamese
        ? "\(folder) chưa là thư mục làm việc: chưa có phieu.sqlite; hãy chạy phieu scan trước"
        : "\(folder) is no workspace yet: it has no phieu.sqlite; run phieu scan first"
    case .newerStore(let path):
      return vietnamese
        ? "\(path) do một phiên bản mới hơn ghi; hãy cài phieu mới hơn"
        : "\(path) was written by a newer version; install a newer phieu"
    case .notAStore(let path, let detail):
      return vietnamese
        ? "\(path) không phải kho của phieu hoặc đã hỏng (\(detail))"
        : "\(path) is not a store of phieu, or it is damaged (\(detail))"
    case .busy(let path):
      return vietnamese
        ? "\(path) đang được chương trình khác dùng; hãy thử lại sau"
        : "\(path) is in use by another program; try again later"
    case .networkFolder(let folder, let kind):
      return vietnamese
        ? "\(folder) nằm trên ổ mạng (\(kind)), nơi khoá của kho không tin được; hãy dùng ổ của máy"
        : "\(folder) is on a network drive (\(kind)), where the store's locks do not hold; "
          + "use a disk of this machine"
    case .cannotWrite(let path, let detail):
      return vietnamese ? "không ghi được \(path): \(detail)" : "cannot write \(path): \(detail)"
    case .cannotRead(let path, let detail):
      return vietnamese ? "không đọc được \(path): \(detail)" : "cannot read \(path): \(detail)"
    case .alreadySettled(let question, let reviewer):
      return vietnamese
        ? "câu \(question) đã được \(reviewer) kết luận"
        : "question \(question) was already settled by \(reviewer)"
    case .notStanding:
      return vietnamese
        ? "kết luận này đã được rút lại rồi" : "this settlement was withdrawn already"
    case .nonsense(let detail):
      return vietnamese
        ? "kho có một dòng không hiểu được: \(detail)"
        : "the store has a row that makes no sense: \(detail)"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Ballot
import Export
import Form
import Foundation
import Language
import Store

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes verified ballots as a table.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
  }

  @Option(help: "The table's format.")
  var format = Format.csv

  @Option(help: "Only ballots of this form, by its name or as name@version.")
  var form: String?

  @Flag(help: "One row an answer, with who gave it, instead of one row a ballot.")
  var long = false

  @Flag(help: "Ballots too that are not verified; a column says so.")
  var includeUnverified = false

  @Option(help: "The file to write, with a codebook beside it; standard output if left out.")
  var out: String?

  @OptionGroup var place: WorkspaceOption
  @OptionGroup var speech: Speech

  func run() async throws {
    let language = speech.language
    try await CommandError.worded(language) {
      let store = try BallotStore(place.workspace)
      let forms = try chosenForms(store, language)
      if forms.count > 1, out == nil {
        let names = forms.map(\.id).joined(separator: ", ")
        throw CommandError(
          .usage,
          language.say(
            "có phiếu của nhiều mẫu (\(names)); hãy chọn một bằng --form, hoặc dùng --out",
            "there are ballots of several forms (\(names)); choose one by --form, or use --out"))
      }
      for form in forms {
        let ballots = try store.ballots(of: [form])
        let table = BallotTable(
          form: form, layout: long ? .long : .wide, includesUnverified: includeUnverified)
        var count = 0
        if let out {
          let path = forms.count == 1 ? out : Self.path(out, adding: form.id)
          count = try Self.replace(path) { try table.write(ballots, to: $0) }
          let codebook = Codebook(
            form: form, includesUnverified: includeUnverified, language: language)
          try Self.replace(Self.path(path, adding: "codebook")) { try codebook.write(to: $0) }
          Console.say(path.shown)
        } else {
          count = try table.write(ballots) { try Console.giveText($0) }
        }
        Console.say(Self.words(form, written: count, of: ballots, language))
      }
    }
  }

  /// The forms that there are ballots of.
  private func chosenForms(_ store: BallotStore, _ language: Language) throws -> [BallotForm] {
    let forms = try place.forms(language)
    if let name = form {
      let named = forms.filter { $0.name == name || $0.id == name }
      guard !named.isEmpty else {
        throw CommandError(
          .noInput,
          language.say(
            "không có mẫu \(name.shown) trong templates/", "no form \(name.shown) in templates/"))
      }
      let read = try store.counts().pagesByForm
      let withPages = named.filter { read[$0.id] != nil }
      return withPages.isEmpty ? Array(named.suffix(1)) : withPages
    }
    let read = try store.counts().pagesByForm
    let chosen = forms.filter { read[$0.id] != nil }
    guard !chosen.isEmpty else {
      throw CommandError(
        .noInput,
        language.say(
          "chưa có phiếu nào được đọc; hãy chạy phieu scan trước",
          "no ballot is read yet; run phieu scan first"))
    }
    return chosen
  }

  private static func words(
    _ form: BallotForm, written: Int, of ballots: [BallotRecord], _ language: Language
  ) -> String {
    let open = ballots.count { !$0.isVerified }
    return language.say(
      "\(form.id): ghi \(written) phiếu; \(open) phiếu chưa kiểm xong",
      "\(form.id): ballots written: \(written); not verified yet: \(open)")
  }

  /// `out.csv` with a name: `out-name.csv`.
  static func path(_ path: String, adding name: String) -> String {
    let url = path as NSString
    let ending = url.pathExtension
    return url.deletingPathExtension + "-" + name + (ending.isEmpty ? "" : "." + ending)
  }

  /// Writes a file beside its place and puts it there when it is whole.
  @discardableResult
  private static func replace<T>(
    _ path: String, _ body: ((String) throws -> Void) throws -> T
  ) throws -> T {
    let temporary = path + ".part-\(ProcessInfo.processInfo.processIdentifier)"
    func fail(_ detail: String) -> CommandError {
      CommandError(.cannotWrite, "\(path.shown): \(detail)")
    }
    guard FileManager.default.createFile(atPath: temporary, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporary)
    else { throw fail(unsafe String(cString: strerror(errno))) }
    defer { unsafe unlink(temporary) }
    do {
      let result = try body { try handle.write(contentsOf: Data($0.utf8)) }
      try handle.synchronize()
      try handle.close()
      guard unsafe rename(temporary, path) == 0 else {
        throw fail(unsafe String(cString: strerror(errno)))
      }
      return result
    } catch let error as CommandError {
      throw error
    } catch let error as StoreFailure {
      throw error
    } catch {
      throw fail(error.localizedDescription)
    }
  }
}

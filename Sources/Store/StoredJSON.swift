// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How values become text in the store.
enum StoredJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Throws: `nonsense` where the text is not such a value.
  static func value<T: Decodable>(_ type: T.Type, _ text: String, of what: String) throws -> T {
    do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
      throw StoreFailure.nonsense(detail: "\(what): \(error)")
    }
  }
}

extension Date {
  /// ISO 8601 in UTC with milliseconds: sorts as text as it does in time.
  var storedText: String { formatted(Self.storedStyle) }

  /// - Throws: `nonsense` where the text is no such date.
  init(storedText: String) throws {
    do { self = try Self.storedStyle.parse(storedText) } catch {
      throw StoreFailure.nonsense(detail: "date \(storedText)")
    }
  }

  private static var storedStyle: Date.ISO8601FormatStyle {
    Date.ISO8601FormatStyle(includingFractionalSeconds: true)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Language

extension Language {
  /// The language of the person at the terminal, as the environment says it.
  static func ofTerminal(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Language {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
    return Language(locale: names.first { !$0.isEmpty } ?? "")
  }
}

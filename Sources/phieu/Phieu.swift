// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

@main
struct Phieu: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phieu",
    abstract: "Reads paper survey ballots, so that people can trust the result.",
    subcommands: [
      ScanCommand.self, ReviewCommand.self, ExportCommand.self, StatusCommand.self,
      FormCommand.self, ReadCommand.self,
    ])

  /// The one place that turns errors into words and exit statuses.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch let error as CommandError {
      if !error.message.isEmpty { Console.say("phieu: \(error.message)") }
      Foundation.exit(error.status.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}

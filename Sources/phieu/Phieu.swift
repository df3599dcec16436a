// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Phieu: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phieu",
    abstract: "Reads paper survey ballots, so that people can trust the result.",
    subcommands: [FormCommand.self])
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Measure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measures the reader: accuracy, speed, painted sheets. Never installed.",
    subcommands: [
      Accuracy.self, Bench.self, Demo.self, PaintCommand.self, Figures.self,
      ShowCellsCommand.self, PaintCellsCommand.self, ReadCellsCommand.self, CodesCommand.self,
      OwnCommand.self, KindsCommand.self, ForeignCommand.self, DecideCommand.self,
    ])
}

// SPDX-License-Identifier: Apache-2.0

extension MarkModel {
  /// The trees that `tools/train.sh` made, read once.
  package static let trained: MarkModel = {
    do throws(Malformed) { return try MarkModel(text: MarkWeights.text) } catch {
      // The text is compiled in and read by a test: it cannot be malformed.
      preconditionFailure("the mark model's text is malformed at line \(error.line)")
    }
  }()
}

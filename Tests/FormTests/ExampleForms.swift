// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Language

/// A form of every type of question and target, as another program would write it.
let exampleJSON = """
  { "form": "ward-1", "title": "Phiếu khảo sát",
    "pages": [
      { "page": 1, "blank": "blank-1.png", "width": 2480, "height": 3508, "dpi": 300,
        "questions": [
          { "id": "c01", "type": "single", "label": "Nơi ngồi chờ",
            "targets": [ { "value": "01", "shape": "char", "box": [1804, 902.25, 92, 78.1] },
                         { "value": "no", "shape": "char", "box": [1904.333, 902.25, 92, 78.1] } ] },
          { "id": "way", "type": "multiple", "label": "Cách nộp: \\"trực tiếp\\"\\nhay trực tuyến",
            "targets": [ { "value": "direct", "shape": "box", "box": [310, 2210, 50, 50] },
                         { "value": "online", "shape": "bubble", "box": [410, 2210, 50, 50] } ] },
          { "id": "commune", "type": "code", "label": "Mã xã",
            "cells": [[1510, 310, 71, 95], [1590, 310, 71, 95]] } ] },
      { "page": 2, "blank": "blank-2.png", "width": 1653, "height": 2339, "dpi": 199.9,
        "questions": [
          { "id": "other", "type": "text", "label": "", "box": [300, 1900, 1000.5, 220] } ] } ] }
  """

/// The words of all problems that reading finds, a line each; empty where it reads.
func problems(json: String) -> [String] {
  do {
    _ = try FormJSON.read(json, file: "form.json")
    return []
  } catch {
    return error.words(.english).split(separator: "\n").map(String.init)
  }
}

/// The words of all problems that reading finds, a line each; empty where it reads.
func problems(yaml: String) -> [String] {
  do {
    _ = try FormYAML.read(yaml, file: "form.yaml")
    return []
  } catch {
    return error.words(.english).split(separator: "\n").map(String.init)
  }
}

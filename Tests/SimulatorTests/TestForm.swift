// SPDX-License-Identifier: Apache-2.0
import Form
import Geometry
import Simulator

/// A small made-up form: three rows of cells with a black square for a digit, and three boxes.
enum TestForm {
  static let width = 1200
  static let height = 900
  static let dpi = 300.0
  static let perMM = dpi / 25.4

  static var form: BallotForm {
    var questions = (0..<3).map { row in
      Question(
        id: "row\(row)", label: "",
        kind: .single(
          (0..<4).map { column in
            Target(
              value: "\(column + 1)", shape: .char,
              box: BlankBox(
                x: 25 + 15 * Double(column), y: 12 + 10 * Double(row), width: 15, height: 10))
          }))
    }
    questions.append(
      Question(
        id: "boxes", label: "",
        kind: .multiple(
          (0..<3).map { i in
            Target(
              value: "abc".map(String.init)[i], shape: .box,
              box: BlankBox(x: 25 + 20 * Double(i), y: 55, width: 4, height: 4))
          })))
    return BallotForm(
      name: "test", title: "",
      pages: [
        FormPage(
          number: 1,
          blank: BlankSource(file: "blank-1.png", width: width, height: height, dpi: dpi),
          questions: questions)
      ])
  }

  static var blank: Raster {
    var picture = Raster(width: width, height: height, filledWith: 1)
    func fill(_ box: BlankBox) {
      for y in Int(box.y * perMM)..<Int(box.maxY * perMM) {
        for x in Int(box.x * perMM)..<Int(box.maxX * perMM) { picture[x, y] = 0 }
      }
    }
    for target in form.questions.flatMap(\.targets) {
      switch target.shape {
      case .char:
        let middle = target.box.center
        fill(BlankBox(x: middle.x - 0.6, y: middle.y - 1, width: 1.2, height: 2))
      default:
        let box = target.box
        fill(BlankBox(x: box.x, y: box.y, width: box.width, height: 0.3))
        fill(BlankBox(x: box.x, y: box.maxY - 0.3, width: box.width, height: 0.3))
        fill(BlankBox(x: box.x, y: box.y, width: 0.3, height: box.height))
        fill(BlankBox(x: box.maxX - 0.3, y: box.y, width: 0.3, height: box.height))
      }
    }
    // Print elsewhere, so that a page has text to be dark.
    for line in 0..<4 {
      fill(BlankBox(x: 5, y: 14 + 10 * Double(line), width: 14, height: 0.8))
    }
    return picture
  }

  static var painter: SheetPainter { SheetPainter(form: form, blanks: [blank]) }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A scanner that splits black from white, set so light that thin lines are gone.
@Suite(.serialized) struct LightScanTests {
  @Test("A scan that lost its thin print is told, and its blank answers wait for a person")
  func told() throws {
    let folder = try PrintTests.Folder()
    _ = try folder.phieu("form", "print", "one-stop-9", "--first", "41", "-o", "a.pdf")
    var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
    try page.write(folder.path + "/good.pgm")
    let good = try folder.phieu("scan", folder.path + "/good.pgm")
    #expect(good.lines.contains("Questions for a person: 0."), "\(good.output)")
    #expect(!good.output.contains("too light") && !good.errors.contains("too light"))

    page.splitLightly(below: 70)
    try page.write(folder.path + "/light.pgm")
    let light = try folder.phieu("scan", folder.path + "/light.pgm")
    let said = "light.pgm, page 1: too light, thin print is missing"
    #expect(light.status == 0)
    #expect(light.output.contains(said) || light.errors.contains(said), "\(light)")
    #expect(!light.lines.contains("Questions for a person: 0."), "\(light.output)")
  }

  @Test("A black-and-white page with no mark is told: a threshold may have taken a faint pen")
  func noMarkInTwoTones() throws {
    let folder = try PrintTests.Folder()
    _ = try folder.phieu("form", "print", "one-stop-9", "--first", "41", "-o", "a.pdf")
    var page = try GrayPage(of: folder.path + "/a.pdf", in: folder.path)
    try page.write(folder.path + "/gray.pgm")
    let gray = try folder.phieu("scan", folder.path + "/gray.pgm")
    #expect(!gray.output.contains("no mark at all"), "\(gray.output)")
    page.splitLightly(below: 225)
    try page.write(folder.path + "/split.pgm")
    let split = try folder.phieu("scan", folder.path + "/split.pgm")
    #expect(
      split.output.contains("no mark at all: 1: ")
        && split.output.contains("split.pgm, page 1. Look at the paper"), "\(split.output)")
  }
}

extension GrayPage {
  /// Softens the page and makes what is darker than a level black and all else white.
  mutating func splitLightly(below level: Int) {
    let (source, height) = (pixels, pixels.count / width)
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        var sum = 0
        for row in y - 1...y + 1 {
          for column in x - 1...x + 1 {
            sum += Int(source[source.startIndex + row * width + column])
          }
        }
        pixels[pixels.startIndex + y * width + x] = sum < 9 * level ? 0 : 255
      }
    }
  }
}

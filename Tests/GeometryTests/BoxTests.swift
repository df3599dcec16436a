// SPDX-License-Identifier: Apache-2.0
import Foundation
import Geometry
import Testing

@Suite struct BoxTests {
  let box = BlankBox(x: 1, y: 2, width: 3, height: 4)

  @Test("Corners go clockwise from the upper left")
  func corners() {
    #expect(
      box.corners == [
        BlankPoint(x: 1, y: 2), BlankPoint(x: 4, y: 2), BlankPoint(x: 4, y: 6),
        BlankPoint(x: 1, y: 6),
      ])
    #expect(box.center == BlankPoint(x: 2.5, y: 4) && box.area == 12)
  }

  @Test("A box holds its upper left corner and not its lower right one")
  func contains() {
    #expect(box.contains(BlankPoint(x: 1, y: 2)))
    #expect(!box.contains(BlankPoint(x: 4, y: 6)))
    #expect(!box.contains(BlankPoint(x: 0.999, y: 3)))
  }

  @Test("Boxes that only touch do not intersect")
  func intersects() {
    #expect(!box.intersects(BlankBox(x: 4, y: 2, width: 1, height: 1)))
    #expect(box.intersects(BlankBox(x: 3.9, y: 5.9, width: 1, height: 1)))
  }

  @Test("A union holds both, a margin goes to every side")
  func union() {
    let other = BlankBox(x: -1, y: 3, width: 1, height: 9)
    #expect(box.union(other) == BlankBox(x: -1, y: 2, width: 5, height: 10))
    #expect(box.grown(by: 1) == BlankBox(x: 0, y: 1, width: 5, height: 6))
    #expect(box.grown(x: 1, y: 0) == BlankBox(x: 0, y: 2, width: 5, height: 4))
  }

  @Test("The box around places is the smallest; around none there is none")
  func around() {
    #expect(BlankBox.around([BlankPoint]()) == nil)
    #expect(BlankBox.around(box.corners) == box)
    #expect(
      BlankBox.around([BlankPoint(x: 5, y: 5)]) == BlankBox(x: 5, y: 5, width: 0, height: 0))
  }

  @Test("Places and boxes come back from storage as they were")
  func coded() throws {
    let point = PagePoint(x: 0.1, y: 1.0 / 3)
    let bytes = try JSONEncoder().encode(point)
    #expect(try JSONDecoder().decode(PagePoint.self, from: bytes) == point)
    #expect(
      try JSONDecoder().decode(BlankBox.self, from: JSONEncoder().encode(box)) == box)
    #expect(point.distance(to: PagePoint(x: 3.1, y: 4 + 1.0 / 3)) == 5)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Review
import Store
import Testing

@Suite struct ReviewStateTests {
  typealias Deed = ReviewState.Deed

  @Test("One key answers a question that takes one answer")
  func single() {
    var state = ReviewSamples.state("c03", "way")
    let deed = state.press(.character("3"))
    #expect(deed == .settle(ReviewSamples.item("c03"), value: ["3"], note: "key 3"))
    #expect(state.current == 0, "nothing moves before it is stored")
    state.didSettle(["3"], SettlementNumber(7))
    #expect(state.current == 1)
    #expect(state.left == 1)
    #expect(state.notice == .settled(question: "c03", value: ["3"]))
  }

  @Test("0 and space say blank", arguments: ["0", " "] as [Character])
  func blank(key: Character) {
    var state = ReviewSamples.state("c03")
    #expect(
      state.press(.character(key))
        == .settle(ReviewSamples.item("c03"), value: [], note: "blank"))
  }

  @Test("A key of no option answers nothing", arguments: ["4", "x", "%"] as [Character])
  func unknownKeys(key: Character) {
    var state = ReviewSamples.state("c03")
    #expect(state.press(.character(key)) == nil)
    #expect(state.notice == .unknownKey)
    #expect(state.press(.enter) == nil, "Enter settles no single question")
  }

  @Test("Several answers begin with what the machine saw, are toggled, and end with Enter")
  func multiple() {
    var state = ReviewSamples.state("way")
    #expect(state.chosen == [0, 1])
    #expect(state.press(.character("2")) == nil)
    #expect(state.press(.character("3")) == nil)
    #expect(
      state.press(.enter)
        == .settle(ReviewSamples.item("way"), value: ["1", "3"], note: "chosen"))
  }

  @Test("A code is typed cell by cell; accepted cells stand already")
  func code() {
    var state = ReviewSamples.state("xa")
    #expect(state.typed == ["7", "", ""])
    #expect(state.cell == 1)
    for key in ["n", "4"] as [Character] { #expect(state.press(.character(key)) == nil) }
    #expect(state.press(.left) == nil)
    #expect(state.press(.character(" ")) == nil)
    #expect(
      state.press(.enter)
        == .settle(ReviewSamples.item("xa"), value: ["7 4"], note: "typed 7␣4"))
  }

  @Test("Undo withdraws the last settlement and comes back to its question")
  func undo() {
    var state = ReviewSamples.state("c03", "way")
    #expect(state.press(.character("u")) == nil)
    #expect(state.notice == .nothingToUndo)
    state.didSettle(["3"], SettlementNumber(7))
    ReviewSamples.show(&state)
    #expect(state.press(.character("u")) == .withdraw(SettlementNumber(7)))
    state.didWithdraw()
    #expect(state.current == 0)
    #expect(state.left == 2)
    #expect(state.settled.isEmpty)
  }

  @Test("Skipped questions come again after the others")
  func skips() {
    var state = ReviewSamples.state("c03", "way", "xa")
    _ = state.press(.tab)
    #expect(state.current == 1)
    ReviewSamples.show(&state)
    state.didSettle(["1"], SettlementNumber(1))
    #expect(state.current == 2)
    state.didSettle(["7"], SettlementNumber(2))
    #expect(state.current == 0)
    state.didSettle([], SettlementNumber(3))
    #expect(state.current == nil)
    #expect(state.left == 0)
    #expect(state.press(.character("u")) == .withdraw(SettlementNumber(3)))
    #expect(state.press(.enter) == .quit)
  }

  @Test("A question that somebody else settled is passed over and not ours to undo")
  func passes() {
    var state = ReviewSamples.state("c03", "way")
    state.pass("settled by Minh")
    #expect(state.current == 1)
    #expect(state.left == 1)
    ReviewSamples.show(&state)
    #expect(state.press(.character("u")) == nil)
  }

  @Test("q, escape and control-C quit, but q is a letter of a code")
  func quits() {
    var state = ReviewSamples.state("c03")
    for key in [Key.character("q"), .escape, .control("c")] { #expect(state.press(key) == .quit) }
    var code = ReviewSamples.state("xa")
    #expect(code.press(.character("q")) == nil)
    #expect(code.press(.escape) == .quit)
  }

  @Test("An empty review has nothing to show and can be left")
  func empty() {
    var state = ReviewState(items: [])
    #expect(state.current == nil)
    #expect(state.press(.character("q")) == .quit)
  }
}

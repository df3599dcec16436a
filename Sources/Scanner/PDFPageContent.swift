// SPDX-License-Identifier: Apache-2.0

/// What a page of a PDF draws, as far as it takes to tell a plain scan: one image, placed
/// upright, nothing else to be seen.
///
/// Text that is invisible (what OCR programs lay under a scan) draws nothing. Whatever is not
/// understood makes the page no plain scan, and a program that knows all of PDF draws it.
struct PDFPageContent {
  /// A matrix of PDF, `[a b c d e f]`.
  typealias Matrix = (a: Double, b: Double, c: Double, d: Double, e: Double, f: Double)

  /// The image's name among the resources.
  private(set) var image: String?
  /// Where its unit square comes to lie.
  private(set) var placed: Matrix = (1, 0, 0, 1, 0, 0)
  /// Rectangles that were clipped to, as left, bottom, right, top on the page.
  private(set) var clips: [(left: Double, bottom: Double, right: Double, top: Double)] = []
  /// Fonts used, to be looked at: those of Type 3 draw even when invisible.
  private(set) var fonts: Set<String> = []

  /// Graphics states used, to be looked at: some make an image fade.
  private(set) var states: Set<String> = []

  private var matrix: Matrix = (1, 0, 0, 1, 0, 0)
  private var textMode = 0
  private var saved: [(matrix: Matrix, textMode: Int)] = []
  private var path: [(left: Double, bottom: Double, right: Double, top: Double)] = []
  private var clipping = false

  /// `nil` where the page draws anything but one image.
  init?(_ content: [UInt8]) {
    var tokens = PDFTokens(content)
    var operands: [PDFTokens.Token] = []
    while let token = tokens.next() {
      if case .operator(let name) = token {
        guard obey(name, operands) else { return nil }
        operands.removeAll(keepingCapacity: true)
      } else {
        operands.append(token)
        guard operands.count <= 512 else { return nil }
      }
    }
    guard tokens.isFine, image != nil else { return nil }
  }

  private mutating func obey(_ name: String, _ operands: [PDFTokens.Token]) -> Bool {
    let numbers = operands.compactMap { if case .number(let number) = $0 { number } else { nil } }
    switch name {
    case "q":
      saved.append((matrix, textMode))
      return saved.count <= 64
    case "Q":
      guard let last = saved.popLast() else { return false }
      (matrix, textMode) = last
    case "cm":
      guard numbers.count == 6, operands.count == 6 else { return false }
      matrix = Self.product(
        (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]), matrix)
    case "Do":
      guard image == nil, case .name(let image)? = operands.last else { return false }
      self.image = image
      placed = matrix
    case "re":
      guard numbers.count == 4, let box = rectangle(numbers) else { return false }
      path.append(box)
    case "W", "W*":
      clipping = true
    case "n":
      if clipping {
        // Several rectangles at once clip to their union: not worth understanding.
        guard path.count == 1 else { return false }
        clips += path
      }
      path = []
      clipping = false
    case "Tr":
      guard let mode = numbers.last else { return false }
      textMode = Int(exactly: mode) ?? 0
    case "Tf":
      guard case .name(let font)? = operands.first else { return false }
      fonts.insert(font)
    case "gs":
      guard case .name(let state)? = operands.first else { return false }
      states.insert(state)
    case "Tj", "TJ", "'", "\"":
      return textMode == 3
    case "BDC", "BMC":
      // Optional content may be switched off.
      if case .name("/OC")? = operands.first { return false }
    case "EMC", "MP", "DP", "BT", "ET", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts",
      "w", "J", "j", "M", "d", "ri", "i", "g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC",
      "scn", "SCN":
      break
    default:
      return false
    }
    return true
  }

  private func rectangle(_ numbers: [Double])
    -> (left: Double, bottom: Double, right: Double, top: Double)?
  {
    guard matrix.b == 0, matrix.c == 0 else { return nil }
    let x = [numbers[0], numbers[0] + numbers[2]].map { $0 * matrix.a + matrix.e }
    let y = [numbers[1], numbers[1] + numbers[3]].map { $0 * matrix.d + matrix.f }
    return (min(x[0], x[1]), min(y[0], y[1]), max(x[0], x[1]), max(y[0], y[1]))
  }

  /// First `m`, then `n`.
  private static func product(_ m: Matrix, _ n: Matrix) -> Matrix {
    (
      m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c,
      m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f
    )
  }
}

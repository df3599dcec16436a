// SPDX-License-Identifier: Apache-2.0

/// A key as the terminal sent it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter
  case tab
  case backspace
  case escape
  case left
  case right
  /// A letter with the control key.
  case control(Character)
  /// A key that means nothing here.
  case other
}

/// Turns a terminal's bytes into keys.
public struct KeyParser: Sendable {
  private var bytes: [UInt8] = []

  public init() {}

  /// True where bytes wait that may be the beginning of a longer key: an escape above all.
  public var isWaiting: Bool { !bytes.isEmpty }

  /// Takes bytes as they came, and gives the keys that they make.
  ///
  /// With `isComplete` nothing more is on its way: an escape alone is then the key itself.
  public mutating func keys(_ more: [UInt8], isComplete: Bool) -> [Key] {
    bytes += more
    var keys: [Key] = []
    while let (key, count) = first(isComplete: isComplete) {
      keys.append(key)
      bytes.removeFirst(count)
    }
    return keys
  }

  private func first(isComplete: Bool) -> (Key, Int)? {
    guard let byte = bytes.first else { return nil }
    switch byte {
    case 0x1B: return escape(isComplete: isComplete)
    case 0x0D, 0x0A: return (.enter, 1)
    case 0x09: return (.tab, 1)
    case 0x7F, 0x08: return (.backspace, 1)
    case 0x01...0x1A: return (.control(Character(UnicodeScalar(byte + 0x60))), 1)
    case 0x20...0x7E: return (.character(Character(UnicodeScalar(byte))), 1)
    case 0xC2...0xF4: return letter(isComplete: isComplete)
    default: return (.other, 1)
    }
  }

  private func letter(isComplete: Bool) -> (Key, Int)? {
    let count = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4
    guard bytes.count >= count else { return isComplete ? (.other, bytes.count) : nil }
    guard let text = String(validating: bytes[..<count], as: UTF8.self), let letter = text.first
    else { return (.other, 1) }
    return (.character(letter), count)
  }

  /// CSI and SS3 sequences (ECMA-48 §5.4): parameters, then one byte from `@` to `~`.
  private func escape(isComplete: Bool) -> (Key, Int)? {
    guard bytes.count > 1 else { return isComplete ? (.escape, 1) : nil }
    guard bytes[1] == 0x5B || bytes[1] == 0x4F else { return (.escape, 1) }
    guard let end = bytes.indices.dropFirst(2).first(where: { (0x40...0x7E).contains(bytes[$0]) })
    else { return isComplete || bytes.count > 32 ? (.other, bytes.count) : nil }
    switch bytes[end] {
    case 0x43: return (.right, end + 1)
    case 0x44: return (.left, end + 1)
    default: return (.other, end + 1)
    }
  }
}

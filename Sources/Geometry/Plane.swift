// SPDX-License-Identifier: Apache-2.0

/// A plane in which places are measured.
///
/// Planes have no values: they keep a place on the blank from being taken for a place on the
/// page, at compile time and at no cost.
public protocol Plane: Sendable {}

/// The blank form as printed. Millimetres from its top left corner.
public enum BlankPlane: Plane {}

/// A page as scanned. Pixels; (0, 0) is the upper left corner of the first pixel, so the middle
/// of the first pixel is (0.5, 0.5).
public enum PagePlane: Plane {}

/// A place on the blank, in millimetres.
public typealias BlankPoint = Point<BlankPlane>
/// A place on the page, in pixels.
public typealias PagePoint = Point<PagePlane>
/// A box on the blank, in millimetres.
public typealias BlankBox = Box<BlankPlane>
/// A box on the page, in pixels.
public typealias PageBox = Box<PagePlane>

/// What tells where a place of the blank lies on a page.
public protocol BlankToPage: Sendable {
  /// The place on the page of a place on the blank. Defined everywhere, also off the picture.
  func pagePoint(_ point: BlankPoint) -> PagePoint
}

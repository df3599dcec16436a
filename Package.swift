// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A room of the house: a library target with its arrows.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a room, with what they need beyond it.
func tests(_ room: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: room + "Tests", dependencies: [.byName(name: room)] + more, swiftSettings: strict)
}

/// A C library of the system, seen through pkg-config.
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A C target that gives a library of the system a plain face; `openssl/…` and the like are found
/// on the compiler's own path.
func face(_ name: String, links libraries: [String], path: String? = nil) -> Target {
  .target(
    name: name, path: path, cSettings: [.treatAllWarnings(as: .error)],
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

let package = Package(
  name: "phieu",
  products: [
    .executable(name: "phieu", targets: ["phieu"]),
    .executable(name: "measure", targets: ["measure"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    room("Language"),
    room("Geometry"),
    room("Form", ["Geometry", "Language", yams]),
    room("Ballot", ["Form", "Geometry", "Language"]),
    room("Imaging", ["Geometry"]),
    face("CDigest", links: ["crypto"]),
    face("CFlate", links: ["z"]),
    face("CJPEG", links: ["turbojpeg"]),
    face("CLeptonica", links: ["lept"]),
    face("CPNG", links: ["png16"]),
    face("CQPDF", links: ["qpdf"]),
    face("CTIFF", links: ["tiff"]),
    room(
      "Scanner",
      [
        "CDigest", "CFlate", "CJPEG", "CLeptonica", "CPNG", "CQPDF", "CTIFF", "Imaging",
        "Language",
      ]),
    system("CPangoCairo", "pangocairo", apt: "libpango1.0-dev"),
    .target(
      name: "CPango", dependencies: ["CPangoCairo"], exclude: ["Fonts"],
      cSettings: [.treatAllWarnings(as: .error), .headerSearchPath("Fonts")],
      linkerSettings: [.linkedLibrary("pangoft2-1.0"), .linkedLibrary("fontconfig")]),
    .target(
      name: "CZXing", cxxSettings: [.treatAllWarnings(as: .error)],
      linkerSettings: [.linkedLibrary("ZXing")]),
    room("Label", ["CZXing", "Form", "Imaging"]),
    .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
    room(
      "Print",
      ["CDigest", "CPango", "CQREncode", "Form", "Geometry", "Imaging", "Language"]),
    room("OMR", ["Form", "Ballot", "Imaging", "Geometry"]),
    .target(
      name: "CTesseract", exclude: ["models"], cSettings: [.treatAllWarnings(as: .error)],
      linkerSettings: [.linkedLibrary("tesseract"), .linkedLibrary("gomp")]),
    room("Codes", ["Ballot", "CTesseract", "Form", "Geometry", "Imaging"]),
    room("Store", ["Ballot", "Form", "Geometry", "Language", grdb]),
    room(
      "Reader",
      [
        "Ballot", "Codes", "Form", "Geometry", "Imaging", "Label", "Language", "OMR", "Scanner",
      ]),
    system("CChafa", "chafa", apt: "libchafa-dev"),
    .target(name: "CTerminal", cSettings: [.treatAllWarnings(as: .error)]),
    room(
      "Review",
      ["Ballot", "CChafa", "CTerminal", "Form", "Imaging", "Language", "Store"]),
    room("Export", ["Ballot", "Form", "Language"]),
    .target(
      name: "CPicture",
      linkerSettings: [
        .linkedLibrary("png16"), .linkedLibrary("turbojpeg"), .linkedLibrary("tiff"),
      ]),
    room("Simulator", ["Geometry", "Form", "CPicture"]),
    .executableTarget(
      name: "phieu",
      dependencies: [
        "Ballot", "Export", "Form", "Geometry", "Imaging", "Language", "OMR", "Print", "Reader",
        "Review", "Scanner", "Store", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "measure",
      dependencies: [
        "Scanner", "OMR", "Codes", "Form", "Ballot", "Imaging", "Geometry", "Language",
        "Print", "Reader", "Simulator", "Store", argumentParser,
      ],
      swiftSettings: strict),
    tests("Codes", ["Ballot", "Form", "Geometry", "Imaging", "Simulator"]),
    tests("Reader", ["Ballot", "Form", "Geometry", "Imaging", "OMR", "Print", "Scanner"]),
    tests("Review", ["Ballot", "Form", "Geometry", "Imaging", "Language", "Store"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Store", "measure", "phieu"], swiftSettings: strict),
    tests("Store", ["Ballot", "Form", "Geometry", "Language"]),
    tests("Simulator", ["Form", "Geometry"]),
    tests("Geometry"),
    tests("Imaging", ["Simulator"]),
    tests("OMR", ["Ballot", "Form", "Geometry", "Imaging"]),
    tests("Form", ["Geometry", "Language"]),
    tests("Ballot", ["Form", "Geometry", "Language"]),
    tests("Export", ["Ballot", "Form", "Geometry", "Language"]),
    face(
      "CScanSamples", links: ["lept", "png16", "qpdf", "tiff", "turbojpeg", "z"],
      path: "Tests/CScanSamples"),
    tests("Scanner", ["CScanSamples", "Imaging", "Language"]),
    tests("Label", ["Form", "Geometry", "Imaging", "Print"]),
    tests("Print", ["Form", "Geometry", "Imaging", "Language"]),
  ],
  cxxLanguageStandard: .cxx17
)

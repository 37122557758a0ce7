// swift-tools-version: 6.2

import PackageDescription

/// What the compiler is asked to refuse in every room.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A room: a library target, its only dependencies, and the house's compiler settings.
func room(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A shim: a C target that puts one system library within Swift's reach.
func shim(_ name: String, linking libraries: [String]) -> Target {
  .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// A kernel: plain C, compiled once per instruction set and picked at run time.
func kernel(_ name: String, on dependencies: [Target.Dependency] = ["CInstructionSet"]) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    cSettings: [.define("NDEBUG", .when(configuration: .release))]
  )
}

/// A cupboard: files a person reads and edits, embedded in the binary.
func cupboard(_ name: String, at path: String, holding files: [String]) -> Target {
  .target(
    name: name,
    path: path,
    resources: files.map { .embedInCode($0) },
    swiftSettings: strict
  )
}

/// The tests of one room, with what else they import: the rooms they build their inputs from.
func tests(of name: String, with others: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name)] + others,
    swiftSettings: strict
  )
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "nocinet",
  products: [.executable(name: "nocinet", targets: ["nocinet"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
  ],
  targets: [
    // The door.
    .executableTarget(
      name: "nocinet",
      dependencies: [
        "Participant", "Cohort", "Report", "Survey", "Demo", "Atlas", "BIDS", "Job", "Files",
        "Provenance",
        "CInstructionSet", argumentParser,
      ],
      swiftSettings: strict
    ),

    // What is told, compared and shown.
    room(
      "Demo",
      on: ["NIfTI", "Atlas", "BIDS", "Statistics", "Imaging", "Files"]
    ),
    room(
      "Report",
      on: [
        "Cohort", "Participant", "Normalization", "GLM", "Realignment", "Atlas", "Design", "Job",
        "BIDS", "Statistics", "Imaging", "Algebra", "Files", "ReportTemplates", mustache,
      ]
    ),
    room("Survey", on: ["Design", "NIfTI", "Job", "BIDS", "Imaging", "Files"]),
    room(
      "Cohort",
      on: ["Atlas", "Job", "BIDS", "Statistics", "Imaging", "Algebra", "Files"]
    ),

    // One participant: the order of the steps, then the steps.
    room(
      "Participant",
      on: [
        "Provenance", "Normalization", "GLM", "Realignment", "Atlas", "Design", "NIfTI", "Job",
        "BIDS", "Statistics", "Imaging", "Algebra", "Files",
      ]
    ),
    room("Provenance", on: ["Files"]),
    room("Normalization", on: ["NIfTI", "Job", "Imaging", "Files"]),
    room("GLM", on: ["Design", "Job", "GLMKernel", "Statistics", "Imaging", "Algebra"]),
    room("Realignment", on: ["Imaging", "Algebra", "CImageKernel"]),
    room("Atlas", on: ["BuiltInAtlases", "NIfTI", "Imaging", "Files"]),
    room("Design", on: ["Job", "BIDS", "Algebra"]),
    room("NIfTI", on: ["Imaging", "Files", "CNIfTI"]),
    room("Job", on: ["BIDS", "Files"]),
    room("BIDS", on: ["Files"]),

    // Numbers and images, with no files and no words.
    room("GLMKernel", on: ["Algebra", "CGLMKernel", "CInstructionSet"]),
    room(
      "Statistics",
      on: ["Imaging", "Algebra", "CGroupKernel", "CGSL"]
    ),
    room("Imaging", on: ["CImageKernel"]),

    // The ground.
    room("Algebra", on: ["CGSL"]),
    room("Files", on: ["CDeflate", "CCrypto", "CZlib"]),

    // Content that is embedded.
    cupboard("BuiltInAtlases", at: "Atlases", holding: ["pain-network.tsv"]),
    cupboard(
      "ReportTemplates",
      at: "reports",
      holding: [
        "participant.mustache", "cohort.mustache", "table.mustache", "style.css", "regions.json",
        "confounds.json", "design.json", "quality.json", "cohort.json",
      ]
    ),

    // C.
    kernel("CGLMKernel"),
    kernel("CGroupKernel"),
    kernel("CImageKernel"),
    kernel("CInstructionSet", on: []),
    shim("CNIfTI", linking: ["nifti2", "znz", "z", "m"]),
    shim("CGSL", linking: ["gsl", "gslcblas", "m"]),
    shim("CDeflate", linking: ["deflate"]),
    shim("CCrypto", linking: ["crypto"]),
    shim("CZlib", linking: ["z"]),

    // Speed is measured here, never in a test.
    .executableTarget(
      name: "nocinet-benchmark",
      dependencies: [
        "Demo", "Report", "Survey", "Participant", "GLM", "Realignment", "Atlas", "Design", "NIfTI",
        "Job",
        "BIDS", "GLMKernel", "Statistics", "Imaging", "Algebra", "Files", "MotionPhantoms",
        argumentParser,
      ],
      path: "Benchmarks",
      exclude: ["peers", "Calibration"],
      swiftSettings: strict
    ),

    // So is how often the tool finds something where there is nothing.
    .executableTarget(
      name: "nocinet-calibrate",
      dependencies: [
        "GLM", "Design", "Job", "GLMKernel", "Statistics", "Imaging", "Algebra", "Files",
        argumentParser,
      ],
      path: "Benchmarks/Calibration",
      swiftSettings: strict
    ),

    // Each room has its tests; the golden ones run the whole tool on real data.
    .target(
      name: "TestData",
      dependencies: ["Algebra"],
      path: "Tests/TestData",
      swiftSettings: strict
    ),
    .target(
      name: "MotionPhantoms",
      dependencies: ["Realignment", "Statistics", "Imaging", "Algebra"],
      path: "Tests/MotionPhantoms",
      swiftSettings: strict
    ),
    tests(of: "Files", with: ["TestData"]),
    tests(of: "Algebra"),
    tests(of: "Statistics", with: ["NIfTI", "Imaging", "Algebra", "TestData"]),
    tests(of: "Imaging", with: ["NIfTI", "CImageKernel", "CInstructionSet", "TestData"]),
    tests(of: "GLMKernel", with: ["CInstructionSet", "Algebra", "TestData"]),
    tests(of: "BIDS", with: ["Files", "TestData"]),
    tests(of: "Job", with: ["BIDS", "TestData"]),
    tests(of: "NIfTI", with: ["Imaging", "Files", "TestData"]),
    tests(of: "Design", with: ["Job", "BIDS", "Algebra", "TestData"]),
    tests(of: "Atlas", with: ["NIfTI", "Imaging", "Files", "TestData"]),
    tests(of: "Realignment", with: ["NIfTI", "Imaging", "TestData"]),
    tests(
      of: "GLM",
      with: [
        "NIfTI", "Design", "Job", "GLMKernel", "Statistics", "Imaging", "Algebra", "TestData",
      ]
    ),
    tests(of: "Normalization", with: ["NIfTI", "Job", "Imaging", "Files", "TestData"]),
    tests(of: "Provenance", with: ["Files", "TestData", "TestStudies"]),
    tests(
      of: "Participant",
      with: [
        "Demo", "GLM", "Realignment", "Atlas", "NIfTI", "Job", "BIDS", "Imaging", "Files",
        "TestData",
        "TestStudies",
      ]
    ),
    tests(of: "Survey", with: ["Job", "BIDS", "Files", "TestData"]),
    tests(
      of: "Cohort",
      with: ["Atlas", "NIfTI", "Job", "BIDS", "Statistics", "Imaging", "Algebra", "TestData"]
    ),
    tests(of: "Report", with: ["Cohort", "Atlas", "Imaging", "Files"]),
    tests(
      of: "Demo",
      with: ["NIfTI", "Realignment", "BIDS", "Statistics", "Imaging", "Files", "TestData"]
    ),
    .target(
      name: "TestStudies",
      dependencies: ["NIfTI", "Imaging", "Files"],
      path: "Tests/TestStudies",
      swiftSettings: strict
    ),
    .testTarget(
      name: "DoorTests",
      dependencies: ["NIfTI", "Imaging", "Files", "TestData", "TestStudies"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GoldenTests",
      dependencies: ["Atlas", "BIDS", "NIfTI", "Imaging", "Files", "TestData", "TestStudies"],
      exclude: ["Models"],
      swiftSettings: strict
    ),
  ]
)

// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: warnings are errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
/// Tests: what they call is optimised, and they themselves compile in a quarter of the time.
let checked = strict + [.unsafeFlags(["-Onone"])]
/// For programs in C that are started for every evaluation. Swift's run-time library, which every executable is linked
/// with unless it is static, takes five times as long to load as they take to run.
let plainC: [LinkerSetting] = [
    .unsafeFlags(["-static-executable", "-nostartfiles", "-Xlinker", "--gc-sections"], .when(platforms: [.linux]))
]
let real: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

let package = Package(
    name: "Knee",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // In the order of the road: a target imports only what stands above it.
        .target(name: "Inner", dependencies: [real], swiftSettings: strict),
        .target(name: "CSimd"),
        .target(name: "Strategies", dependencies: ["Inner", "CSimd", real], swiftSettings: strict),
        .target(name: "CWeights"),
        .target(name: "Experts", dependencies: ["CWeights"], swiftSettings: strict),
        .target(
            name: "Problems",
            dependencies: [
                "Inner", "CSimd", "Strategies", "Experts", real,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            // In the code, so that the program is one file that can be moved.
            resources: [.embedInCode("NIST/Data")], swiftSettings: strict),
        .target(name: "Outer", dependencies: ["Inner", "CSimd", "Strategies", real], swiftSettings: strict),
        .target(
            name: "Ledger",
            dependencies: ["Inner", "Outer", "Problems", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(name: "Report", dependencies: ["Inner", "Problems", "Outer", "Ledger"], swiftSettings: strict),
        .executableTarget(
            name: "knee",
            dependencies: [
                "Inner", "Strategies", "Experts", "Problems", "Outer", "Ledger", "Report",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: strict),
        .target(name: "Baseline", path: "Benchmarks/Baseline"),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Inner", "Strategies", "Experts", "Problems", "Outer", "Ledger", "Baseline",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Benchmarks/Sources", swiftSettings: strict),
        .executableTarget(name: "evaluator", path: "Benchmarks/Evaluator", linkerSettings: plainC),
        // Tests mirror the targets.
        .target(
            name: "Support", dependencies: ["Inner", "Strategies", "Outer", real], path: "Tests/Support",
            swiftSettings: strict),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .executableTarget(name: "hostile", path: "Tests/Hostile", linkerSettings: plainC),
        .testTarget(
            name: "InnerTests", dependencies: ["Inner", "Strategies", "Support", real], swiftSettings: checked),
        .testTarget(
            name: "StrategiesTests",
            dependencies: ["Inner", "Strategies", "CSimd", "Problems", "AllocationCounter", "Support", real],
            exclude: ["Reference"], swiftSettings: checked),
        .testTarget(
            name: "ExpertsTests", dependencies: ["Inner", "Experts"], exclude: ["Fixtures"], swiftSettings: checked),
        .testTarget(
            name: "ProblemsTests",
            dependencies: [
                "Inner", "Strategies", "Experts", "Problems", "AllocationCounter", "Support", "hostile", real,
            ],
            exclude: ["Reference"],
            swiftSettings: checked),
        .testTarget(
            name: "OuterTests", dependencies: ["Inner", "Strategies", "Outer", "Support", real], exclude: ["Reference"],
            swiftSettings: checked),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Inner", "Problems", "Outer", "Ledger", "Report", "Support",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], exclude: ["Fixtures"], swiftSettings: checked),
        .testTarget(
            name: "ReportTests", dependencies: ["Inner", "Problems", "Outer", "Ledger", "Report", "Support"],
            swiftSettings: checked),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["knee", "hostile", "Inner", "Experts", "Problems", "Outer", "Ledger", "Report", "Support"],
            swiftSettings: checked
        ),
    ]
)

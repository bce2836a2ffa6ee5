// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: warnings are errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let real: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

let package = Package(
    name: "Knee",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // In the order of the road: a target imports only what stands above it.
        .target(name: "Inner", dependencies: [real], swiftSettings: strict),
        .target(name: "CSimd"),
        .target(name: "Strategies", dependencies: ["Inner", "CSimd", real], swiftSettings: strict),
        .target(
            name: "Problems",
            dependencies: ["Inner", "CSimd", real, .product(name: "Subprocess", package: "swift-subprocess")],
            resources: [.embedInCode("NIST/Data")], swiftSettings: strict),
        // Tests mirror the targets.
        .target(name: "Support", dependencies: ["Inner", real], path: "Tests/Support", swiftSettings: strict),
        .testTarget(name: "InnerTests", dependencies: ["Inner", "Support"], swiftSettings: strict),
        .testTarget(
            name: "StrategiesTests", dependencies: ["Strategies", "Support"], swiftSettings: strict),
        .testTarget(name: "ProblemsTests", dependencies: ["Problems", "Support"], swiftSettings: strict),
    ]
)

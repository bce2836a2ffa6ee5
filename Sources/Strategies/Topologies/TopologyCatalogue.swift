import Inner

/// Every topology by name.
public enum TopologyCatalogue {
    public static let all = Catalogue<any Topology>(
        "topology",
        [
            .init("global", "everybody informs everybody") { .global },
            .init(
                "ring", "neighbours on a circle",
                parameter: .init("radius", default: 1, in: 1...1000, isWhole: true)
            ) { .ring(radius: Int($0)) },
            .init("vonNeumann", "four neighbours on a torus") { .vonNeumann },
            .init(
                "random", "random informants, drawn anew without improvement",
                parameter: .init("informed", default: 3, in: 1...1000, isWhole: true)
            ) { .random(informed: Int($0)) },
        ])
}

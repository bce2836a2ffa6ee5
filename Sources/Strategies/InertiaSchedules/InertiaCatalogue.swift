import Inner

/// Every inertia schedule by name.
public enum InertiaCatalogue {
    public static let all = Catalogue<any InertiaSchedule>(
        "inertia",
        [
            .init("constant", "the same weight always", parameter: .init("weight", default: 0.7298, in: 0...1)) {
                .constant($0)
            },
            .init(
                "stagnation", "falls while the best does not improve",
                parameter: .init("halfLife", default: 5, in: 0.1...10_000)
            ) { .stagnation(halfLife: $0) },
            .init(
                "evaluations", "falls with the evaluations spent so far",
                parameter: .init("halfway", default: 200, in: 1...1e9)
            ) { .evaluations(halfway: $0) },
            .init("linear", "falls linearly over the horizon (horizon-bound)") { .linear },
        ])
}

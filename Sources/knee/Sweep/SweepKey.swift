/// What a study of a manifest may say: the long options of `knee learn` that decide what a study is.
struct SweepKey: Sendable, Hashable {
    let name: String
    let shape: Shape

    /// What a list means.
    enum Shape: Sendable {
        /// One word; a list is one study a word.
        case value
        /// `true` or `false`; a list is one study each.
        case flag
        /// Words that `learn` takes between commas, as an option said several times, or after `--`: a list is one value, a
        /// list of lists one study a list.
        case commas, repeated, command
    }

    /// In the order in which they make up names.
    static let all: [SweepKey] =
        [SweepKey(name: "problem", shape: .value), SweepKey(name: "command", shape: .command)]
        + ["dimension", "instance", "protocol"].map { SweepKey(name: $0, shape: .value) }
        + ["bounds"].map { SweepKey(name: $0, shape: .commas) }
        + ["bounds-file", "batch", "eval-timeout", "memory-limit", "max-output", "retries", "work-dir", "abort-after"]
        .map { SweepKey(name: $0, shape: .value) }
        + [SweepKey(name: "env", shape: .repeated), SweepKey(name: "noisy", shape: .flag)]
        + ["swarm-sizes", "inertias", "topologies", "rules", "boundaries", "warm"]
        .map { SweepKey(name: $0, shape: .commas) }
        + [
            "price", "cost", "total", "target", "floor", "ceiling", "policy", "family", "in-flight", "max-evaluations",
            "max-pulls",
            "confirm",
        ].map { SweepKey(name: $0, shape: .value) }
        + [SweepKey(name: "spend-all", shape: .flag), SweepKey(name: "seed", shape: .value)]

    /// What a study's name says of a value.
    func label(_ words: [String]) -> String {
        switch (name, words[0]) {
        case ("dimension", let value), ("instance", let value), ("seed", let value): name.prefix(1) + value
        case ("command", _): words.joined(separator: "_")
        case ("policy", let value), ("family", let value), ("protocol", let value): value
        case (_, "true") where shape == .flag: name
        case (_, "false") where shape == .flag: "no-" + name
        case (_, let first): name + (first.first?.isNumber == true ? "" : "-") + words.joined(separator: ",")
        }
    }
}

import Inner

/// The built-in problems by name: the single place where a new one is announced.
public enum ProblemCatalogue {
    public struct Entry: Sendable {
        public let name: String
        /// One line for people.
        public let summary: String
        public let dimension: DimensionRule
        /// The instances there are.
        public let instances: ClosedRange<Int>
        let make: @Sendable (_ dimension: Int, _ instance: Int) -> any PureProblem
    }

    /// The dimensions in which a problem exists.
    public enum DimensionRule: Sendable, Equatable {
        /// Any within.
        case any(ClosedRange<Int>)
        /// One per parameter of a model: this one only.
        case fixed(Int)
    }

    public static let defaultDimension = 10
    /// The first instance that is moved and turned; a data set has this one only.
    public static let defaultInstance = 1
    public static let largestDimension = 10_000

    public static let entries = own + BBOB.functions.map(entry)

    private static let own: [Entry] = [
        entry("sphere", "sum of squares: the easiest there is", Sphere.self),
        entry("ellipsoid", "sum of squares with condition number 10^6", Ellipsoid.self),
        entry("rosenbrock", "a curved valley", Rosenbrock.self, atLeast: 2),
        entry("rastrigin", "a bowl with a grid of deep local minima", Rastrigin.self),
        entry("ackley", "a narrow funnel in a rippled plain", Ackley.self),
        entry("griewank", "a wide bowl with shallow ripples", Griewank.self),
        entry("schwefel", "the best basin far from the second best", Schwefel.self),
        entry("noisy-sphere", "the sphere with N(0, 1) added to every value", NoisySphere.self),
        entry("rational function of enzyme kinetics, 4 parameters", .mgh09),
        entry("cubic over cubic, electron mobility, 7 parameters", .thurber),
        entry("sigmoidal growth, 4 parameters", .rat43),
        entry("saturating exponential, adsorption, 2 parameters", .misra1a),
        entry("one narrow peak, 3 parameters", .eckerle4),
        entry("three cycles of El Nino, 9 parameters", .enso),
        entry("two blended peaks on a decay, 8 parameters", .gauss3),
        entry("cubic over cubic, thermal expansion, 7 parameters", .hahn1),
        entry("two nearly cancelling exponentials, 5 parameters", .mgh17),
        entry("exponential over a line, ultrasound, 3 parameters", .chwirut2),
    ]

    public static var names: [String] { entries.map(\.name) }

    /// The problem called `name`.
    ///
    /// - Throws: `SelectionError`, with the value and what is allowed.
    public static func make(
        _ name: String, dimension: Int? = nil, instance: Int? = nil
    ) throws(SelectionError) -> any PureProblem {
        let entry = try entry(named: name)
        return entry.make(try entry.checkedDimension(dimension), try entry.checkedInstance(instance))
    }

    /// The problem of that name, or all of a suite: `bbob` is `bbob/f1`, `bbob/f2`, ...
    public static func suite(_ name: String) -> [String] {
        let members = names.filter { $0.hasPrefix(name + "/") }
        return members.isEmpty ? [name] : members
    }

    /// Whether a problem has more than one instance.
    ///
    /// - Throws: `SelectionError`, with the value and what is allowed.
    public static func hasInstances(_ name: String) throws(SelectionError) -> Bool {
        let instances = try entry(named: name).instances
        return instances.lowerBound < instances.upperBound
    }

    static func entry(named name: String) throws(SelectionError) -> Entry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknown(kind: "problem", value: name, known: names)
        }
        return entry
    }

    private static func entry<Function: BenchmarkFunction>(
        _ name: String, _ summary: String, _ type: Function.Type, atLeast least: Int = 1
    ) -> Entry {
        Entry(name: name, summary: summary, dimension: .any(least...largestDimension), instances: 0...Int.max) {
            Function(dimension: $0, instance: $1)
        }
    }

    private static func entry(_ type: any BBOB.Function.Type) -> Entry {
        Entry(
            name: "bbob/f\(type.number)", summary: type.title, dimension: .any(BBOB.dimensions),
            instances: BBOB.instances
        ) { BBOB.Problem(type, dimension: $0, instance: $1) }
    }

    private static func entry(_ summary: String, _ problem: NISTProblem) -> Entry {
        Entry(name: problem.name, summary: summary, dimension: .fixed(problem.dimension), instances: 1...1) { _, _ in
            problem
        }
    }
}

extension ProblemCatalogue.Entry {
    func checkedDimension(_ wanted: Int?) throws(SelectionError) -> Int {
        switch dimension {
        case .any(let range):
            let standard = min(max(ProblemCatalogue.defaultDimension, range.lowerBound), range.upperBound)
            return try checked(
                wanted ?? standard, kind: "dimension", in: range,
                "\(name) has a dimension from \(range.lowerBound) to \(range.upperBound)")
        case .fixed(let only):
            return try checked(
                wanted ?? only, kind: "dimension", in: only...only,
                "\(name) has \(only) parameters, so its dimension is \(only)")
        }
    }

    func checkedInstance(_ wanted: Int?) throws(SelectionError) -> Int {
        let requirement =
            switch (instances.lowerBound, instances.upperBound) {
            case (let first, let last) where first == last: "\(name) is one data set, instance \(first)"
            case (let first, .max): "an instance is a whole number from \(first)"
            case (let first, let last): "\(name) has instances from \(first) to \(last)"
            }
        return try checked(
            wanted ?? ProblemCatalogue.defaultInstance, kind: "instance", in: instances, requirement)
    }

    private func checked(
        _ value: Int, kind: String, in allowed: ClosedRange<Int>, _ requirement: String
    ) throws(SelectionError) -> Int {
        guard allowed.contains(value) else {
            throw .argument(kind: kind, value: String(value), requirement: requirement)
        }
        return value
    }
}

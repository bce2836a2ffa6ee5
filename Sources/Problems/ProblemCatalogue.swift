import Inner

/// Every built-in problem by name: the single place where a new one is announced.
public enum ProblemCatalogue {
    public struct Entry: Sendable {
        public let name: String
        /// One line for people.
        public let summary: String
        /// Coordinates, where the problem fixes them.
        public let fixedDimension: Int?
        let leastDimension: Int
        let make: @Sendable (_ dimension: Int, _ instance: Int) -> any PureProblem

        public var dimensionLabel: String { fixedDimension.map(String.init) ?? "any" }
    }

    public static let entries: [Entry] = [
        regression(Chwirut2.self), regression(Eckerle4.self), regression(ENSO.self), regression(Gauss3.self),
        regression(Hahn1.self), regression(MGH09.self), regression(MGH17.self), regression(Misra1a.self),
        regression(Rat43.self), regression(Thurber.self),
        function(Sphere.self), function(Ellipsoid.self), function(Rosenbrock.self), function(Rastrigin.self),
        function(Ackley.self), function(Griewank.self), function(Schwefel.self),
        Entry(name: NoisySphere.name, summary: NoisySphere.summary, fixedDimension: nil, leastDimension: 1) {
            NoisySphere(dimension: $0, instance: $1)
        },
    ]

    /// Of a function that has any dimension and none was named.
    public static let defaultDimension = 10
    public static let largestDimension = 10_000
    public static let defaultInstance = 1

    /// The problem of this name.
    ///
    /// - Parameters:
    ///   - dimension: coordinates; nil for what the problem fixes, or else 10.
    ///   - instance: which shift and rotation of a function, 0 for the textbook's own; nil for 1.
    /// - Throws: `SelectionError`, with the value, what is allowed and the nearest name.
    public static func make(
        _ name: String, dimension: Int? = nil, instance: Int? = nil
    ) throws(SelectionError) -> any PureProblem {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknown(kind: "problem", value: name, known: entries.map(\.name))
        }
        if let fixed = entry.fixedDimension {
            guard dimension ?? fixed == fixed else {
                throw .argument(
                    kind: "dimension", value: String(dimension ?? 0), requirement: "\(name) has \(fixed) parameters")
            }
            guard instance ?? defaultInstance == defaultInstance else {
                throw .argument(
                    kind: "instance", value: String(instance ?? 0), requirement: "\(name) is one data set, instance 1")
            }
            return entry.make(fixed, defaultInstance)
        }
        let (dimension, instance) = (dimension ?? defaultDimension, instance ?? defaultInstance)
        guard (entry.leastDimension...largestDimension).contains(dimension) else {
            throw .argument(
                kind: "dimension", value: String(dimension),
                requirement: "\(name) has \(entry.leastDimension) to \(largestDimension) coordinates")
        }
        guard instance >= 0 else {
            throw .argument(kind: "instance", value: String(instance), requirement: "instances count from 0")
        }
        return entry.make(dimension, instance)
    }

    private static func regression<Model: RegressionModel>(_ model: Model.Type) -> Entry {
        Entry(
            name: Model.name, summary: Model.summary, fixedDimension: Model.box.count, leastDimension: Model.box.count
        ) { _, _ in RegressionProblem<Model>() }
    }

    private static func function<Formula: BenchmarkFormula>(_ formula: Formula.Type) -> Entry {
        Entry(
            name: Formula.name, summary: Formula.summary, fixedDimension: nil, leastDimension: Formula.leastDimension
        ) { BenchmarkFunction<Formula>(dimension: $0, instance: $1) }
    }
}

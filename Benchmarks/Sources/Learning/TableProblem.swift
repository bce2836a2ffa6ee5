import Inner
import Outer
import Problems

/// A problem of the table of traces.
struct TableProblem: Sendable {
    let name: String
    let dimension: Int
    /// Whether policies may be chosen and tuned on it. What is held out says how good they are.
    let isDevelopment: Bool
    let problem: any PureProblem

    var label: String { name.replacing("/", with: "-") + "-\(dimension)" }

    /// The arms of `knee learn`: the default space with its default budgets.
    func space() throws -> ArmSpace {
        let floor = ArmSpace.defaultFloor(dimension: dimension)
        return try ArmSpace(floor: floor, ceiling: StudyDefaults.firstCeiling(floor: floor))
    }

    /// Six of these set defaults before there was a table (`benchmarks regret`), so none of the six can be held out.
    private static let development = [
        "rosenbrock", "rastrigin", "schwefel", "nist/mgh09", "nist/thurber", "nist/rat43", "griewank", "nist/misra1a",
        "bbob/f15",
    ]
    private static let heldOut = [
        "sphere", "ellipsoid", "ackley", "noisy-sphere", "nist/hahn1", "nist/chwirut2", "nist/eckerle4", "nist/mgh17",
        "bbob/f21",
    ]

    /// The 18 problems; functions in each of `dimensions`, data sets in their own.
    static func all(dimensions: [Int]) throws -> [TableProblem] {
        try (development.map { ($0, true) } + heldOut.map { ($0, false) }).flatMap { name, isDevelopment in
            let own = name.hasPrefix("nist/") ? [nil] : dimensions.map(Optional.some)
            return try own.map { dimension in
                let problem = try ProblemCatalogue.make(name, dimension: dimension)
                return TableProblem(
                    name: name, dimension: problem.dimension, isDevelopment: isDevelopment, problem: problem)
            }
        }
    }
}

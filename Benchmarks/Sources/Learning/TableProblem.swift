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

    /// The searches of these two take longer than those of all other problems together.
    var isSlow: Bool { ["nist/enso", "nist/gauss3"].contains(name) }

    /// The arms of `knee learn`: the default space with its default budgets.
    func space() throws -> ArmSpace {
        let floor = ArmSpace.defaultFloor(dimension: dimension)
        return try ArmSpace(floor: floor, ceiling: StudyDefaults.firstCeiling(floor: floor))
    }

    private static let development = [
        "sphere", "rosenbrock", "rastrigin", "griewank", "nist/mgh09", "nist/misra1a", "nist/enso", "nist/hahn1",
        "nist/chwirut2",
    ]
    private static let heldOut = [
        "ellipsoid", "ackley", "schwefel", "noisy-sphere", "nist/thurber", "nist/rat43", "nist/eckerle4",
        "nist/gauss3", "nist/mgh17",
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

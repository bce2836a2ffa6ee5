import ArgumentParser
import Outer

/// What a replayed study wants, and what it is told beforehand.
enum ReplayGoal: Sendable {
    /// A price of 1.
    case price(Known)
    /// So many least budgets to spend by restarts, everything estimated on the way.
    case total(Double)

    enum Known: String, Sendable, ExpressibleByArgument, CaseIterable {
        case nothing
        /// lambda of the table of judging seeds; scores are those of the study's own pool.
        case price
        /// lambda, and scores are ranks among the values of the table of judging seeds.
        case scores
    }

    func goal(_ space: ArmSpace) -> Goal {
        switch self {
        case .price: .price(1)
        case .total(let floors): .total(Int(floors * Double(space.floor)))
        }
    }

    /// The table's space, or as much of it as a total can pay for.
    func space(_ table: ArmSpace) throws -> ArmSpace {
        guard case .total(let total) = goal(table) else { return table }
        return try table.limited(to: total)
    }
}

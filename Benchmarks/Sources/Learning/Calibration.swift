import Inner
import Outer

/// What one study said of itself when it was sure enough, and what was true.
struct Calibration: Sendable {
    /// Evaluations at the stop, in least budgets; nil if the purse ended first.
    var spent: Int?
    /// EVPI over lambda as stated.
    var stated = 0.0
    /// What the recommended arm falls short, over lambda of the truth: of the cross-fitted best and of the largest mean.
    var realised = 0.0
    var againstLargest = 0.0
    /// Confirmations of the recommended configuration.
    var confirmations: [Confirmation] = []

    struct Confirmation: Sendable {
        /// By the searches that were not used to confirm.
        let isFalling: Bool
        /// Falling beyond what the luck of these searches explains, one time in twenty.
        let isSurelyFalling: Bool
        let isCovered: Bool
        let isCensored: Bool
    }
}

extension Replay {
    /// Pulls between two looks at the EVPI.
    private static let pullsBetween = 4
    private static let freshSearches = 10

    /// Runs a study until EVPI <= sureness * lambda, and confirms what it recommends.
    ///
    /// - Parameter reached: confirms for a target instead of the price, which this share of the searches with the recommended
    ///   configuration reach at the table's ceiling.
    func calibrate(
        _ policy: any Policy, seed: Int, sureness: Double, confirmations: Int, reached: Double?
    ) -> Calibration {
        var (result, leader): (Calibration, Arm?) = (Calibration(), nil)
        let chance = RandomStream(seed: UInt64(seed)).split(.verdict)
        _ = run(policy, seed: seed) { beliefs, spent in
            guard beliefs.pulls > 0, beliefs.pulls % Self.pullsBetween == 0 else { return false }
            let gain = beliefs.expectedGain(draws: 200, stream: chance.split(.verdict, beliefs.pulls)) / beliefs.price
            guard gain <= sureness else { return false }
            (result.spent, result.stated, leader) = (spent, gain, beliefs.leader())
            return true
        }
        guard let leader, let price else { return result }
        result.realised = (truth.best - truth.utility[leader.index]) / price
        result.againstLargest = (truth.utility.max()! - truth.utility[leader.index]) / price
        let goal = reached.map { Goal.target(value(of: leader, reachedBy: $0)) } ?? .price(1)
        result.confirmations = (0..<confirmations).map { confirm(leader, goal, chance.split(.confirmation, $0)) }
        return result
    }

    private func value(of arm: Arm, reachedBy share: Double) -> Double {
        let ends = (traces.trainSeeds..<traces.seeds).map {
            traces.values(configuration: arm.configurationIndex, levels: space.levels, seed: $0)[space.levels - 1]
        }
        return ends.sorted()[Int(share * Double(ends.count))]
    }

    /// Confirms the knee from ten judging seeds drawn at random, to twice the budget and on while it is not below their end,
    /// and compares with all the others.
    private func confirm(_ arm: Arm, _ goal: Goal, _ stream: RandomStream) -> Calibration.Confirmation {
        var chance = stream
        var seeds = Array(traces.trainSeeds..<traces.seeds)
        for i in 0..<Self.freshSearches { seeds.swapAt(i, i + chance.index(below: seeds.count - i)) }
        var levels = min(arm.level + 1, space.levels - 1)
        var (values, budgets, fresh): ([[Double]], [Int], KneeConfirmation)
        repeat {
            levels += 1
            values = seeds.map { traces.values(configuration: arm.configurationIndex, levels: levels, seed: $0) }
            budgets = (0..<levels).map(space.budget)
            fresh = KneeConfirmation(
                Array(values[..<Self.freshSearches]), budgets: budgets, goal: goal, stream: stream)
        } while fresh.isCensored && levels < space.levels
        let (level, isClear) = Self.knee(Array(values[Self.freshSearches...]), budgets: budgets, goal, stream)
        let isFalling = level == levels - 1
        return .init(
            isFalling: isFalling, isSurelyFalling: isFalling && isClear,
            isCovered: (fresh.low...fresh.high).contains(budgets[level]), isCensored: fresh.isCensored)
    }

    /// argmax of quality - lambda log2 T by how often doublings win over many searches, or the budget of their least time to a
    /// target; and whether nineteen of twenty draws agree that it is the last.
    private static func knee(_ values: [[Double]], budgets: [Int], _ goal: Goal, _ stream: RandomStream) -> (
        level: Int, isClear: Bool
    ) {
        let truth = KneeConfirmation(values, budgets: budgets, goal: goal, stream: stream)
        if case .target(let value) = goal {
            let fastest = ReachedBudgets(values, target: value).fastest ?? budgets.count - 1
            return (fastest, truth.massAtLargest >= 0.95)
        }
        let rise = { (share: Double) in
            2.0.squareRoot() * normalQuantile(min(max(share, 1e-3), 1 - 1e-3)) - 1 / Double.pi.squareRoot()
        }
        var (level, best, utility) = (0, 0.0, 0.0)
        for (doubling, share) in truth.doublingWins.enumerated() {
            utility += rise(share)
            if utility > best { (level, best) = (doubling + 1, utility) }
        }
        return (level, truth.massAtLargest >= 0.95)
    }
}

import Inner
import Outer

/// A study on stored searches: a pull is the beginning of a stored trace, its seed drawn anew.
struct Replay: Sendable {
    /// Where regret is read off, in least budgets: an eighth of an octave apart.
    let spending: [Double]

    private let traces: TraceTable
    private let truth: ArmTable
    /// Beliefs before the first pull; making them is most of the cost of a short study.
    private let prior: Beliefs

    /// Regret of what is recommended after each spending: by the shared model and, for a policy without one, by every
    /// arm's own scores.
    struct Curves: Sendable {
        var model: [Double]
        var own: [Double]?
    }

    /// - Parameter purse: evaluations of a study, in least budgets.
    init(_ traces: TraceTable, purse: Int) throws {
        self.traces = traces
        spending = Self.spending(upTo: purse)
        prior = try Beliefs(traces.space, goal: .price(1))
        truth = ArmTable(traces.space, values: traces.values(seeds: traces.trainSeeds..<traces.seeds), goal: .price(1))
    }

    /// 32 least budgets (20,000 evaluations in ten dimensions), then an eighth of an octave more each time.
    static func spending(upTo purse: Int) -> [Double] {
        Array(sequence(first: 32.0) { $0 * 1.0905077326652577 }.prefix { $0 <= Double(purse) })
    }

    /// What the regret of a perfect learner would be that knew the seeds to launch from, but not those to judge by.
    func floor() -> Double {
        let known = ArmTable(traces.space, values: traces.values(seeds: 0..<traces.trainSeeds), goal: .price(1))
        return truth.regrets[known.utility.indices.max { known.utility[$0] < known.utility[$1] }!]
    }

    func run(_ policy: any Policy, seed: Int, lookAhead: Int = 1) -> Curves {
        let (space, chance) = (traces.space, RandomStream(seed: UInt64(seed)))
        let purse = Int(spending[spending.count - 1].rounded(.up))
        var beliefs = prior
        var (spent, committed, pulls) = (0, 0, 0)
        var flying: [(number: Int, arm: Int)] = []
        var curves = Curves(model: [], own: policy.isModelFree ? [] : nil)
        while curves.model.count < spending.count {
            beliefs.rescore()
            let allowed = (0..<space.count).filter { cost($0) <= purse - committed }
            if !allowed.isEmpty {
                let decision = policy.decide(from: beliefs, allowed: allowed, stream: chance.split(.decision, pulls))
                flying.append((pulls, decision.arm))
                committed += cost(decision.arm)
                pulls += 1
            }
            guard !flying.isEmpty else {
                record(beliefs, upTo: .infinity, in: &curves)
                break
            }
            guard flying.count == lookAhead || allowed.isEmpty else { continue }
            let (number, arm) = flying.removeFirst()
            record(beliefs, upTo: Double(spent + cost(arm)), in: &curves)
            var luck = chance.split(.search, number)
            beliefs.absorb(arm: arm, trace: traces.trace(arm: arm, seed: luck.index(below: traces.trainSeeds)))
            spent += cost(arm)
        }
        return curves
    }

    /// In least budgets.
    private func cost(_ arm: Int) -> Int { 1 << (arm % traces.space.levels) }

    /// Fills in the spendings that are reached before the next run has ended.
    private func record(_ beliefs: Beliefs, upTo spent: Double, in curves: inout Curves) {
        guard curves.model.count < spending.count, spending[curves.model.count] < spent else { return }
        // Before the first run any arm is as good as another.
        let regret = { (arm: Arm?) in arm.map { truth.regrets[$0.index] } ?? 1 }
        let (model, own) = (regret(beliefs.leader()), regret(curves.own == nil ? nil : beliefs.leaderWithoutModel()))
        while curves.model.count < spending.count, spending[curves.model.count] < spent {
            curves.model.append(model)
            curves.own?.append(own)
        }
    }
}

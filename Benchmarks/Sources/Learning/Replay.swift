import Inner
import Outer

/// A study on stored searches: a pull is the beginning of a stored trace, its seed drawn anew.
struct Replay: Sendable {
    /// Where regret is read off, in least budgets: an eighth of an octave apart.
    let spending: [Double]

    let traces: TraceTable
    private let goal: ReplayGoal
    /// lambda of the truth; nil for a total.
    let price: Double?
    /// The space of the study: that of the table, or the budgets a total can pay for.
    let space: ArmSpace
    let truth: ArmTruth
    /// Beliefs before the first pull; making them is most of the cost of a short study.
    private let prior: Beliefs

    /// Regret of what is recommended after each spending: by the shared model and, for a policy without one, by every
    /// arm's own scores.
    struct Curves: Sendable {
        var model: [Double]
        var own: [Double]?
    }

    /// - Parameters:
    ///   - purse: evaluations of a study, in least budgets.
    ///   - warm: what studies before learned.
    init(_ traces: TraceTable, goal: ReplayGoal, purse: Int, warm: WarmPrior? = nil) throws {
        self.traces = traces
        self.goal = goal
        spending = Self.spending(upTo: purse)
        let space = try goal.space(traces.space)
        self.space = space
        let judging = traces.values(of: space, seeds: traces.trainSeeds..<traces.seeds)
        var scale = KnownScale()
        switch goal {
        case .price(let known):
            let yardstick = PriceYardstick(space, values: judging, goal: .price(1))
            price = (yardstick.seedVariance / Double.pi).squareRoot()
            truth = ArmTruth(yardstick, seeds: traces.heldOutSeeds)
            if known != .nothing { scale.seedVariance = yardstick.seedVariance }
            if known == .scores { scale.pool = yardstick.pool }
        case .total:
            price = nil
            truth = ArmTruth(TotalYardstick(space, values: judging, goal: goal.goal(space)), seeds: traces.heldOutSeeds)
        }
        prior = try Beliefs(space, goal: goal.goal(space), warm: warm, known: scale)
    }

    /// 32 least budgets (20,000 evaluations in ten dimensions), then an eighth of an octave more each time.
    static func spending(upTo purse: Int) -> [Double] {
        Array(sequence(first: 32.0) { $0 * 1.0905077326652577 }.prefix { $0 <= Double(purse) })
    }

    /// What the regret of a perfect learner would be that knew the seeds to launch from, but not those to judge by.
    func floors() -> (crossFitted: Double, againstLargest: Double) {
        let launching = traces.values(of: space, seeds: 0..<traces.trainSeeds)
        let known: any Yardstick =
            switch goal {
            case .price: PriceYardstick(space, values: launching, goal: goal.goal(space))
            case .total: TotalYardstick(space, values: launching, goal: goal.goal(space))
            }
        let arm = ArmTruth.leader(known.utility(seeds: 0..<traces.trainSeeds))
        return (truth.regret(arm), truth.regretAgainstLargest(arm))
    }

    /// What a study of so many least budgets learns, with everything estimated on the way.
    func learned(_ name: String, _ policy: any Policy, seed: Int, purse: Int) -> WarmPrior.Study? {
        var result: WarmPrior.Study?
        _ = run(policy, seed: seed) { beliefs, spent in
            guard spent >= purse else { return false }
            result = WarmPrior.Study(name, beliefs)
            return true
        }
        return result
    }

    /// - Parameter stop: asked with the beliefs before every decision; true ends the study.
    func run(
        _ policy: any Policy, seed: Int, lookAhead: Int = 1, stop: (Beliefs, Int) -> Bool = { _, _ in false }
    ) -> Curves {
        let chance = RandomStream(seed: UInt64(seed))
        let purse = Int(spending[spending.count - 1].rounded(.up))
        var beliefs = prior
        var (spent, committed, pulls) = (0, 0, 0)
        var flying: [(number: Int, arm: Int)] = []
        var curves = Curves(model: [], own: policy.isModelFree ? [] : nil)
        while curves.model.count < spending.count {
            beliefs.rescore()
            if stop(beliefs, spent) { break }
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
            beliefs.absorb(arm: arm, trace: traces.trace(space[arm], seed: luck.index(below: traces.trainSeeds)))
            spent += cost(arm)
        }
        return curves
    }

    /// In least budgets.
    private func cost(_ arm: Int) -> Int { 1 << (arm % space.levels) }

    /// Fills in the spendings that are reached before the next run has ended.
    private func record(_ beliefs: Beliefs, upTo spent: Double, in curves: inout Curves) {
        guard curves.model.count < spending.count, spending[curves.model.count] < spent else { return }
        // Before the first run any arm is as good as another.
        let regret = { (arm: Arm?) in arm.map { truth.regret($0.index) } ?? 1 }
        let (model, own) = (regret(beliefs.leader()), regret(curves.own == nil ? nil : beliefs.leaderWithoutModel()))
        while curves.model.count < spending.count, spending[curves.model.count] < spent {
            curves.model.append(model)
            curves.own?.append(own)
        }
    }
}

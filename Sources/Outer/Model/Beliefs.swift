import CSimd
import Inner
import RealModule
import Strategies

/// What a study believes after some pulls: a fold over the ledger, without hidden state.
///
/// Every checkpoint of a run is an observation of a shorter run. Neighbouring ones correlate, so they are whitened,
/// features likewise: z_k <- (z_k - rho z_{k-1}) / sqrt(1 - rho^2), rho = 0.8 an octave. A horizon-bound run counts at
/// its end only. Rows of equal (configuration, checkpoint, kind) have equal features, so scores enter as one sum a
/// cell.
public struct Beliefs: Sendable {
    /// Noise variance of a score (over-stating is safe) and the variance the features leave out.
    static let noiseVariance = 0.2 + 0.0125
    /// Correlation of a run's scores a quarter octave apart.
    static let correlation = Double.pow(0.8, 1 / Double(CheckpointGrid.perOctave))
    /// The prior of the seed variance: `priorWeight` observations of 0.2.
    static let priorWeight = 10.0
    static let priorVariance = 0.2
    /// Octaves of one run correlate (rho = 0.8): each counts as (1 - rho^2) / (1 + rho^2) of an independent one.
    static let independentShare = (1 - 0.64) / (1 + 0.64)
    /// Feature rows that are in memory together: those of a long study would fill gigabytes.
    private static let rowsAtOnce = 64

    public let space: ArmSpace
    public let goal: Goal
    public let cost: Cost
    /// Budgets that are open, from the least on. Arms of larger ones are not described, and have no utility.
    public private(set) var levels: Int
    /// Pulls absorbed so far.
    public private(set) var pulls = 0
    /// s^2 = (10 * 0.2 + SS_within) / (10 + dof): the aleatoric variance, between seeds of one arm.
    public private(set) var seedVariance = priorVariance

    private(set) var features: Features
    private(set) var prior: PriorMean
    /// What the goal adds at every level, for a seed deviation of 1: it is in proportion to it.
    private let unitOffsets: [Double?]
    /// For every configuration, whether only the end of its runs counts.
    let isHorizonBound: [Bool]
    private let known: KnownScale
    private let warm: WarmPrior?
    private var precision: PrecisionMatrix
    private(set) var pool = NormalScores()
    private(set) var observations: [Observation] = []
    /// Observations of every cell.
    private var counts: [Double]
    /// Every pull in order: its arm and, if it has any, the last of its observations.
    private(set) var launches: [(arm: Int, end: Int?, levels: Int)] = []
    /// The scores of every cell, as of the last rescoring.
    private(set) var sums: [CellSums]
    /// Observations whose feature rows are in the precision matrix.
    private var weighed = 0
    private var scoresAreStale = false
    /// The score of a target, if that is the goal.
    private var threshold = 0.0
    /// The least value of all.
    private var best = Double.infinity
    private var right: [Lanes]
    private var times: EvaluationTimes

    struct Observation: Sendable {
        /// configuration * checkpoints + checkpoint
        let cell: Int
        /// True if the one before it in the pool is the same run's checkpoint before.
        let hasPredecessor: Bool
    }

    /// - Parameters:
    ///   - levels: budgets that are open at first; nil for all.
    ///   - warm: what studies before learned.
    public init(
        _ space: ArmSpace, goal: Goal, cost: Cost = .evaluations, levels: Int? = nil, warm: WarmPrior? = nil
    ) throws(SelectionError) {
        try self.init(space, goal: goal, cost: cost, levels: levels, warm: warm, known: KnownScale())
    }

    /// - Parameter known: what need not be estimated.
    package init(
        _ space: ArmSpace, goal: Goal, cost: Cost = .evaluations, levels: Int? = nil, warm: WarmPrior? = nil,
        known: KnownScale
    ) throws(SelectionError) {
        self.known = known
        self.warm = warm
        self.space = space
        self.goal = goal
        self.cost = cost
        self.levels = levels ?? space.levels
        unitOffsets = (0..<space.levels).map {
            goal.offset(level: $0, budget: space.budget(level: $0), seedDeviation: 1)
        }
        prior = PriorMean(space, levels: levels, warm: warm)
        features = Features(space, levels: levels, directions: prior.directions)
        var bound: [Bool] = []
        for configuration in space.configurations { bound.append(try configuration.searchFamily().isHorizonBound) }
        isHorizonBound = bound
        precision = PrecisionMatrix(blocks: features.blocks)
        right = Array(repeating: .zero, count: features.blocks)
        times = EvaluationTimes(space.configurations)
        sums = Array(repeating: CellSums(), count: space.configurations.count * space.checkpointCount)
        counts = sums.map(\.count)
    }

    /// Absorbs one pull: its trace on the space's grid, and what its evaluations took.
    public mutating func absorb(_ pull: Pull) {
        absorb(
            arm: pull.decision.arm, trace: pull.result.trace, secondsPerEvaluation: pull.secondsPerEvaluation,
            levels: pull.levels)
    }

    /// - Parameters:
    ///   - seconds: what an evaluation took, on average; 0 if that is not known.
    ///   - levels: budgets that were open to its decision; nil for those that are now.
    public mutating func absorb(
        arm index: Int, trace: Trace, secondsPerEvaluation seconds: Double = 0, levels: Int? = nil
    ) {
        let arm = space[index]
        let values = gridValues(of: arm, trace)
        let cellStart = arm.configurationIndex * space.checkpointCount
        for (offset, entry) in values.enumerated() {
            observations.append(Observation(cell: cellStart + entry.checkpoint, hasPredecessor: offset > 0))
            counts[cellStart + entry.checkpoint] += 1
        }
        launches.append((index, values.isEmpty ? nil : observations.count - 1, levels ?? self.levels))
        pool.add(values.map(\.best))
        best = min(best, trace.end?.best ?? .infinity)
        times.add(seconds, configuration: arm.configurationIndex)
        pulls += 1
        scoresAreStale = true
    }

    /// Whether any search has reached the target; true where there is none.
    var isTargetKnownToBeReached: Bool { if case .target(let value) = goal { best <= value } else { true } }

    /// Opens larger budgets: everything absorbed is described anew. Budgets once open stay so.
    ///
    /// - Complexity: O(points d^2 + observations d^2) where it opens any.
    public mutating func open(levels more: Int) {
        precondition(more <= space.levels, "\(more) of \(space.levels) budgets opened")
        guard more > levels else { return }
        levels = more
        prior = PriorMean(space, levels: more, warm: warm)
        features = Features(space, levels: more, directions: prior.directions)
        precision = PrecisionMatrix(blocks: features.blocks)
        right = Array(repeating: .zero, count: features.blocks)
        weighed = 0
        scoresAreStale = true
    }

    /// Brings scores, seed variance and the model up to date with what was absorbed.
    ///
    /// - Complexity: O(observations + cells d + new observations d^2).
    public mutating func rescore() {
        guard scoresAreStale else { return }
        weigh()
        let weights = weights()
        if let reference = known.pool {
            pool.rank(among: reference)
        } else {
            pool.rank(weights: weights)
        }
        if case .target(let value) = goal { threshold = pool.threshold(value, weights: weights) }
        var sums = [CellSums](repeating: CellSums(), count: cells)
        defer { self.sums = sums }
        let scale = 1 / (1 - Self.correlation * Self.correlation).squareRoot()
        for (index, observation) in observations.enumerated() {
            let score = pool.scores[index]
            sums[observation.cell].count += 1
            sums[observation.cell].sum += score
            sums[observation.cell].squares += score * score
            let excess = score - prior.values[observation.cell]
            if observation.hasPredecessor {
                let before = pool.scores[index - 1] - prior.values[observation.cell - 1]
                sums[observation.cell].whitened += (excess - Self.correlation * before) * scale
            } else {
                sums[observation.cell].first += excess
            }
        }
        seedVariance = known.seedVariance ?? Self.seedVariance(sums, space)
        right = rightHandSide(sums)
        scoresAreStale = false
    }

    /// The posterior of the pool as it was last scored.
    public func posterior() -> Posterior {
        precondition(!scoresAreStale, "rescore() before posterior()")
        return Posterior(space, features, prior: prior, precision: precision, right: right)
    }

    /// What goal and cost add to the mean score of every arm; nil where the goal cannot afford it, and where the budget is
    /// not open.
    ///
    /// If the price counts seconds, -lambda log2(T c / T_min mu) with the c and mu of `EvaluationTimes`, instead of
    /// -lambda log2(T / T_min).
    public func offsets() -> [Double?] {
        let deviation = seedVariance.squareRoot()
        let levels = (0..<space.levels).map { level in
            level < self.levels ? unitOffsets[level].map { deviation * $0 } : nil
        }
        switch cost {
        case .evaluations: return (0..<space.count).map { levels[$0 % space.levels] }
        case .seconds:
            let surcharges = times.estimate().deviations.map { -price * $0 }
            return (0..<space.count).map { arm in
                levels[arm % space.levels].map { $0 + surcharges[arm / space.levels] }
            }
        }
    }

    /// Levels that are open and that the goal can afford, rising.
    func affordableLevels() -> [Int] {
        (0..<levels).filter { unitOffsets[$0] != nil }
    }

    /// What an evaluation of a configuration takes, as far as is known; nil if nothing was timed.
    public func secondsPerEvaluation(configuration: Int) -> Double? {
        let estimate = times.estimate()
        return estimate.mean.map { Double.exp2($0 + estimate.deviations[configuration]) }
    }

    /// What offsets are added to: the scores themselves or, for a target, minus log2 of the running time they come to.
    ///
    /// - Parameter scores: mean scores of all arms.
    func values(of scores: [Double]) -> [Double] {
        guard case .target = goal else { return scores }
        let utility = RunningTimeUtility(threshold: threshold, seedDeviation: seedVariance.squareRoot())
        return space.configurations.indices.flatMap { configuration in
            let start = space.index(configuration: configuration, level: 0)
            return utility(scores[start..<start + levels]) + Array(repeating: 0, count: space.levels - levels)
        }
    }

    /// lambda: what a doubling of one run costs, in utility. For a total budget, what one doubling of restarts gains; for
    /// a target, a doubling of the time until it is reached.
    public var price: Double {
        if case .target = goal { return 1 }
        let base = (seedVariance / Double.pi).squareRoot()
        if case .price(let kappa) = goal { return kappa * base }
        return base
    }

    /// The arm with the highest posterior mean utility: what a study recommends. Nil before the first pull is scored.
    public func leader() -> Arm? {
        guard pulls > 0, !scoresAreStale else { return nil }
        return leader(by: posterior().mean())
    }

    func leader(by means: [Double]) -> Arm {
        let (values, offsets) = (values(of: means), utilityOffsets())
        return space[leading(Array(0..<space.count), count: 1) { values[$0] + offsets[$0] }[0]]
    }

    // MARK: Parts

    struct CellSums: Sendable {
        var count = 0.0
        var sum = 0.0
        var squares = 0.0
        /// What scores exceed m0 by: the sum of those whitened, and of those that begin a run.
        var whitened = 0.0
        var first = 0.0
    }

    /// The checkpoints that count: all of them, or the end alone if the family is horizon-bound.
    private func gridValues(of arm: Arm, _ trace: Trace) -> [(checkpoint: Int, best: Double)] {
        var values: [(checkpoint: Int, best: Double)] = []
        var checkpoint = 0
        for entry in trace.checkpoints {
            while space.grid.evaluations(at: checkpoint) < entry.evaluations { checkpoint += 1 }
            guard checkpoint < space.checkpointCount, space.grid.evaluations(at: checkpoint) == entry.evaluations else {
                continue
            }
            if isHorizonBound[arm.configurationIndex], entry.evaluations != arm.budget { continue }
            values.append((checkpoint, entry.best))
        }
        return values
    }

    var cells: Int { space.configurations.count * space.checkpointCount }

    /// Every cell weighs the same in the pool, however often it was observed. Otherwise the arm that is pulled most
    /// fills the pool, its own luck spreads over the whole scale, every doubling looks dear, and it is pulled still more.
    private func weights() -> [Double] {
        observations.map { 1 / counts[$0.cell] }
    }

    /// Adds the new observations' feature rows to the precision, one by one in the order they came: the sums are then
    /// the same to the last bit however often scores were brought up to date on the way, so a resumed study decides as
    /// an uninterrupted one.
    private mutating func weigh() {
        while weighed < observations.count {
            let some = observations[weighed...].prefix(Self.rowsAtOnce)
            precision.add(1 / Self.noiseVariance, outer: featureRows(some))
            weighed += some.count
        }
    }

    /// One row an observation, whitened.
    private func featureRows(_ observations: ArraySlice<Observation>) -> [Lanes] {
        let (rows, blocks) = (features.rows.span, features.blocks)
        let scale = knee_splat(1 / (1 - Self.correlation * Self.correlation).squareRoot())
        let rho = knee_splat(Self.correlation)
        var result: [Lanes] = []
        result.reserveCapacity(observations.count * blocks)
        for observation in observations {
            for block in observation.cell * blocks..<(observation.cell + 1) * blocks {
                let own = knee_double(rows[block])
                guard observation.hasPredecessor else {
                    result.append(own)
                    continue
                }
                let before = knee_double(rows[block - blocks])
                result.append(knee_mul(scale, knee_sub(own, knee_mul(rho, before))))
            }
        }
        return result
    }

    /// X'r / s2, cell by cell.
    func rightHandSide(_ sums: [CellSums]) -> [Lanes] {
        var result = [Lanes](repeating: .zero, count: features.blocks)
        let rows = features.rows.span
        var out = result.mutableSpan
        let scale = 1 / (1 - Self.correlation * Self.correlation).squareRoot()
        for cell in sums.indices {
            // A whitened row is (x_k - rho x_{k-1}) * scale: its sum of scores weighs its own feature row, and the one before.
            let next = cell + 1 < sums.count ? sums[cell + 1].whitened : 0
            let weight = sums[cell].first + scale * (sums[cell].whitened - Self.correlation * next)
            guard weight != 0 else { continue }
            let start = cell * features.blocks
            let factor = knee_splat(weight / Self.noiseVariance)
            for block in 0..<features.blocks {
                out[block] = knee_add(out[block], knee_mul(factor, knee_double(rows[start &+ block])))
            }
        }
        return result
    }

    /// Pooled over the cells at whole octaves. Octaves of one run correlate (rho = 0.8), so each counts as
    /// (1 - rho^2) / (1 + rho^2) of an independent one, in sum of squares and degrees of freedom alike.
    private static func seedVariance(_ sums: [CellSums], _ space: ArmSpace) -> Double {
        var (squares, freedom) = (0.0, 0.0)
        for configuration in space.configurations.indices {
            for level in 0..<space.levels {
                let cell = sums[configuration * space.checkpointCount + space.checkpoint(ofLevel: level)]
                guard cell.count >= 2 else { continue }
                squares += cell.squares - cell.sum * cell.sum / cell.count
                freedom += cell.count - 1
            }
        }
        let share = independentShare
        return (priorWeight * priorVariance + share * squares) / (priorWeight + share * freedom)
    }
}

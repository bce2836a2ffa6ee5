import Inner
import RealModule

/// What a study believes around the arm it learned, what it saw there, and how sure it was after how much: what charts are
/// drawn from. A pure function of spec and pulls.
public struct Landscape: Sendable, Equatable {
    public let verdict: Verdict
    /// Arms of every swarm size and open budget that are otherwise like the learned one, by swarm size, then by budget.
    public let cells: [Cell]
    /// The searches of the learned configuration, whatever they were launched for, in order.
    public let traces: [ScoredTrace]
    /// What knowing everything was worth after so much, from few pulls to all.
    public let worth: [Worth]

    public struct Cell: Sendable, Equatable {
        public let arm: Arm
        /// Posterior mean score, and its epistemic standard deviation.
        public let mean: Double
        public let deviation: Double
        /// Searches of this configuration that came to this budget.
        public let searches: Int
    }

    /// One search, its best values as scores among everything the study has seen.
    public struct ScoredTrace: Sendable, Equatable {
        public let points: [(evaluations: Int, score: Double)]

        package init(points: [(evaluations: Int, score: Double)]) { self.points = points }

        public static func == (a: Self, b: Self) -> Bool {
            a.points.elementsEqual(b.points) { $0 == $1 }
        }
    }

    public struct Worth: Sendable, Equatable {
        public let searches: Int
        public let evaluations: Int
        /// EVPI, in doublings of one run.
        public let gain: Double
    }

    /// Points of `worth`, evenly in the logarithm of the searches.
    static let looks = 23
    /// Fewer searches say too little.
    static let firstLook = 5

    /// - Parameters:
    ///   - pulls: the study's finished pulls, in order.
    ///   - known: the verdict of these pulls, if it is known already.
    ///   - earlier: what was believed after the first of them, if that is known; it spares going through these again.
    ///   - history: whether to tell how sure it was after how much; without, `worth` has only the last.
    /// - Returns: nil if there are no pulls.
    /// - Throws: `SelectionError` if a plug-in of the spec is unknown to this program.
    /// - Complexity: O(looks draws arms d).
    public init?(
        _ spec: StudySpec, _ pulls: [Pull], verdict known: Verdict? = nil, from earlier: Beliefs? = nil,
        history: Bool = true
    ) throws(SelectionError) {
        guard !pulls.isEmpty else { return nil }
        var beliefs: Beliefs?
        var worth: [Worth] = []
        var (seen, spent) = (0, 0)
        for count in Self.looks(history ? pulls.count : 1) + [pulls.count] {
            let isLast = count == pulls.count
            let prefix = isLast ? pulls : Array(pulls.prefix(count))
            // Budgets that were opened later are not seen from here.
            beliefs = try Verdict.beliefs(spec, prefix, from: isLast ? earlier ?? beliefs : beliefs)
            spent += pulls[seen..<count].reduce(0) { $0 + $1.result.evaluations }
            seen = count
            if isLast { break }
            let gain = beliefs!.expectedGain(draws: PosteriorSample.gainDraws, stream: spec.root.split(.verdict))
            worth.append(Worth(searches: count, evaluations: spent, gain: gain / beliefs!.price))
        }
        let last = beliefs!
        if let known { verdict = known } else { verdict = try Verdict.of(spec, pulls, from: last)! }
        worth.append(
            Worth(searches: pulls.count, evaluations: spent, gain: verdict.expectedGainOfPerfectInformation))
        self.worth = worth
        cells = Self.cells(last, around: verdict.arm)
        traces = last.scoredTraces(configuration: verdict.arm.configurationIndex)
    }

    /// Numbers of searches before the last.
    private static func looks(_ count: Int) -> [Int] {
        guard count > firstLook else { return [] }
        let span = Double.log(Double(count) / Double(firstLook))
        let all = (0..<looks).map {
            Int((Double(firstLook) * Double.exp(span * Double($0) / Double(looks))).rounded())
        }
        return all.reduce(into: []) { if $0.last != $1, $1 < count { $0.append($1) } }
    }

    private static func cells(_ beliefs: Beliefs, around arm: Arm) -> [Cell] {
        let (space, posterior) = (beliefs.space, beliefs.posterior())
        let means = posterior.mean()
        let alike = space.configurations.indices.filter {
            space.configurations[$0].differsOnlyInSize(from: arm.configuration)
        }
        return alike.sorted { space.configurations[$0].swarmSize < space.configurations[$1].swarmSize }.flatMap {
            configuration in
            (0..<beliefs.levels).map { level in
                let index = space.index(configuration: configuration, level: level)
                return Cell(
                    arm: space[index], mean: means[index], deviation: posterior.deviation(of: index),
                    searches: beliefs.observations(at: index))
            }
        }
    }
}

extension Configuration {
    fileprivate func differsOnlyInSize(from other: Configuration) -> Bool {
        inertia == other.inertia && topology == other.topology && rule == other.rule && boundary == other.boundary
    }
}

extension Beliefs {
    /// Observations of an arm.
    fileprivate func observations(at arm: Int) -> Int {
        let cell = arm / space.levels * space.checkpointCount + space.checkpoint(ofLevel: arm % space.levels)
        return Int(sums[cell].count)
    }

    /// The scores of every search of a configuration, as of the last rescoring.
    fileprivate func scoredTraces(configuration: Int) -> [Landscape.ScoredTrace] {
        let cells = configuration * space.checkpointCount..<(configuration + 1) * space.checkpointCount
        var traces: [[(evaluations: Int, score: Double)]] = []
        for (observation, score) in zip(observations, pool.scores) where cells.contains(observation.cell) {
            if !observation.hasPredecessor { traces.append([]) }
            let evaluations = space.grid.evaluations(at: observation.cell - cells.lowerBound)
            traces[traces.count - 1].append((evaluations, score))
        }
        return traces.map { Landscape.ScoredTrace(points: $0) }
    }
}

/// Share of a standard normal distribution below a score: how much of everything seen is worse.
public func shareBelow(_ score: Double) -> Double { 0.5 * Double.erfc(-score / 2.0.squareRoot()) }

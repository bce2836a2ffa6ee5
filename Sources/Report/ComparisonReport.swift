import Inner
import Ledger
import Outer
import Problems

/// Everything a report says about one comparison: a pure function of what the ledger holds.
public struct ComparisonReport: Sendable {
    public let name: String
    public let spec: ComparisonSpec
    /// The contestants' names, in the order they were given.
    public let families: [String]
    /// Searches that are recorded, and how many there are to be; what they have spent.
    public let searches: Int
    public let wanted: Int
    public let evaluations: Int
    public let failures: Int
    public let searchSeconds: Double
    /// One a budget, rising; one alone where budgets are learned.
    public let levels: [Level]
    /// What was learned, contestant by contestant and problem by problem; nil if budgets were given.
    public let learned: [[ComparisonLesson]]?
    /// The longest search of every contestant on every block.
    public let runs: [ComparedRun]
    /// Of every problem: fixed precisions if its optimum is known, else from the runs themselves.
    public let targets: [[Double]]
    public let digest: String
    /// Why it last stopped before its end, if it did.
    public let stop: StopReason?
    public let ledger: String
    public let program: String
    public let commandLine: [String]
    /// Where its page was written, if it was.
    public var page: String?

    /// The comparison at one budget.
    public struct Level: Sendable {
        /// 5,000 evaluations a search
        public let label: String
        /// Nil until there are two complete blocks.
        public let comparison: FamilyComparison?
    }

    /// A value this close to a known optimum is one: how soon it was found decides then.
    ///
    /// - SeeAlso: Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977
    static let precision = 1e-8

    /// - Parameters:
    ///   - learned: contestant by contestant and problem by problem, if all have learned.
    ///   - wanted: searches there are to be.
    public init(
        _ record: ComparisonRecord, _ searches: [ComparedSearch], learned: [[ComparisonLesson]]? = nil, wanted: Int,
        stop: StopReason? = nil, ledger: String, program: String = "knee"
    ) {
        (name, spec, self.learned, self.stop) = (record.name, record.spec, learned, stop)
        (self.ledger, self.program, commandLine) = (ledger, program, record.provenance.commandLine)
        families = record.spec.contestants.map(\.name)
        self.searches = searches.count
        self.wanted = wanted
        evaluations = searches.reduce(0) { $0 + $1.evaluations }
        failures = searches.reduce(0) { $0 + $1.failures }
        searchSeconds = searches.reduce(0) { $0 + $1.seconds }
        digest = Self.digest(of: searches)
        let optima = record.spec.problems.map { problem in
            (0..<record.spec.blocks).map { problem.manifest(block: $0).optimum }
        }
        let table = SearchTable(record.spec, searches, optima)
        runs = table.longest
        targets = Targets.lists(for: runs)
        levels = table.levels(learned)
    }

    /// Evaluations that learning took, over all problems, by contestant.
    public var lessons: [Int]? { learned?.map { $0.reduce(0) { $0 + $1.evaluations } } }

    public var isComplete: Bool { searches == wanted }

    private static func digest(of searches: [ComparedSearch]) -> String {
        var digest = Digest()
        for search in searches {
            digest.add(search.place.contestant)
            for number in [search.place.problem, search.place.block, search.place.budget, search.evaluations] {
                digest.add(number)
            }
            digest.add(search.improvements.count)
            for improvement in search.improvements {
                digest.add(improvement.evaluations)
                digest.add(improvement.best)
            }
        }
        return digest.hex
    }
}

/// What a contestant has learned for a problem, and what that took.
public struct ComparisonLesson: Sendable {
    public let arm: Arm
    public let evaluations: Int
    public let isSure: Bool

    public init(arm: Arm, evaluations: Int, isSure: Bool) {
        (self.arm, self.evaluations, self.isSure) = (arm, evaluations, isSure)
    }
}

/// The searches by contestant, problem and block.
private struct SearchTable {
    let spec: ComparisonSpec
    /// Problem, block, contestant: by rising budget.
    private var runs: [[[[(budget: Int, run: ComparedRun)]]]]

    init(_ spec: ComparisonSpec, _ searches: [ComparedSearch], _ optima: [[Double?]]) {
        self.spec = spec
        let row = [[(budget: Int, run: ComparedRun)]](repeating: [], count: spec.contestants.count)
        runs = Array(repeating: Array(repeating: row, count: spec.blocks), count: spec.problems.count)
        let numbers = Dictionary(uniqueKeysWithValues: spec.contestants.enumerated().map { ($1.name, $0) })
        for search in searches {
            let place = search.place
            guard let contestant = numbers[place.contestant], spec.problems.indices.contains(place.problem),
                place.block < spec.blocks
            else { continue }
            let run = ComparedRun(
                family: place.contestant, problem: place.problem, block: place.block,
                evaluations: search.evaluations, improvements: search.improvements,
                optimum: optima[place.problem][place.block])
            runs[place.problem][place.block][contestant].append((place.budget, run))
        }
    }

    /// The longest run of every contestant and block.
    var longest: [ComparedRun] {
        runs.flatMap { $0.flatMap { $0.compactMap { $0.max { $0.budget < $1.budget }?.run } } }
    }

    func levels(_ learned: [[ComparisonLesson]]?) -> [ComparisonReport.Level] {
        let names = spec.contestants.map(\.name)
        if let learned {
            let blocks = learnedBlocks(learned)
            return [
                ComparisonReport.Level(
                    label: "the budgets they have learned", comparison: FamilyComparison(names, blocks))
            ]
        }
        return (0..<(spec.problems.map(\.budgets.count).max() ?? 0)).map { level in
            ComparisonReport.Level(label: label(level), comparison: FamilyComparison(names, blocks(level)))
        }
    }

    /// Budgets that are as many evaluations a coordinate for all problems are told so.
    private func label(_ level: Int) -> String {
        let budgets = Set(spec.problems.map { $0.budgets[level] })
        if budgets.count == 1 { return "\(Numbers.grouped(budgets.first!)) evaluations" }
        let shares = Set(spec.problems.map { $0.budgets[level] / $0.manifest.dimension })
        return shares.count == 1
            ? "\(Numbers.grouped(shares.first!)) evaluations a coordinate" : "the budget number \(level + 1)"
    }

    /// Within a problem all that is found has a rank, by its value, and by when the optimum was found.
    private func blocks(_ level: Int) -> [FamilyComparison.Block] {
        ranked { problem, block in
            let budget = spec.problems[problem].budgets[level]
            return runs[problem][block].map { own in
                own.first { $0.budget >= budget }.map { standing($0.run, within: budget) }
            }
        }
    }

    private func standing(_ run: ComparedRun, within budget: Int) -> Standing {
        let best = run.best(within: budget)
        guard run.optimum != nil, best <= ComparisonReport.precision else {
            return Standing(value: best, evaluations: 0)
        }
        return Standing(
            value: ComparisonReport.precision, evaluations: run.evaluations(to: ComparisonReport.precision) ?? 0)
    }

    /// Where each spends what it has learned to spend, what counts is the quality that is left when it is paid for, by the price
    /// at which it was learned.
    private func learnedBlocks(_ learned: [[ComparisonLesson]]) -> [FamilyComparison.Block] {
        let complete = places { problem, block in runs[problem][block].allSatisfy { !$0.isEmpty } }
        var values: [Int: [[Double]]] = [:]
        for problem in spec.problems.indices {
            let own = complete.filter { $0.problem == problem }
            values[problem] = PricedQuality.utilities(
                spec.contestants.indices.map { contestant in
                    own.map { runs[problem][$0.block][contestant][0].run }.map { $0.best(within: $0.evaluations) }
                }, budgets: learned.map { $0[problem].arm.budget }, price: spec.learning?.price ?? 1)
        }
        var used = [Int](repeating: 0, count: spec.problems.count)
        return complete.map { place in
            defer { used[place.problem] += 1 }
            return FamilyComparison.Block(
                problem: place.problem, values: values[place.problem]!.map { -$0[used[place.problem]] })
        }
    }

    private func ranked(
        _ standings: (_ problem: Int, _ block: Int) -> [Standing?]
    ) -> [FamilyComparison.Block] {
        let all = spec.problems.indices.map { problem in (0..<spec.blocks).map { standings(problem, $0) } }
        let ranks = all.map { problem in
            let order = Set(problem.flatMap { $0.compactMap(\.self) }).sorted()
            return Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Double($0)) })
        }
        return places(whileComplete: { all[$0][$1].allSatisfy { $0 != nil } }).map { problem, block in
            FamilyComparison.Block(
                problem: problem,
                values: all[problem][block].compactMap(\.self).map {
                    $0.value.isFinite ? ranks[problem][$0]! : .infinity
                })
        }
    }

    /// Blocks in the order in which they are made, up to the first that is not complete: what a look sees, a later look sees
    /// in the same order.
    private func places(
        whileComplete isComplete: (_ problem: Int, _ block: Int) -> Bool
    ) -> [(problem: Int, block: Int)] {
        (0..<spec.blocks).flatMap { block in spec.problems.indices.map { (problem: $0, block: block) } }
            .prefix { isComplete($0.problem, $0.block) }.map { $0 }
    }
}

/// What a search has found within a budget: lower is better, and where values are equal the earlier one.
private struct Standing: Comparable, Hashable {
    let value: Double
    let evaluations: Int

    static func < (a: Standing, b: Standing) -> Bool { (a.value, a.evaluations) < (b.value, b.evaluations) }
}

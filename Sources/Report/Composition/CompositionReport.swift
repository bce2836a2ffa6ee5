import Inner
import Ledger
import Outer
import Problems

/// What a study has composed, beside what baselines came to with as many evaluations: a pure function of what the ledger holds.
public struct CompositionReport: Sendable {
    /// What one method found.
    public struct Entry: Sendable {
        public let method: MixtureMethod
        /// Of the mixture; the expert's file if it is a single one.
        public let name: String
        /// All that it searched.
        public let searches: Int
        public let evaluations: Int
        public let mixture: SearchResult.Best
        /// Nil if it was not tested.
        public let test: TestedMixture?
        /// The mean of its losses on the test examples; nil if they were not told.
        public let loss: MeanLoss?
        /// By how much the composed expert is better on the same examples; nil for itself, and if losses were not told.
        public let lead: LossDifference?
    }

    /// The values that single searches of the learned budget reached in validation.
    public struct SearchLevel: Sendable {
        public let method: MixtureMethod
        public let searches: Int
        public let value: MeanLoss
    }

    /// Test examples that all experts get wrong.
    public struct MissedByAll: Sendable, Equatable, Codable {
        public let examples: Int
        /// Of these, those that the composed expert gets right.
        public let answered: Int
        /// Of the examples that all experts but one get wrong, the share that this one gets right, over all experts: what one
        /// model more of their kind would answer.
        public let chance: Double?
    }

    public let study: String
    public let label: String
    /// File names of the experts, in the order of their coefficients.
    public let experts: [String]
    /// The composed expert first, then the baselines that there are.
    public let entries: [Entry]
    /// Probability with which all leads together hold.
    public static let level = 0.95
    /// Evaluations of the single searches that random mixtures and CMA-ES made: the learned budget as it was then.
    public let length: Int?
    /// Searches of the study that were made when test values were known already, as after it was extended.
    public let searchedSinceTest: Int
    public let singleSearches: [SearchLevel]
    public let missedByAll: MissedByAll?
    /// Where the composed expert and its card are, once they are written.
    public var files: (expert: String, card: String)?

    /// - Parameters:
    ///   - best: the best mixture of the study's searches.
    ///   - searches: what the baselines found.
    ///   - tested: the mixtures that were tested.
    ///   - fresh: the study's fresh searches.
    ///   - experts: names, in the order of their coefficients.
    /// - Returns: nil if the study has found nothing.
    public init?(
        _ report: StudyReport, best: SearchResult.Best?, searches: [MixtureSearch], tested: [TestedMixture],
        fresh: [FreshSearch], experts: [String]
    ) {
        guard let best else { return nil }
        (study, label, self.experts) = (report.study, report.problem, experts)
        let tests = Dictionary(tested.map { ($0.coefficients, $0) }) { first, _ in first }
        let own = tests[best.point]
        // With so many comparisons, each has to hold with more.
        let found = MixtureMethod.allCases.dropFirst().compactMap { Finding($0, searches, experts) }
        let level = 1 - (1 - Self.level) / Double(max(1, found.count))
        let composed = Entry(
            method: .composed, name: MixtureMethod.composed.words, searches: report.pulls + report.fresh.searches,
            evaluations: report.evaluations, mixture: best, test: own, loss: Self.loss(own), lead: nil)
        entries =
            [composed]
            + found.map { finding in
                let test = tests[finding.best.point]
                return Entry(
                    method: finding.method, name: finding.name, searches: finding.searches,
                    evaluations: finding.evaluations, mixture: finding.best, test: test, loss: Self.loss(test),
                    lead: Self.lead(own, test, level: level))
            }
        let length = searches.latest(.hullRandom).first?.budget ?? searches.latest(.hullCMAES).first?.budget
        self.length = length
        singleSearches = Self.singleSearches(fresh, searches, length)
        let known = tested.map(\.searches).min() ?? .max
        searchedSinceTest = max(0, report.pulls + report.fresh.searches - known)
        missedByAll = Self.missedByAll(own, experts.indices.map { tests[unit($0, of: experts.count)] })
    }

    private static func loss(_ test: TestedMixture?) -> MeanLoss? {
        test.flatMap { $0.losses.isEmpty ? nil : MeanLoss($0.losses) }
    }

    private static func lead(_ own: TestedMixture?, _ other: TestedMixture?, level: Double) -> LossDifference? {
        guard let own, let other, own.losses.count == other.losses.count, own.losses.count >= 2 else { return nil }
        return LossDifference(own.losses, other.losses, level: level)
    }

    private static func singleSearches(
        _ fresh: [FreshSearch], _ searches: [MixtureSearch], _ budget: Int?
    ) -> [SearchLevel] {
        guard let budget else { return [] }
        let composed = fresh.map { $0.result.trace.best(at: budget) }
        let others = [MixtureMethod.hullRandom, .hullCMAES].map { method in
            let own = searches.latest(method).filter { $0.budget == budget }
            return (method, own.compactMap { $0.best?.value })
        }
        return ([(.composed, composed)] + others).compactMap { method, values in
            let values = values.filter(\.isFinite)
            return values.count >= 2
                ? SearchLevel(method: method, searches: values.count, value: .ofValues(values)) : nil
        }
    }

    private static func missedByAll(_ own: TestedMixture?, _ experts: [TestedMixture?]) -> MissedByAll? {
        let losses = experts.compactMap { $0?.losses }
        guard let own, !own.losses.isEmpty, losses.count == experts.count, losses.count >= 2,
            losses.allSatisfy({ $0.count == own.losses.count }),
            (losses + [own.losses]).allSatisfy({ $0.allSatisfy { $0 == 0 || $0 == 1 } })
        else { return nil }
        let examples = own.losses.indices
        let misses = examples.map { example in losses.count { $0[example] == 1 } }
        let missed = examples.filter { misses[$0] == losses.count }
        // All but one miss it: that one answers. Whose others all miss, answered or not: those, and what all miss.
        let answeredByOne = examples.count { misses[$0] == losses.count - 1 }
        let chances = answeredByOne + losses.count * missed.count
        return MissedByAll(
            examples: missed.count, answered: missed.count { own.losses[$0] == 0 },
            chance: chances > 0 ? Double(answeredByOne) / Double(chances) : nil)
    }

    /// The baselines that the composed expert surely beats, those that surely beat it, and those that cannot be told apart
    /// from it.
    var standings: (better: [Entry], worse: [Entry], open: [Entry]) {
        let compared = entries.filter { $0.lead != nil }
        return (
            compared.filter { $0.lead!.isBetter }, compared.filter { $0.lead!.isWorse },
            compared.filter { !$0.lead!.isBetter && !$0.lead!.isWorse }
        )
    }
}

/// Expert `index` as coefficients.
public func unit(_ index: Int, of count: Int) -> [Double] { (0..<count).map { $0 == index ? 1 : 0 } }

extension MeanLoss {
    /// Of values of searches, which are no shares of right and wrong.
    fileprivate static func ofValues(_ values: [Double]) -> MeanLoss { MeanLoss(values, isBinary: false) }
}

/// What a baseline has found, over all its searches.
private struct Finding {
    let method: MixtureMethod
    let name: String
    let searches: Int
    let evaluations: Int
    let best: SearchResult.Best

    init?(_ method: MixtureMethod, _ all: [MixtureSearch], _ experts: [String]) {
        let own = all.latest(method)
        guard let first = own.filter({ $0.best != nil }).min(by: { $0.best!.value < $1.best!.value }) else {
            return nil
        }
        (self.method, searches, best) = (method, own.count, first.best!)
        evaluations = own.reduce(0) { $0 + $1.evaluations }
        name =
            method == .expert && experts.indices.contains(first.number)
            ? "\(method.words), \(experts[first.number])" : method.words
    }
}

extension [MixtureSearch] {
    /// A baseline's searches. If it had to begin anew, with searches of another length, those that spent the most count.
    fileprivate func latest(_ method: MixtureMethod) -> [MixtureSearch] {
        let own = filter { $0.method == method.rawValue }
        let spent = own.reduce(into: [Int: Int]()) { $0[$1.budget, default: 0] += $1.evaluations }
        guard let most = spent.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return [] }
        return own.filter { $0.budget == most }
    }
}

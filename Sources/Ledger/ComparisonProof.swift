import Inner
import Outer
import Problems

/// What the rows of a comparison prove, and what contradicts them.
public struct ComparisonProof: Sendable {
    public let comparison: String
    public let searches: Int
    public let evaluations: Int
    /// Best points that were evaluated again: those of problems that this program computes and that have no noise.
    public let reevaluated: Int
    public let flaws: [Flaw]

    public enum Flaw: Sendable, Equatable {
        /// A row that cannot be read.
        case unreadable(String)
        /// A search of a family, problem, block or budget that the comparison does not have.
        case stranger(ComparedSearch.Place)
        /// Improvements that go back, are none, come after the search's end or do not lead to its best.
        case improvements(ComparedSearch.Place)
        /// The best point is worth something else.
        case best(ComparedSearch.Place)
    }
}

extension Ledger {
    /// Proves from its rows that the searches of a comparison are its own, and consistent.
    ///
    /// - Throws: `LedgerError` if the ledger cannot be read, `SelectionError` for a problem this program does not know.
    public func proof(of comparison: ComparisonRecord) throws -> ComparisonProof {
        let searches: [ComparedSearch]
        do { searches = try self.searches(of: comparison) } catch LedgerError.unreadable(_, let what) {
            return ComparisonProof(
                comparison: comparison.name, searches: 0, evaluations: 0, reevaluated: 0, flaws: [.unreadable(what)])
        }
        var judge = Judge(comparison.spec)
        let flaws = try searches.compactMap { try judge.flaw(of: $0) }
        return ComparisonProof(
            comparison: comparison.name, searches: searches.count,
            evaluations: searches.reduce(0) { $0 + $1.evaluations }, reevaluated: judge.reevaluated, flaws: flaws)
    }
}

/// Looks at one search after the other; their problems are made once.
private struct Judge {
    private let spec: ComparisonSpec
    private let contestants: Set<String>
    private var proofs: [ProblemManifest: SearchProof] = [:]
    var reevaluated: Int { proofs.values.reduce(0) { $0 + $1.reevaluated } }

    init(_ spec: ComparisonSpec) {
        self.spec = spec
        contestants = Set(spec.contestants.map(\.name))
    }

    mutating func flaw(of search: ComparedSearch) throws -> ComparisonProof.Flaw? {
        let place = search.place
        guard contestants.contains(place.contestant), spec.problems.indices.contains(place.problem),
            (0..<spec.blocks).contains(place.block), isBudget(place)
        else { return .stranger(place) }
        let manifest = spec.problems[place.problem].manifest(block: place.block)
        var proof = try proofs[manifest] ?? SearchProof(try manifest.make())
        if !Self.isConsistent(search, isNoisy: proof.isNoisy) { return .improvements(place) }
        let isWorth = proof.isWorth(search.best)
        proofs[manifest] = proof
        return isWorth ? nil : .best(place)
    }

    /// Budgets that are learned are not the comparison's.
    private func isBudget(_ place: ComparedSearch.Place) -> Bool {
        spec.learning != nil || spec.problems[place.problem].budgets.contains(place.budget)
    }

    /// With noise an improvement is the mean of a checkpoint, which may be worse than the one before.
    private static func isConsistent(_ search: ComparedSearch, isNoisy: Bool) -> Bool {
        let improvements = search.improvements
        let improves = zip(improvements, improvements.dropFirst()).allSatisfy {
            $0.evaluations < $1.evaluations && (isNoisy || $0.best > $1.best)
        }
        guard improves, search.evaluations <= search.place.budget else { return false }
        guard let last = improvements.last else { return search.best == nil }
        return last.evaluations <= search.evaluations && (isNoisy || last.best == search.best?.value)
    }
}

import GRDB
import Inner
import Outer

/// What the rows of a study prove, and what contradicts them.
public struct StudyProof: Sendable {
    public let study: String
    public let pulls: Int
    public let evaluations: Int
    public let purse: Int?
    /// Decisions that were computed again, each from the pulls it had in view.
    public let decisions: Int
    /// Of the pulls.
    public let digest: String
    public let flaws: [Flaw]

    public enum Flaw: Sendable, Equatable {
        /// A row that cannot be read.
        case unreadable(String)
        /// Search `number` is missing, though search `later` could not be decided without it.
        case missing(number: Int, later: Int)
        /// What is noted as spent is not what the searches have spent.
        case spent(noted: Int, found: Int)
        case overspent(purse: Int, spent: Int)
        /// A trace that goes back, or gets worse without noise, or ends after its search.
        case trace(number: Int)
        /// So many decisions are not what they come to; the first of them.
        case decisions(count: Int, first: Int)
        /// At a stop the searches came to another digest.
        case digest(pulls: Int)
        /// Those searches come to another verdict than the one noted.
        case verdict(pulls: Int)
        /// What a baseline found is no mixture of the experts.
        case mixture(method: String, number: Int)
        /// Test `number` is of something that nobody found, or its losses do not come to its value.
        case test(number: Int)
    }
}

extension Ledger {
    /// Proves from its rows that a study's budgets, numbering, traces, decisions, digests and verdict are consistent.
    ///
    /// - Throws: `LedgerError` if the ledger cannot be read, `SelectionError` for a plug-in this program does not know.
    public func proof(of study: StudyRecord) throws -> StudyProof {
        let pulls: [Pull]
        do { pulls = try self.pulls(of: study) } catch LedgerError.unreadable(_, let what) {
            return StudyProof(
                study: study.name, pulls: 0, evaluations: 0, purse: study.spec.purse, decisions: 0, digest: "",
                flaws: [.unreadable(what)])
        }
        let fresh = try chargedFreshSearches(of: study).evaluations
        let spent = pulls.reduce(0) { $0 + $1.result.evaluations } + fresh
        let complete = pulls.enumerated().prefix { $0.offset == $0.element.number }.map(\.element)
        let checked = try Self.decisions(study, complete)
        let flaws =
            Self.missing(pulls, lookAhead: study.spec.lookAhead) + (try spending(study, spent))
            + (try Self.traces(study, pulls)) + checked.flaws + (try stops(study, complete))
            + (try mixtures(study, pulls))
        return StudyProof(
            study: study.name, pulls: pulls.count, evaluations: spent, purse: study.spec.purse,
            decisions: checked.count, digest: Digest.of(pulls), flaws: flaws)
    }

    /// A decision waits for all searches but the last L - 1 before it.
    private static func missing(_ pulls: [Pull], lookAhead: Int) -> [StudyProof.Flaw] {
        let numbers = Set(pulls.map(\.number))
        guard let last = pulls.last?.number else { return [] }
        return (0..<max(0, last - lookAhead + 1)).filter { !numbers.contains($0) }
            .map { .missing(number: $0, later: last) }
    }

    private func spending(_ study: StudyRecord, _ found: Int) throws -> [StudyProof.Flaw] {
        let noted = try read { db in
            try Int.fetchOne(db, sql: "SELECT spent FROM study WHERE name = ?", arguments: [study.name]) ?? 0
        }
        let purse = study.spec.purse ?? .max
        return (noted == found ? [] : [.spent(noted: noted, found: found)])
            + (found <= purse ? [] : [.overspent(purse: purse, spent: found)])
    }

    private static func traces(_ study: StudyRecord, _ pulls: [Pull]) throws -> [StudyProof.Flaw] {
        let isNoisy = try study.problem.make().isNoisy
        return pulls.filter { pull in
            let trace = pull.result.trace.checkpoints
            let rises = zip(trace, trace.dropFirst()).allSatisfy {
                $0.evaluations < $1.evaluations && (isNoisy || $0.best >= $1.best)
            }
            return !rises || trace.last?.evaluations ?? 0 > pull.result.evaluations
        }.map { .trace(number: $0.number) }
    }

    private static func decisions(
        _ study: StudyRecord, _ pulls: [Pull]
    ) throws -> (count: Int, flaws: [StudyProof.Flaw]) {
        var learner = try Learner(study.spec(ofDecision: 0))
        var (committed, others) = (0, [Int]())
        for pull in pulls {
            learner.extend(to: study.spec(ofDecision: pull.number))
            while learner.beliefs.pulls < learner.visible(to: pull.number) {
                learner.absorb(pulls[learner.beliefs.pulls])
            }
            let levels = pull.levels ?? study.spec.space.levels
            let again = learner.again(pull.number, committed: committed)
            if again != pull.decision || learner.beliefs.levels != levels { others.append(pull.number) }
            learner.follow(pull)
            committed += pull.budget
        }
        return (pulls.count, others.isEmpty ? [] : [.decisions(count: others.count, first: others[0])])
    }

    /// At a stop that left nothing in flight, digest and verdict are those of the searches until then.
    private func stops(_ study: StudyRecord, _ pulls: [Pull]) throws -> [StudyProof.Flaw] {
        let rows = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT pulls, stop, digest, verdict FROM verdict
                    WHERE study_id = (SELECT id FROM study WHERE name = ?) ORDER BY id
                    """, arguments: [study.name])
        }
        let whole = rows.filter { ["sure", "purse", "pulls"].contains($0["stop"] as String) }
        var flaws: [StudyProof.Flaw] = []
        for row in whole {
            let count: Int = row["pulls"]
            guard count <= pulls.count, let digest: String = row["digest"] else { continue }
            if digest != Digest.of(Array(pulls.prefix(count))) { flaws.append(.digest(pulls: count)) }
        }
        if let row = whole.last, let noted: String = row["verdict"] {
            let count: Int = row["pulls"]
            let again = try Verdict.of(study.spec, Array(pulls.prefix(count))).map { try JSON.text($0) }
            if count <= pulls.count, again != noted { flaws.append(.verdict(pulls: count)) }
        }
        return flaws
    }
}

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
    /// Best points that were evaluated again, of pulls and fresh searches: those of problems that this program computes and that
    /// have no noise.
    public let reevaluated: Int
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
        /// The purse that is kept is not that of the specification.
        case purse(noted: Int?, found: Int?)
        case overspent(purse: Int, spent: Int)
        /// A trace that goes back, or gets worse without noise, or ends after its search or not at its best.
        case trace(number: Int)
        /// The best point is worth something else.
        case best(number: Int)
        /// The settings that are noted are not those of the arm.
        case settings(number: Int)
        /// A fresh search whose trace or best point are flawed in the same ways.
        case fresh(number: Int, budget: Int)
        /// Confirmation `number`, from 1, is not what its fresh searches come to, or not all of them are there.
        case confirmation(_ number: Int)
        /// So many decisions are not what they come to; the first of them.
        case decisions(count: Int, first: Int)
        /// At a stop the searches, or their decisions, came to another digest.
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
                study: study.name, pulls: 0, evaluations: 0, purse: study.spec.purse, decisions: 0, reevaluated: 0,
                digest: "", flaws: [.unreadable(what)])
        }
        let fresh = try chargedFreshSearches(of: study).evaluations
        let spent = pulls.reduce(0) { $0 + $1.result.evaluations } + fresh
        let complete = pulls.enumerated().prefix { $0.offset == $0.element.number }.map(\.element)
        let checked = try Self.decisions(study, complete)
        var proof = SearchProof(try study.problem.make())
        var flaws = Self.missing(pulls, lookAhead: study.spec.lookAhead) + (try spending(study, spent))
        flaws += Self.searches(pulls, &proof) + (try settings(study, pulls)) + checked.flaws
        flaws += try stops(study, complete) + confirmations(study, &proof) + mixtures(study, pulls)
        return StudyProof(
            study: study.name, pulls: pulls.count, evaluations: spent, purse: study.spec.purse,
            decisions: checked.count, reevaluated: proof.reevaluated, digest: Digest.of(pulls), flaws: flaws)
    }

    /// A decision waits for all searches but the last L - 1 before it.
    private static func missing(_ pulls: [Pull], lookAhead: Int) -> [StudyProof.Flaw] {
        let numbers = Set(pulls.map(\.number))
        guard let last = pulls.last?.number else { return [] }
        return (0..<max(0, last - lookAhead + 1)).filter { !numbers.contains($0) }
            .map { .missing(number: $0, later: last) }
    }

    private func spending(_ study: StudyRecord, _ found: Int) throws -> [StudyProof.Flaw] {
        let row = try read { db in
            try Row.fetchOne(db, sql: "SELECT spent, purse FROM study WHERE name = ?", arguments: [study.name])
        }
        let (noted, noticed): (Int, Int?) = (row?[0] ?? 0, row?[1])
        let purse = study.spec.purse
        return (noted == found ? [] : [.spent(noted: noted, found: found)])
            + (noticed == purse ? [] : [.purse(noted: noticed, found: purse)])
            + (found <= purse ?? .max ? [] : [.overspent(purse: purse ?? .max, spent: found)])
    }

    private static func searches(_ pulls: [Pull], _ proof: inout SearchProof) -> [StudyProof.Flaw] {
        pulls.flatMap { pull -> [StudyProof.Flaw] in
            let (number, result) = (pull.number, pull.result)
            let hasNone = result.best == nil && result.trace.checkpoints.contains { $0.best.isFinite }
            return (hasNone || !proof.isConsistent(result) ? [.trace(number: number)] : [])
                + (proof.isWorth(result.best) ? [] : [.best(number: number)])
        }
    }

    /// The settings of an arm are noted beside it, for whoever reads the ledger without this program.
    private func settings(_ study: StudyRecord, _ pulls: [Pull]) throws -> [StudyProof.Flaw] {
        let noted = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT swarm_size, inertia, topology, velocity_rule, boundary_rule FROM pull
                    WHERE study_id = (SELECT id FROM study WHERE name = ?) ORDER BY number
                    """, arguments: [study.name])
        }
        return zip(pulls, noted).filter { pull, row in
            let own = study.spec.space[pull.decision.arm].configuration
            let names: [String] = [row[1], row[2], row[3], row[4]]
            return row[0] != own.swarmSize || names != [own.inertia, own.topology, own.rule, own.boundary]
        }.map { .settings(number: $0.0.number) }
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
                    SELECT pulls, stop, digest, decisions_digest, verdict FROM verdict
                    WHERE study_id = (SELECT id FROM study WHERE name = ?) ORDER BY id
                    """, arguments: [study.name])
        }
        var flaws: [StudyProof.Flaw] = []
        let whole = rows.filter { ["sure", "purse", "pulls"].contains($0["stop"] as String) }
        for (place, row) in whole.enumerated() {
            let count: Int = row["pulls"]
            guard count <= pulls.count else { continue }
            let until = Array(pulls.prefix(count))
            let digests = StudyDigests(until)
            let isSame = { (noted: String?, digest: Digest) in noted ?? digest.hex == digest.hex }
            if !isSame(row["digest"], digests.whole) || !isSame(row["decisions_digest"], digests.decisions) {
                flaws.append(.digest(pulls: count))
            }
            // Those before it may be another program's.
            guard place == whole.count - 1, let noted: String = row["verdict"] else { continue }
            let again = try Verdict.of(study.spec, until).map { try JSON.text($0) }
            if again != noted { flaws.append(.verdict(pulls: count)) }
        }
        return flaws
    }
}

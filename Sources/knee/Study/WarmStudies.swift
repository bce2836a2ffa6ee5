import Ledger
import Outer

/// Studies of the ledger that a new one begins with.
enum WarmStudies {
    /// - Throws: `Failure` or `LedgerError`, naming the study that tells nothing.
    static func prior(_ names: [String], in options: LedgerOptions, for space: ArmSpace) throws -> WarmPrior {
        guard names.count <= WarmPrior.largestCount else {
            throw Failure(usage: "--warm takes at most \(WarmPrior.largestCount) studies, not \(names.count).")
        }
        guard Set(names).count == names.count else { throw Failure(usage: "--warm names a study twice.") }
        let ledger = try options.reading()
        let studies = try names.map { name in
            let record = try ledger.study(named: name)
            return (name: name, spec: record.spec, pulls: try ledger.pulls(of: record, .bare))
        }
        do {
            return try WarmPrior(studies, for: space)
        } catch WarmPrior.Obstacle.learnedNothing(let study) {
            throw Failure(usage: "study '\(study)' has nothing to begin with: it compared no two budgets yet.")
        } catch WarmPrior.Obstacle.otherConfigurations(let study) {
            throw Failure(
                usage: "study '\(study)' chose among other settings; --warm needs the same swarm sizes, inertias, "
                    + "topologies, rules and boundaries.")
        }
    }
}

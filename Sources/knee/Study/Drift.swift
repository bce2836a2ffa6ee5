import Inner
import Ledger
import Outer

/// What differs between a recorded study and what is asked for now: changes that alter results are refused by name.
enum Drift {
    /// - Throws: `Failure`, naming every difference.
    static func refuse(_ recorded: StudyRecord, _ asked: StudyRecord) throws {
        let (old, new) = (recorded.spec, asked.spec)
        let differences: [(String, Bool)] = [
            ("the problem or command", recorded.problem != asked.problem), ("--seed", old.seed != new.seed),
            ("--max-evaluations", old.purse != new.purse), ("--max-pulls", old.maxPulls != new.maxPulls),
            ("--price or --total", old.goal != new.goal), ("--policy", old.policy != new.policy),
            ("--in-flight", old.lookAhead != new.lookAhead),
            ("--floor or --ceiling", old.space.floor != new.space.floor || old.space.levels != new.space.levels),
            ("the arms", old.space.configurations != new.space.configurations),
        ]
        let named = differences.filter(\.1).map(\.0)
        guard !named.isEmpty else { return }
        throw Failure(
            usage: "study '\(recorded.name)' was begun with another value of: \(named.joined(separator: ", ")); "
                + "resume it as it was ('knee resume \(recorded.name)') or choose another --study.")
    }
}

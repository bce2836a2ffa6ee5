import GRDB
import Inner
import Outer

/// Reads the pulls of one study back: four ordered scans, merged by pull. Bare pulls are read without contenders, which are
/// most of the rows, and without the coordinates of points, which take the most time.
struct PullReader {
    let db: Database
    let study: Int64
    let record: StudyRecord
    let detail: Ledger.Detail

    func pulls() throws -> [Pull] {
        var traces = try Scan(
            db, study,
            sql: """
                SELECT number, checkpoint.evaluations, checkpoint.best FROM checkpoint JOIN pull ON pull.id = pull_id
                WHERE study_id = ? ORDER BY number, checkpoint.evaluations
                """
        ) { Trace.Checkpoint(evaluations: $0[1], best: $0[2] ?? .infinity) }
        var rivals = try rivals(of: detail == .whole ? study : nil)
        var failures = try Scan(
            db, study,
            sql: """
                SELECT number, evaluation, failure.outcome, evidence, point FROM failure JOIN pull ON pull.id = pull_id
                WHERE study_id = ? ORDER BY number, evaluation
                """
        ) { try failed($0) }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT number, arm, propensity, budget, evaluations, ended, best, best_point, failures, seconds,
                    evaluation_seconds, retest, open_budgets
                FROM pull WHERE study_id = ? ORDER BY number
                """, arguments: [study])
        var pulls: [Pull] = []
        while let row = try rows.next() {
            let number: Int = row[0]
            let decision = Decision(arm: row[1], contenders: try rivals.take(number), propensity: row[2])
            try check(decision, number, budget: row[3], levels: row[12])
            pulls.append(
                Pull(
                    number: number, decision: decision, budget: row[3],
                    result: try result(row, Trace(try traces.take(number)), try failures.take(number)), seconds: row[9],
                    levels: row[12]))
        }
        return pulls
    }

    /// The digests of bare pulls, in order, with their contenders: a few of these at a time are in memory.
    func digests(of pulls: [Pull]) throws -> StudyDigests {
        var digests = StudyDigests()
        var rivals = try rivals(of: study)
        for pull in pulls { digests.add(pull.with(try rivals.take(pull.number))) }
        return digests
    }

    private func rivals(of study: Int64?) throws -> Scan<Decision.Contender> {
        try Scan(
            db, study,
            sql: """
                SELECT number, contender.arm, draw, mean, utility_offset FROM contender JOIN pull ON pull.id = pull_id
                WHERE study_id = ? ORDER BY number, place
                """
        ) { Decision.Contender(arm: $0[1], draw: $0[2], mean: $0[3], offset: $0[4]) }
    }

    /// The arms have to be those of the study, or a number would stand for another arm.
    private func check(_ decision: Decision, _ number: Int, budget: Int, levels: Int?) throws {
        let space = record.spec.space
        let isUnknown = { (arm: Int) in !(0..<space.count).contains(arm) }
        let rival = decision.contenders.first { isUnknown($0.arm) }?.arm
        if let arm = isUnknown(decision.arm) ? decision.arm : rival {
            throw LedgerError.unreadable(
                study: record.name, what: "search \(number) names arm \(arm) of \(space.count).")
        }
        guard levels ?? 1 <= space.levels else {
            throw LedgerError.unreadable(
                study: record.name,
                what: "search \(number) had \(levels ?? 0) budgets to choose from, of \(space.levels).")
        }
        guard space.budget(level: decision.arm % space.levels) == budget else {
            throw LedgerError.unreadable(
                study: record.name,
                what: "search \(number) spent a budget of \(budget) on arm \(decision.arm), which has another.")
        }
    }

    private func result(_ row: Row, _ trace: Trace, _ failed: [SearchResult.Failed]) throws -> SearchResult {
        guard let end = SearchEnd(rawValue: row[5]) else {
            throw LedgerError.unreadable(study: record.name, what: "a search ended in no known way.")
        }
        var best: SearchResult.Best?
        if let value: Double = row[6] {
            best = SearchResult.Best(point: try point(row, 7), value: value)
        }
        return SearchResult(
            trace: trace, best: best, evaluations: row[4], failures: row[8], failed: failed,
            retest: try (row[11] as String?).map { try JSON.decode($0) }, evaluationSeconds: row[10], end: end)
    }

    private func failed(_ row: Row) throws -> SearchResult.Failed {
        let outcome = Outcome(rawValue: row[2]) ?? .failed
        let evidence: String? = row[3]
        return SearchResult.Failed(
            number: row[1], point: try point(row, 4),
            evaluation: outcome == .undefined
                ? Evaluation(value: .nan, evidence: evidence) : Evaluation(outcome, evidence: evidence ?? ""))
    }

    private func point(_ row: Row, _ column: Int) throws -> [Double] {
        guard detail == .whole, let text: String = row[column] else { return [] }
        return try JSON.decode(text)
    }
}

/// Rows ordered by pull number, handed out a pull at a time.
private struct Scan<Element> {
    private let rows: RowCursor
    private let make: (Row) throws -> Element
    private var pending: (number: Int, element: Element)?
    /// Grows once; what is handed out takes no more than it needs.
    private var taken: [Element] = []

    /// - Parameter study: nil for no rows at all.
    init(_ db: Database, _ study: Int64?, sql: String, make: @escaping (Row) throws -> Element) throws {
        rows = try Row.fetchCursor(db, sql: sql, arguments: [study])
        self.make = make
        try advance()
    }

    mutating func take(_ number: Int) throws -> [Element] {
        taken.removeAll(keepingCapacity: true)
        while let next = pending, next.number == number {
            taken.append(next.element)
            try advance()
        }
        return Array(taken[...])
    }

    private mutating func advance() throws { pending = try rows.next().map { ($0[0], try make($0)) } }
}

extension Pull {
    fileprivate func with(_ contenders: [Decision.Contender]) -> Pull {
        Pull(
            number: number,
            decision: Decision(arm: decision.arm, contenders: contenders, propensity: decision.propensity),
            budget: budget, result: result, seconds: seconds, levels: levels)
    }
}

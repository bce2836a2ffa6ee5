import GRDB
import Problems

extension Ledger {
    /// Seconds that an evaluation took on average, for every problem that was searched: as measured one by one, or else its
    /// share of the whole search.
    public func secondsPerEvaluation() throws -> [ProblemManifest: Double] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT problem, sum(iif(evaluation_seconds > 0, evaluation_seconds, seconds)) / sum(evaluations)
                    FROM pull JOIN study ON study.id = study_id GROUP BY problem
                    """)
            return rows.reduce(into: [:]) { speeds, row in
                guard let problem: ProblemManifest = try? JSON.decode(row[0]) else { return }
                speeds[problem] = row[1] as Double
            }
        }
    }
}

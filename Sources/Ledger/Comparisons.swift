import Foundation
import GRDB
import Inner
import Outer
import Problems

/// A comparison as the ledger holds it.
public struct ComparisonRecord: Sendable {
    public let name: String
    public let spec: ComparisonSpec
    public let provenance: Provenance

    public init(name: String, spec: ComparisonSpec, provenance: Provenance) {
        (self.name, self.spec, self.provenance) = (name, spec, provenance)
    }

    /// Of the study in which a contestant learns its settings for a problem.
    public func studyName(_ contestant: Contestant, _ problem: Int) -> String {
        "\(name)-\(contestant.name)-\(problem + 1)"
    }
}

/// One line of a list of comparisons.
public struct ComparisonSummary: Sendable {
    public let name: String
    public let families: [String]
    public let problems: [String]
    public let blocks: Int
    /// Searches that are recorded, and their evaluations.
    public let searches: Int
    public let evaluations: Int
}

/// A search of a comparison, and what is known of it beside its improvements.
public struct ComparedSearch: Sendable {
    /// Which of the searches that are to be made.
    public struct Place: Sendable, Hashable {
        public let contestant: String
        public let problem: Int
        public let block: Int
        /// Evaluations it may spend.
        public let budget: Int

        public init(contestant: String, problem: Int, block: Int, budget: Int) {
            (self.contestant, self.problem, self.block, self.budget) = (contestant, problem, block, budget)
        }
    }

    public let place: Place
    public let configuration: Outer.Configuration
    public let evaluations: Int
    public let failures: Int
    public let improvements: [Trace.Checkpoint]
    public let best: SearchResult.Best?
    public let seconds: Double

    public init(_ place: Place, _ configuration: Outer.Configuration, _ result: SearchResult, seconds: Double) {
        (self.place, self.configuration, self.seconds) = (place, configuration, seconds)
        (evaluations, failures) = (result.evaluations, result.failures)
        (improvements, best) = (result.improvements.filter(\.best.isFinite), result.best)
    }

    fileprivate init(_ row: Row) throws {
        place = Place(
            contestant: row["contestant"], problem: row["problem"], block: row["block"], budget: row["budget"])
        configuration = try JSON.decode(row["configuration"])
        (evaluations, failures, seconds) = (row["evaluations"], row["failures"], row["seconds"])
        improvements = try Improvements.decode(row["improvements"])
        best = try (row["best_point"] as String?).map {
            SearchResult.Best(point: try JSON.decode($0), value: row["best"])
        }
    }
}

extension Ledger {
    /// Records a new comparison.
    ///
    /// - Throws: `LedgerError.comparisonExists`.
    public func create(_ comparison: ComparisonRecord) throws {
        guard Self.isName(comparison.name) else { throw LedgerError.badStudyName(comparison.name) }
        let spec = try JSON.text(comparison.spec)
        let commandLine = try JSON.text(comparison.provenance.commandLine)
        try write { db in
            guard try Self.comparison(comparison.name, db) == nil else {
                throw LedgerError.comparisonExists(name: comparison.name)
            }
            try db.execute(
                sql: """
                    INSERT INTO comparison (name, created, spec, command_line, program_version, host)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    comparison.name, comparison.provenance.created, spec, commandLine,
                    comparison.provenance.programVersion, comparison.provenance.host,
                ])
        }
    }

    /// Gives a comparison more contestants, problems or blocks; what is recorded stays.
    public func extend(_ comparison: ComparisonRecord, to spec: ComparisonSpec) throws -> ComparisonRecord {
        precondition(spec.extends(comparison.spec), "a comparison only grows")
        let text = try JSON.text(spec)
        try write { db in
            try db.execute(sql: "UPDATE comparison SET spec = ? WHERE name = ?", arguments: [text, comparison.name])
        }
        return ComparisonRecord(name: comparison.name, spec: spec, provenance: comparison.provenance)
    }

    /// The comparison of this name.
    ///
    /// - Throws: `LedgerError.noComparison`, with the names there are.
    public func comparison(named name: String) throws -> ComparisonRecord {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM comparison WHERE name = ?", arguments: [name])
            else {
                throw LedgerError.noComparison(
                    name: name, known: try String.fetchAll(db, sql: "SELECT name FROM comparison ORDER BY id"))
            }
            return try Self.decoding(name) {
                ComparisonRecord(
                    name: name, spec: try JSON.decode(row["spec"]),
                    provenance: Provenance(
                        created: row["created"], commandLine: try JSON.decode(row["command_line"]),
                        programVersion: row["program_version"], host: row["host"]))
            }
        }
    }

    /// All comparisons, oldest first.
    public func comparisons() throws -> [ComparisonSummary] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, spec, count(budget), coalesce(sum(evaluations), 0) FROM comparison
                    LEFT JOIN compared_search ON comparison_id = comparison.id GROUP BY comparison.id ORDER BY comparison.id
                    """
            ).map { row in
                let name: String = row[0]
                return try Self.decoding(name) {
                    let spec: ComparisonSpec = try JSON.decode(row[1])
                    return ComparisonSummary(
                        name: name, families: spec.contestants.map(\.name), problems: spec.problems.map(\.label),
                        blocks: spec.blocks, searches: row[2], evaluations: row[3])
                }
            }
        }
    }

    public func hasComparison(named name: String) throws -> Bool { try read { try Self.comparison(name, $0) != nil } }

    /// Records a finished search in one transaction. One that is there already is left as it is: it is the same.
    public func record(_ search: ComparedSearch, of comparison: ComparisonRecord) async throws {
        let configuration = try JSON.text(search.configuration)
        let point = try search.best.map { try JSON.text($0.point) }
        let improvements = Improvements.encode(search.improvements)
        try await commit { db in
            try db.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO compared_search (comparison_id, contestant, problem, block, budget, configuration,
                        evaluations, outcome, best, best_point, failures, seconds, improvements)
                    VALUES ((SELECT id FROM comparison WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                comparison.name, search.place.contestant, search.place.problem, search.place.block,
                search.place.budget, configuration, search.evaluations,
                search.best == nil ? "undefined" : "ok", search.best?.value, point,
                search.failures, search.seconds, improvements,
            ])
        }
    }

    /// The searches that are recorded, by problem, block, contestant and budget.
    public func searches(of comparison: ComparisonRecord) throws -> [ComparedSearch] {
        try read { db in
            try Self.decoding(comparison.name) {
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM compared_search WHERE comparison_id = (SELECT id FROM comparison WHERE name = ?)
                        ORDER BY problem, block, contestant, budget
                        """, arguments: [comparison.name]
                ).map(ComparedSearch.init)
            }
        }
    }

    private static func comparison(_ name: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT id FROM comparison WHERE name = ?", arguments: [name])
    }
}

/// Improvements as bytes: for each the evaluations since the one before, seven bits a byte and the lowest first, then the value's
/// eight bytes, the lowest first.
enum Improvements {
    static func encode(_ improvements: [Trace.Checkpoint]) -> Data {
        var data = Data(capacity: improvements.count * 10)
        var last = 0
        for improvement in improvements {
            var distance = UInt64(improvement.evaluations - last)
            last = improvement.evaluations
            while distance >= 0x80 {
                data.append(UInt8(truncatingIfNeeded: distance) | 0x80)
                distance >>= 7
            }
            data.append(UInt8(distance))
            withUnsafeBytes(of: improvement.best.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        return data
    }

    /// - Throws: `DecodingError` for bytes that no program would have written.
    static func decode(_ data: Data) throws -> [Trace.Checkpoint] {
        let bytes = [UInt8](data)
        var (place, last) = (0, 0)
        var improvements: [Trace.Checkpoint] = []
        while place < bytes.count {
            var (distance, shift) = (0, 0)
            while place < bytes.count, bytes[place] >= 0x80, shift < 49 {
                distance |= Int(bytes[place] & 0x7F) << shift
                (place, shift) = (place + 1, shift + 7)
            }
            guard place + 9 <= bytes.count, bytes[place] < 0x80 else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "improvements are torn"))
            }
            last += distance | Int(bytes[place]) << shift
            let pattern = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[place + 1 + $1]) << (8 * $1) }
            improvements.append(Trace.Checkpoint(evaluations: last, best: Double(bitPattern: pattern)))
            place += 9
        }
        return improvements
    }
}

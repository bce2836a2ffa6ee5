import Foundation
import GRDB
import Inner

/// A search for a mixture of experts by a baseline, and what it found.
public struct MixtureSearch: Sendable, Equatable {
    /// Name of the baseline.
    public let method: String
    /// From 0.
    public let number: Int
    /// Evaluations it might spend, and did.
    public let budget: Int
    public let evaluations: Int
    /// What it searched with, if that differs from search to search.
    public let setting: String?
    /// Nil if nothing had a value.
    public let best: SearchResult.Best?
    public let seconds: Double

    public init(
        _ method: String, number: Int, budget: Int, evaluations: Int, setting: String? = nil, best: SearchResult.Best?,
        seconds: Double
    ) {
        (self.method, self.number, self.budget) = (method, number, budget)
        (self.evaluations, self.setting, self.best, self.seconds) = (evaluations, setting, best, seconds)
    }
}

/// What a mixture came to on the test examples.
public struct TestedMixture: Sendable, Equatable {
    public let coefficients: [Double]
    /// Nil if it has none; then `evidence` says why.
    public let value: Double?
    /// Of single examples; empty if they were not told, or are not what the value is the mean of.
    public let losses: [Double]
    public let evidence: String?
    /// Searches of the study that were recorded when it was tested.
    public let searches: Int

    public init(_ coefficients: [Double], _ evaluation: Evaluation, searches: Int = 0) {
        self.searches = searches
        self.coefficients = coefficients
        value = evaluation.outcome == .ok ? evaluation.value : nil
        losses = evaluation.losses.areBehind(evaluation.value) ? evaluation.losses : []
        evidence = value == nil ? evaluation.evidence ?? evaluation.outcome.rawValue : nil
    }

    fileprivate init(_ row: Row) throws {
        coefficients = try JSON.decode(row["coefficients"])
        (value, evidence, searches) = (row["value"], row["evidence"], row["searches"])
        losses = Losses.decode(row["losses"])
    }
}

/// What the composing part of a study has found.
extension Ledger {
    /// The names of the baselines that a composition is to be compared with; nil if nobody said.
    public func baselines(of study: StudyRecord) throws -> [String]? {
        try read { db in
            try String.fetchOne(db, sql: "SELECT baselines FROM study WHERE name = ?", arguments: [study.name])
        }?.split(separator: ",").map(String.init)
    }

    /// Says which baselines a composition is to be compared with.
    public func set(baselines: [String], of study: StudyRecord) throws {
        try write { db in
            try db.execute(
                sql: "UPDATE study SET baselines = ? WHERE name = ?",
                arguments: [baselines.joined(separator: ","), study.name])
        }
    }

    /// Records what a baseline found in one transaction. What is there already is left as it is: it is the same.
    public func record(_ search: MixtureSearch, of study: StudyRecord) async throws {
        let coefficients = try search.best.map { try JSON.text($0.point) }
        try await commit { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO mixture_search (study_id, method, number, budget, evaluations, setting, best,
                        coefficients, seconds)
                    VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.name, search.method, search.number, search.budget, search.evaluations, search.setting,
                    search.best?.value, coefficients, search.seconds,
                ])
        }
    }

    /// What baselines found, by method and number.
    public func mixtureSearches(of study: StudyRecord) throws -> [MixtureSearch] {
        try rows("SELECT * FROM mixture_search WHERE study_id = :study ORDER BY method, number, budget", study) { row in
            MixtureSearch(
                row["method"], number: row["number"], budget: row["budget"], evaluations: row["evaluations"],
                setting: row["setting"],
                best: try (row["coefficients"] as String?).map {
                    SearchResult.Best(point: try JSON.decode($0), value: row["best"])
                }, seconds: row["seconds"])
        }
    }

    /// The best mixture of all searches of a study: of its pulls in order, then of its fresh searches. Nil if none had a
    /// value.
    public func bestMixture(of study: StudyRecord) throws -> SearchResult.Best? {
        try rows(
            """
            SELECT best, best_point FROM (
                SELECT 0 AS part, number, budget, best, best_point FROM pull WHERE study_id = :study AND best IS NOT NULL
                UNION ALL
                SELECT 1, number, budget, best, best_point FROM fresh_search
                    WHERE study_id = :study AND best IS NOT NULL AND is_charged
            ) ORDER BY best, part, number, budget LIMIT 1
            """, study
        ) { SearchResult.Best(point: try JSON.decode($0["best_point"]), value: $0["best"]) }.first
    }

    /// The best points of fresh searches.
    func freshPoints(of study: StudyRecord) throws -> [[Double]] {
        try rows("SELECT best_point FROM fresh_search WHERE study_id = :study AND best_point IS NOT NULL", study) {
            try JSON.decode($0["best_point"])
        }
    }

    /// Records what a mixture came to on the test examples; it is asked but once.
    public func record(_ tested: TestedMixture, of study: StudyRecord) async throws {
        let coefficients = try JSON.text(tested.coefficients)
        let losses = Losses.encode(tested.losses)
        try await commit { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO tested_mixture (study_id, created, coefficients, value, losses, evidence, searches)
                    VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.name, Date.now.ISO8601Format(), coefficients, tested.value, losses, tested.evidence,
                    tested.searches,
                ])
        }
    }

    /// All mixtures that were tested, in the order in which they were.
    public func testedMixtures(of study: StudyRecord) throws -> [TestedMixture] {
        try rows("SELECT * FROM tested_mixture WHERE study_id = :study ORDER BY id", study, TestedMixture.init)
    }

    private func rows<Value>(_ sql: String, _ study: StudyRecord, _ value: (Row) throws -> Value) throws -> [Value] {
        try read { db in
            guard let identifier = try Self.identifier(of: study.name, db) else { return [] }
            return try Self.decoding(study.name) {
                try Row.fetchAll(db, sql: sql, arguments: ["study": identifier]).map(value)
            }
        }
    }
}

extension [Double] {
    /// Whether these are losses of examples whose mean is the value, but for rounding.
    func areBehind(_ value: Double) -> Bool {
        guard !isEmpty, value.isFinite, allSatisfy(\.isFinite) else { return false }
        let mean = reduce(0, +) / Double(count)
        return (mean - value).magnitude <= 1e-4 * Swift.max(value.magnitude, (map(\.magnitude).max() ?? 0))
    }
}

/// Losses as bytes: eight a number, the lowest first.
private enum Losses {
    static func encode(_ losses: [Double]) -> Data {
        var data = Data(capacity: 8 * losses.count)
        for loss in losses { withUnsafeBytes(of: loss.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    static func decode(_ data: Data) -> [Double] {
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count / 8 * 8, by: 8).map { start in
            Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) })
        }
    }
}

import Foundation
import Ledger

/// The studies of a manifest, each checked as `knee learn` checks it, before anything is run.
struct SweepPlan: Sendable {
    let name: String
    let file: String
    /// Path of the ledger.
    let ledger: String
    let studies: [PlannedStudy]

    static let largestCount = 10_000

    /// - Parameter path: of the ledger, instead of the manifest's.
    /// - Throws: `ManifestError`, `LedgerError`.
    init(at file: String, ledger path: String?) throws {
        let manifest = try SweepManifest(at: file)
        let count = manifest.entries.reduce(0) { $0 + $1.count }
        guard count <= Double(Self.largestCount) else {
            throw ManifestError.flawed(file, entry: nil, line: nil, .tooMany(Int(min(count, 1e15))))
        }
        (name, self.file, ledger) = (manifest.name, file, path ?? manifest.ledger ?? LedgerOptions.standard)
        studies = try Self.studies(manifest, file, ledger)
    }

    private static func studies(_ manifest: SweepManifest, _ file: String, _ path: String) throws -> [PlannedStudy] {
        let ledger = try openedIfThere(path)
        var studies: [PlannedStudy] = []
        var (names, contents): ([String: Int], [PlannedStudy.Content: String]) = ([:], [:])
        for entry in manifest.entries {
            for combination in entry.combinations {
                do {
                    let study = try PlannedStudy(combination, of: entry, sweep: manifest.name, path: path, ledger)
                    if let other = names.updateValue(entry.number, forKey: study.name) {
                        throw ManifestError.Flaw.sameName(study.name, as: other)
                    }
                    if let other = contents.updateValue(study.name, forKey: study.content) {
                        throw ManifestError.Flaw.sameStudy(as: other)
                    }
                    studies.append(study)
                } catch {
                    guard let flaw = error as? ManifestError.Flaw ?? Failure(error).map(ManifestError.Flaw.study) else {
                        throw error
                    }
                    throw ManifestError.flawed(file, entry: entry.number, line: entry.line, flaw)
                }
            }
        }
        return studies
    }

    private static func openedIfThere(_ path: String) throws -> Ledger? {
        do { return try Ledger(at: path, .readOnly) } catch LedgerError.missing { return nil }
    }

    /// Where the report is kept: in a folder beside the ledger.
    func reportPath(ending: String) -> String {
        URL(fileURLWithPath: ledger).deletingLastPathComponent().appendingPathComponent("\(name)/report.\(ending)").path
    }
}

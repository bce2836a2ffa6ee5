import Foundation
import Ledger
import Outer
import Report

/// The page of a study, as a file.
struct StudyPageFile {
    let report: StudyReport
    /// The study's finished pulls, in order.
    let pulls: [Pull]
    let study: StudyRecord
    let ledger: Ledger

    /// Where a page is written unless told: in a folder of the study's name beside the ledger.
    static func path(of name: String, beside ledger: String) -> String {
        let folder = (ledger as NSString).deletingLastPathComponent
        // '.' and '..' are studies too.
        let own = name.allSatisfy { $0 == "." } ? "study" + name : name
        return (folder.isEmpty ? "" : folder + "/") + own + "/report.html"
    }

    /// - Throws: `Failure` if the file cannot be written.
    func write(to path: String) throws { try DurableFile.write(try text(), to: path, makingFolder: true) }

    private func text() throws -> String { StudyPage.render(report, try picture()) }

    /// What charts are drawn from; nil if nothing was learned yet.
    func picture(history: Bool = true) throws -> StudyPicture? {
        let fresh = try report.confirmation.map { try ledger.freshSearches(behind: $0, in: study) }
        return try StudyPicture(report, pulls, fresh: fresh ?? [], history: history)
    }
}

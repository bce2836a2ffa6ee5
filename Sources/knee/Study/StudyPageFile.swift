import Foundation
import Report

/// The page of a study, as a file.
enum StudyPageFile {
    /// Where it is written unless told: in a folder of the study's name beside the ledger.
    static func path(of name: String, beside ledger: String) -> String {
        let folder = (ledger as NSString).deletingLastPathComponent
        // '.' and '..' are studies too.
        let own = name.allSatisfy { $0 == "." } ? "study" + name : name
        return (folder.isEmpty ? "" : folder + "/") + own + "/report.html"
    }

    /// - Parameter picture: of the study; nil if nothing was learned yet.
    /// - Throws: `Failure` if the file cannot be written.
    static func write(
        _ report: StudyReport, _ picture: StudyPicture?, _ composition: CompositionReport? = nil, to path: String
    ) throws {
        try DurableFile.write(StudyPage.render(report, picture, composition), to: path, makingFolder: true)
    }
}

import Experts
import Foundation
import Ledger
import Problems
import Report

/// The composed expert and its card, in the study's folder.
enum ComposedFiles {
    /// An adapter has a folder of its own, as it has where PEFT saves it.
    static func paths(of study: StudyRecord, beside ledger: String) -> (expert: String, card: String) {
        let folder = (StudyPageFile.path(of: study.name, beside: ledger) as NSString).deletingLastPathComponent
        let expert = isAdapter(study.problem) ? "composed/adapter_model.safetensors" : "composed.safetensors"
        return ("\(folder)/\(expert)", "\(folder)/card.md")
    }

    private static func isAdapter(_ problem: ProblemManifest) -> Bool {
        guard case .command(let spec) = problem, let first = spec.experts?.files.first else { return false }
        return (first as NSString).lastPathComponent == "adapter_model.safetensors"
    }

    /// Makes sure, before anything is searched, that the composed expert can be written.
    ///
    /// - Throws: `ExternalError` if an expert lies where it would be.
    static func prepare(_ study: StudyRecord, beside ledger: String) throws {
        let paths = paths(of: study, beside: ledger)
        do throws(ExpertError) {
            let files = try experts(of: study.problem, folder: (paths.card as NSString).deletingLastPathComponent)
            let target = URL(fileURLWithPath: paths.expert).resolvingSymlinksInPath().path
            if let expert = files.first(where: { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == target }) {
                throw .wouldOverwrite(expert: expert)
            }
        } catch { throw ExternalError.experts(error) }
    }

    /// Whether the composed expert that lies there is this mixture.
    static func isWritten(_ mixture: [Double], at path: String) -> Bool {
        let text = (try? SafetensorsFile(path))?.header.metadata["knee.coefficients"]
        return text?.split(separator: " ").map { Double($0) } == mixture
    }

    /// Writes both, in place of older ones; never over an expert.
    ///
    /// - Throws: `Failure` or `ExternalError` if they cannot be written.
    static func write(
        _ composition: CompositionReport, _ report: StudyReport, study: StudyRecord, beside ledger: String
    ) throws -> (expert: String, card: String) {
        let paths = paths(of: study, beside: ledger)
        do throws(ExpertError) {
            let files = try experts(of: study.problem, folder: (paths.card as NSString).deletingLastPathComponent)
            let pool = try ExpertPool(files)
            let folder = (paths.expert as NSString).deletingLastPathComponent
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try pool.materialise(composition.entries[0].mixture.point, as: study.problem.merge, to: paths.expert)
        } catch { throw ExternalError.experts(error) }
        if isAdapter(study.problem), case .command(let spec) = study.problem {
            try AdapterConfiguration.write(
                for: spec.experts?.files ?? [], study.problem.merge,
                to: (paths.expert as NSString).deletingLastPathComponent)
        }
        let card = CompositionCard.render(
            composition, of: report, merge: study.problem.merge.rawValue, examples: study.problem.validationExamples)
        try DurableFile.write(card, to: paths.card, makingFolder: true)
        return paths
    }

    private static func demonstration(_ pool: Int, in folder: String) throws(ExpertError) -> [String] {
        // Where it cannot be made, the files in it say why.
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try DigitsMixtures(pool: pool).writeExperts(to: folder)
    }

    private static func experts(of problem: ProblemManifest, folder: String) throws(ExpertError) -> [String] {
        switch problem {
        case .command(let spec): spec.experts?.files ?? []
        case .digits(let pool): try demonstration(pool, in: "\(folder)/experts")
        case .catalogue: []
        }
    }
}

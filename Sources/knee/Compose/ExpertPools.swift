import Experts
import Foundation
import Problems

/// The experts of a composition, as files.
enum ExpertPools {
    /// - Throws: `Failure` if there is nothing to search among them.
    static func check(_ manifest: ProblemManifest) throws {
        guard case .command(let spec) = manifest, let experts = spec.experts else { return }
        do {
            let pool = try ExpertPool(experts.files)
            if pool.isPoint {
                throw Failure(
                    usage:
                        "there is only one expert, \(experts.files[0]): all that can be composed of it is itself. A search needs at least two."
                )
            }
            if let bad = try pool.nonFiniteWeights().first {
                throw Failure(
                    usage:
                        "\(bad.path) has \(bad.count == 1 ? "a weight" : "\(bad.count) weights") in '\(bad.tensor)' that \(bad.count == 1 ? "is no finite number" : "are no finite numbers"): no mixture with it can be evaluated."
                )
            }
            if let same = try pool.identicalExperts().first {
                let names = same.map { experts.files[$0] }.joined(separator: " and ")
                throw Failure(usage: "\(names) are the same in every weight: leave one, or both would count as one.")
            }
        } catch let error as ExpertError { throw ExternalError.experts(error) }
    }

    /// Names that tell files apart: of the file, or, of adapters, of the folder.
    static func names(_ files: [String]) -> [String] {
        let short = files.map { file in
            let path = file as NSString
            return path.lastPathComponent == "adapter_model.safetensors"
                ? (path.deletingLastPathComponent as NSString).lastPathComponent
                : (path.lastPathComponent as NSString).deletingPathExtension
        }
        // A file and a folder may share one.
        return Set(short).count == short.count
            ? short : files.map { $0.split(separator: "/").suffix(2).joined(separator: "/") }
    }
}

extension ProblemManifest {
    /// Names of the experts, in the order of their coefficients; empty if there are none.
    var expertNames: [String] {
        switch self {
        case .command(let spec): ExpertPools.names(spec.experts?.files ?? [])
        case .digits: (0..<DigitsPool.size).map { "expert-\($0)" }
        case .catalogue: []
        }
    }

    /// How experts are merged, as the command line says it.
    var merge: MergeRule {
        if case .command(let spec) = self, let experts = spec.experts { experts.merge } else { .linear }
    }

    /// Validation examples.
    var validationExamples: Int? {
        switch self {
        case .command(let spec): spec.experts?.examples
        case .digits: 200
        case .catalogue: nil
        }
    }
}

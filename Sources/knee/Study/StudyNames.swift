import Ledger
import Problems

/// Readable names for studies that were given none.
enum StudyNames {
    /// Records a study under the first free name of `mgh09-1`, `mgh09-2`, ...
    ///
    /// - Parameters:
    ///   - stem: what the names begin with.
    ///   - make: the study of a name.
    static func create(
        _ stem: String, from first: Int = 1, in ledger: Ledger, _ make: (String) -> StudyRecord
    ) throws -> StudyRecord {
        var number = first
        while true {
            let name = "\(stem)-\(number)"
            if try !ledger.hasStudy(named: name) {
                let study = make(name)
                do {
                    try ledger.create(study)
                    return study
                } catch LedgerError.studyExists {
                    // Another program took the name in between.
                }
            }
            number += 1
        }
    }

    /// The problem's short name.
    static func stem(of problem: ProblemManifest) -> String {
        let word =
            switch problem {
            case .catalogue(let name, _, _): name
            case .digits: "digits"
            case .command(let spec) where spec.experts != nil: "composed"
            case .command(let spec): spec.words.first?.split(separator: " ").first.map(String.init) ?? ""
            }
        let last = word.split { $0 == "/" || $0.isWhitespace }.last.map(String.init) ?? ""
        let clean = last.filter { $0.isLetter || $0.isNumber || "-_.".contains($0) }.prefix(40)
        return clean.isEmpty ? "study" : String(clean)
    }
}

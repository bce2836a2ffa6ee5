import Ledger
import Problems

/// Readable names for studies that were given none.
enum StudyNames {
    /// `mgh09-3`: the problem's short name and the first number that is free.
    static func fresh(for problem: ProblemManifest, in ledger: Ledger) throws -> String {
        let stem = stem(of: problem)
        var number = 1
        while try ledger.hasStudy(named: "\(stem)-\(number)") { number += 1 }
        return "\(stem)-\(number)"
    }

    private static func stem(of problem: ProblemManifest) -> String {
        let word =
            switch problem {
            case .catalogue(let name, _, _): name
            case .command(let words, _, _, _, _): words.first?.split(separator: " ").first.map(String.init) ?? ""
            }
        let last = word.split { $0 == "/" || $0.isWhitespace }.last.map(String.init) ?? ""
        let clean = last.filter { $0.isLetter || $0.isNumber || "-_.".contains($0) }.prefix(40)
        return clean.isEmpty ? "study" : String(clean)
    }
}

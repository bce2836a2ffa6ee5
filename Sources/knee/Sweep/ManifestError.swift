import Yams

/// Why the manifest of a sweep cannot be used, with the evidence.
enum ManifestError: Error {
    case unreadable(String)
    /// Where the flaw is: the file, the number of the study in it from 1, and the line, as far as they are known.
    case flawed(String, entry: Int?, line: Int?, Flaw)

    enum Flaw: Error {
        case syntax(String)
        case noMapping(String)
        case badName(String?)
        case noStudies
        case unknownKey(String, known: [String])
        case emptyList(String)
        case listInList(String)
        case noWord(String)
        case twice(String)
        case noFlag(String, String)
        case commaInList(String, String)
        case unfilled(String)
        case tooMany(Int)
        /// Two studies that would have one name, or that are one study.
        case sameName(String, as: Int)
        case sameStudy(as: String)
        /// What `learn` says about the study.
        case study(Failure)
    }
}

extension Error {
    /// Where a parser stopped, and why.
    var line: Int? {
        switch self as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    var problem: String {
        switch self as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let keys, _):
            "a key is there twice: \(keys.map { "\($0)" }.joined(separator: ", "))"
        default: "it is no YAML"
        }
    }
}

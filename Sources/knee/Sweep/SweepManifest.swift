import Foundation
import Yams

/// A sweep as its file says it: a name, a ledger, and mappings of keys to values, one mapping for many studies.
struct SweepManifest {
    /// Begins the names of its studies.
    let name: String
    let ledger: String?
    let entries: [Entry]

    /// One item of `studies`, with the defaults that it does not replace.
    struct Entry {
        /// From 1, in the order of the file.
        let number: Int
        let line: Int?
        /// What begins the names of its studies, after the sweep's.
        let name: String?
        let settings: [SweepSetting]
    }

    static let keys = ["name", "ledger", "defaults", "studies"]

    /// - Throws: `ManifestError`.
    init(at path: String) throws(ManifestError) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw .unreadable(path) }
        try self.init(text, path: path)
    }

    init(_ text: String, path: String) throws(ManifestError) {
        let flawed = { (flaw: ManifestError.Flaw, line: Int?) in
            ManifestError.flawed(path, entry: nil, line: line, flaw)
        }
        let root = try Self.root(of: text, path)
        var (name, ledger, defaults, studies): (String?, String?, [(Node, Node)], Node?) = (nil, nil, [], nil)
        for (key, value) in root {
            let key = (text: key.string ?? "", line: key.mark?.line)
            switch key.text {
            case "name": name = value.string
            case "ledger": ledger = value.string
            case "defaults":
                guard let mapping = value.mapping else { throw flawed(.noMapping("defaults"), key.line) }
                defaults = mapping.map { ($0.key, $0.value) }
            case "studies": studies = value
            default: throw flawed(.unknownKey(key.text, known: Self.keys), key.line)
            }
        }
        guard let name, Self.isName(name) else { throw flawed(.badName(name), nil) }
        guard ledger?.contains("${") != true else { throw flawed(.unfilled(ledger!), nil) }
        guard let list = studies?.sequence, !list.isEmpty else { throw flawed(.noStudies, studies?.mark?.line) }
        self.name = name
        self.ledger = ledger
        var entries: [Entry] = []
        for (index, node) in list.enumerated() {
            let line = node.mark?.line
            do throws(ManifestError.Flaw) {
                entries.append(try Entry(number: index + 1, line: line, node, defaults))
            } catch { throw .flawed(path, entry: index + 1, line: line, error) }
        }
        self.entries = entries
    }

    private static func root(of text: String, _ path: String) throws(ManifestError) -> Node.Mapping {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw .flawed(path, entry: nil, line: error.line, .syntax(error.problem))
        }
        guard let mapping = node?.mapping else { throw .flawed(path, entry: nil, line: nil, .noMapping("the file")) }
        return mapping
    }

    /// Part of file and study names: short, and without anything that means something elsewhere.
    static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._\-]{0,39}/) != nil }
}

extension SweepManifest.Entry {
    fileprivate init(
        number: Int, line: Int?, _ node: Node, _ defaults: [(Node, Node)]
    ) throws(ManifestError.Flaw) {
        guard let mapping = node.mapping else { throw .noMapping("a study") }
        var (name, settings): (String?, [SweepSetting]) = (nil, [])
        let own = mapping.map { ($0.key, $0.value) }
        let kept = defaults.filter { mapping[$0.0] == nil }
        for (key, value) in kept + own {
            if key.string == "name" {
                guard let text = value.string, SweepManifest.isName(text) else { throw .badName(value.string) }
                name = text
            } else if let setting = try SweepSetting(key: key.string ?? "", value) {
                settings.append(setting)
            }
        }
        // However the file is ordered, the studies and their names are the same.
        let places = Dictionary(uniqueKeysWithValues: SweepKey.all.enumerated().map { ($1.name, $0) })
        settings.sort { places[$0.key.name]! < places[$1.key.name]! }
        (self.number, self.line, self.name, self.settings) = (number, line, name, settings)
    }
}

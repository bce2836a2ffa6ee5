import Yams

/// A key with the values that studies may have for it.
struct SweepSetting {
    let key: SweepKey
    /// One study each; of several words where the key takes several.
    let values: [[String]]
    /// Written as a list, if only of one: then it is part of the studies' names.
    let isVaried: Bool

    /// - Returns: nil for `~`, which takes a default away.
    init?(key name: String, _ node: Node) throws(ManifestError.Flaw) {
        guard let key = SweepKey.all.first(where: { $0.name == name }) else {
            throw .unknownKey(name, known: ["name"] + SweepKey.all.map(\.name))
        }
        if case .scalar(let scalar) = node, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
            return nil
        }
        self.key = key
        switch node {
        case .sequence(let items):
            guard !items.isEmpty else { throw .emptyList(name) }
            let isValue = key.shape == .value || key.shape == .flag
            let lists = items.filter { $0.sequence != nil }
            if isValue || lists.count == items.count {
                guard isValue == lists.isEmpty else { throw .listInList(name) }
                values = try Self.each(items) { item throws(ManifestError.Flaw) in
                    try Self.each(item.sequence.map(Array.init) ?? [item]) { part throws(ManifestError.Flaw) in
                        try Self.word(part, of: key, isInList: !isValue)
                    }
                }
                isVaried = true
            } else {
                guard lists.isEmpty else { throw .listInList(name) }
                values = [
                    try Self.each(items) { item throws(ManifestError.Flaw) in
                        try Self.word(item, of: key, isInList: true)
                    }
                ]
                isVaried = false
            }
            guard values.allSatisfy({ !$0.isEmpty }) else { throw .emptyList(name) }
            guard Set(values).count == values.count else { throw .twice(name) }
        default:
            values = [[try Self.word(node, of: key, isInList: false)]]
            isVaried = false
        }
    }

    private static func each<Element, Value>(
        _ items: some Sequence<Element>, _ value: (Element) throws(ManifestError.Flaw) -> Value
    ) throws(ManifestError.Flaw) -> [Value] {
        var values: [Value] = []
        for item in items { values.append(try value(item)) }
        return values
    }

    private static func word(_ node: Node, of key: SweepKey, isInList: Bool) throws(ManifestError.Flaw) -> String {
        guard case .scalar(let scalar) = node else { throw .noWord(key.name) }
        let text = scalar.string
        if text.contains("${") { throw .unfilled(text) }
        if key.shape == .flag, text != "true", text != "false" { throw .noFlag(key.name, text) }
        if key.shape == .commas, isInList, text.contains(",") { throw .commaInList(key.name, text) }
        return text
    }

    /// What `knee learn` is told for one of the values; a command is what stands after `--`.
    func arguments(_ words: [String]) -> [String] {
        switch key.shape {
        case .value: key.name == "problem" ? words : ["--\(key.name)=\(words[0])"]
        case .flag: words[0] == "true" ? ["--\(key.name)"] : []
        case .commas: ["--\(key.name)=\(words.joined(separator: ","))"]
        case .repeated: words.map { "--\(key.name)=\($0)" }
        case .command: words
        }
    }
}

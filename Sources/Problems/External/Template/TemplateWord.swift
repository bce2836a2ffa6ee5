/// One word of a command template.
enum TemplateWord: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case coordinate(Int, String)
        case seed
        case dimension
    }

    /// `{x}`: one argument a coordinate.
    case coordinates
    case pieces([Piece])

    init(_ word: String) throws(TemplateError) {
        guard word != "{x}" else {
            self = .coordinates
            return
        }
        var pieces: [Piece] = []
        var rest = word[...]
        while let match = rest.firstMatch(of: /\{([a-z][a-z0-9_]*)\}/) {
            if match.range.lowerBound > rest.startIndex {
                pieces.append(.text(String(rest[..<match.range.lowerBound])))
            }
            pieces.append(try Self.piece(String(match.1), word: word))
            rest = rest[match.range.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self = .pieces(pieces)
    }

    private static func piece(_ name: String, word: String) throws(TemplateError) -> Piece {
        switch name {
        case "seed": return .seed
        case "dim": return .dimension
        case "x": throw .notAWholeWord(word)
        default:
            guard name.first == "x", let j = Int(name.dropFirst()), String(j) == name.dropFirst() else {
                throw .unknownPlaceholder("{\(name)}", word: word)
            }
            return .coordinate(j, "{\(name)}")
        }
    }

    /// True if it has no placeholder.
    var isConstant: Bool {
        guard case .pieces(let pieces) = self else { return false }
        return pieces.allSatisfy { if case .text = $0 { true } else { false } }
    }

    func expanded(_ point: [Double], seed: UInt64) -> [String] {
        guard case .pieces(let pieces) = self else { return point.map(\.description) }
        return [
            pieces.reduce(into: "") { word, piece in
                switch piece {
                case .text(let text): word += text
                case .coordinate(let j, _): word += point[j].description
                case .seed: word += String(seed)
                case .dimension: word += String(point.count)
                }
            }
        ]
    }
}

/// Elements of HTML and SVG. Text and attributes are escaped where they are written, so what users name can never become
/// markup; only constants of the program are written as they are.
public struct Markup: Sendable {
    private let name: String?
    private var attributes: [(String, String)] = []
    private var children: [Markup] = []
    private let raw: String

    /// - Parameters:
    ///   - name: of the element.
    ///   - attributes: names are constants of the program; values are escaped.
    init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: [Markup] = []) {
        self.name = "\(name)"
        self.attributes = attributes.map { ("\($0.key)", $0.value) }
        self.children = children
        raw = ""
    }

    init(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>,
        _ more: KeyValuePairs<StaticString, String>, _ children: [Markup] = []
    ) {
        self.init(name, attributes, children)
        self.attributes += more.map { ("\($0.key)", $0.value) }
    }

    init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String) {
        self.init(name, attributes, [.text(text)])
    }

    private init(raw: String) {
        name = nil
        self.raw = raw
    }

    /// What users wrote, or anything else that is to be read.
    static func text(_ text: String) -> Markup { Markup(raw: escaped(text)) }

    /// Style and script of the program itself.
    static func constant(_ text: String) -> Markup { Markup(raw: text) }

    func render() -> String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        guard let name else {
            text += raw
            return
        }
        text += "<" + name
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
        text += ">"
        if children.isEmpty, Self.void.contains(name) { return }
        for child in children { child.write(to: &text) }
        text += "</\(name)>"
    }

    private static let void: Set = ["meta", "br", "link"]

    /// Characters that could begin or end markup are named; those that no page may hold become U+FFFD.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 32 || $0 == 127 || "&<>\"'".utf8.contains($0) }) else { return text }
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(character)
            case _ where character.value < 32 || character.value == 127: result += "\u{FFFD}"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

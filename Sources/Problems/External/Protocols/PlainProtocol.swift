import Inner

/// One process an evaluation; the last line of its standard output that is not blank is one number.
public struct PlainProtocol: ProcessProtocol {
    public var name: String { "plain" }

    public func check(_ template: CommandTemplate) throws(TemplateError) {
        guard template.seesThePoint else { throw .neverSeesThePoint(protocolName: name) }
    }

    public func arguments(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> [String] {
        template.arguments(for: point, seed: seed)
    }

    public func read(_ line: String) -> Reading {
        parseNumber(line).map(Reading.value) ?? .nothing("no number")
    }
}

extension ExternalProtocol where Self == PlainProtocol {
    public static var plain: PlainProtocol { PlainProtocol() }
}

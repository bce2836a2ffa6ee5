import Inner

/// One process an evaluation; the last line of its standard output that is not blank is one number.
public struct PlainProtocol: ExternalProtocol {
    public var name: String { "plain" }

    public func pointsPerCall(batch: Int) -> Int { 1 }

    public func check(_ template: CommandTemplate) throws(TemplateError) {
        guard template.seesThePoint else { throw .neverSeesThePoint(protocolName: name) }
    }

    public func makeWorker(_ command: ExternalCommand) -> any ExternalWorker {
        ProcessPerEvaluation(command: command, arguments: command.template.arguments(for:seed:), read: parseNumber)
    }
}

extension ExternalProtocol where Self == PlainProtocol {
    public static var plain: PlainProtocol { PlainProtocol() }
}

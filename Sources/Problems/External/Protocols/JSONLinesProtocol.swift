import Inner

/// One long-lived process a worker: a line of JSON asks for the values of a batch, a line of JSON answers.
///
///     -> {"id":7,"x":[[0.5,1.0],[0.25,2.0]],"seed":[123,124]}
///     <- {"id":7,"value":[0.12,null]}
///
/// `null` and `"nan"` are undefined values, `{"id":7,"error":"..."}` is a failed batch, and the first line may be
/// `{"ready":true}`, which starts the clock anew. An answer said twice counts once. A worker that breaks these rules or
/// dies is replaced for the next batch; one that ended between two batches is replaced without loss.
public struct JSONLinesProtocol: ExternalProtocol {
    public var name: String { "jsonl" }

    public func pointsPerCall(batch: Int) -> Int { max(1, batch) }

    public func check(_ template: CommandTemplate) throws(TemplateError) {
        if let placeholder = template.changingPlaceholder {
            throw .changesByPoint(placeholder: placeholder, protocolName: name)
        }
    }

    public func makeWorker(_ command: ExternalCommand) -> any ExternalWorker { JSONLinesWorker(command) }

    public func byHand(_ template: CommandTemplate, _ point: [Double], seed: UInt64, setting: String) -> String {
        let request = trimmed(requestLine(id: 1, [point], seeds: [seed]))
        let command = [template.command] + template.arguments(dimension: point.count)
        return "echo \(ShellWord.quoted(request)) | \(setting)\(ShellWord.line(command))"
    }
}

extension ExternalProtocol where Self == JSONLinesProtocol {
    public static var jsonl: JSONLinesProtocol { JSONLinesProtocol() }
}

import Inner

/// How a command is spoken to.
protocol ExternalProtocol: Sendable {
    var name: String { get }
    /// Checks that the command makes sense in this protocol.
    ///
    /// - Throws: `ExternalError`.
    func check(_ template: CommandTemplate, dimension: Int) throws(ExternalError)
    /// Points a request holds, when `points` are wanted and `workers` can work at them.
    func requestSize(points: Int, workers: Int, batch: Int) -> Int
    /// One worker: serves requests until the queue ends. Leaves no process behind, cancelled or not.
    func serve(_ queue: RequestQueue, _ command: PreparedCommand) async
}

/// A command that was checked, with the file it runs.
struct PreparedCommand: Sendable {
    let template: CommandTemplate
    let executable: String
    let dimension: Int
}

/// Every protocol by name.
public enum ExternalProtocolCatalogue {
    static let all = Catalogue<any ExternalProtocol>(
        "protocol",
        [
            .init("plain", "one process an evaluation; the last line it prints is the value") { PlainProtocol() },
            .init("jsonl", "long-lived workers; a batch of points a line, as JSON") { JSONLinesProtocol() },
        ])

    /// Name and one line for people.
    public static var entries: [(name: String, summary: String)] { all.entries.map { ($0.name, $0.summary) } }
}

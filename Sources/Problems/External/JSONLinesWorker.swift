import Inner

/// Speaks to one long-lived process at a time and starts it anew when it is gone.
actor JSONLinesWorker: ExternalWorker {
    private let command: ExternalCommand
    private var conversation: Conversation?
    private var lastID = 0

    init(_ command: ExternalCommand) { self.command = command }

    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        guard !Task.isCancelled else { return same(.failed, "cancelled", points.count) }
        let conversation = self.conversation ?? Conversation(command)
        self.conversation = conversation
        lastID += 1
        conversation.send(requestLine(id: lastID, points, seeds: seeds))
        for await line in conversation.lines {
            let isFirst = conversation.noteLine()
            if line.text.isEmpty { continue }
            switch AnswerLine(line) {
            case .ready where isFirst: continue
            case .values(lastID, let values): return accept(values, line, points.count)
            case .error(lastID, let message): return same(.failed, hearing(reported(message)), points.count)
            default: return await reject(line, points.count)
            }
        }
        return await mourn(points.count)
    }

    func stop() async {
        let ending = conversation
        conversation = nil
        _ = await ending?.end()
    }

    private func accept(_ values: [Double], _ line: OutputLine, _ count: Int) -> [Evaluation] {
        guard values.count == count else {
            return same(
                .unparsable, hearing("\(values.count) values for \(count) points: \(quoted(line.text))"), count)
        }
        _ = conversation?.takeStandardError()
        return values.map(Evaluation.init(value:))
    }

    /// After a line that answers nothing, the rest of what the worker says cannot be trusted.
    private func reject(_ line: OutputLine, _ count: Int) async -> [Evaluation] {
        let evidence = hearing("no answer to request \(lastID): \(quoted(line.text))")
        await stop()
        return same(.unparsable, evidence, count)
    }

    private func mourn(_ count: Int) async -> [Evaluation] {
        let isCancelled = Task.isCancelled
        let dead = conversation
        conversation = nil
        let why = await dead?.end() ?? "stopped"
        return same(.failed, isCancelled ? "cancelled" : "the worker ended: \(why)", count)
    }

    private func reported(_ message: String) -> String { "error: \(clipped(message, to: StreamHead.limit))" }

    /// A finding, and what the worker has said on standard error since its last answer.
    private func hearing(_ finding: String) -> String {
        evidence(finding, conversation?.takeStandardError() ?? StreamHead())
    }

    private func same(_ outcome: Outcome, _ evidence: String, _ count: Int) -> [Evaluation] {
        Array(repeating: Evaluation(outcome, evidence: evidence), count: count)
    }
}

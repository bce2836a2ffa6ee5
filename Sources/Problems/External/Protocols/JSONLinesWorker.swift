import Inner
import Synchronization

/// Speaks to one long-lived process at a time and starts it anew when it is gone.
final class JSONLinesWorker: ExternalWorker {
    private let command: ExternalCommand
    private let requests: any JSONLinesRequests
    private let state = Mutex(State())

    private struct State {
        var conversation: Conversation?
        var lastID = 0
        var isStopped = false
        /// Of the conversation: whether it has begun to speak, and the line that answered the request before.
        var hasSpoken = false
        var lastAnswer: [UInt8] = []
        /// Whether it was greeted, and what it said that it wants.
        var isGreeted = false
        var wants: String?
    }

    /// One request and whom it is put to.
    private struct Turn {
        let id: Int
        let count: Int
        let request: [UInt8]
        let conversation: Conversation
    }

    init(_ command: ExternalCommand, _ requests: any JSONLinesRequests = PlainRequests()) {
        (self.command, self.requests) = (command, requests)
    }

    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        await withTaskCancellationHandler {
            await exchange(points, seeds)
        } onCancel: {
            state.withLock(\.conversation)?.cancel()
        }
    }

    func stop() async {
        let ending = state.withLock { state in
            state.isStopped = true
            return state.conversation
        }
        _ = await ending?.end()
    }

    private func exchange(_ points: [[Double]], _ seeds: [UInt64]) async -> [Evaluation] {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        defer { requests.end(id: id) }
        // A process that ended before it read the request is replaced; one that has read it is not.
        for isLastTry in [false, true] {
            guard !Task.isCancelled, let conversation = current() else { break }
            conversation.watch.start(points: points.count)
            if Task.isCancelled { conversation.cancel() }
            if let refusal = await greet(conversation, points.count) { return refusal }
            // What follows is not the worker's time.
            conversation.watch.stop()
            let request: [UInt8]
            do {
                request = try await requests.request(id: id, points, seeds: seeds, wants: state.withLock(\.wants))
            } catch { return same(.failed, error.evidence, points.count) }
            conversation.watch.start(points: points.count)
            let turn = Turn(id: id, count: points.count, request: request, conversation: conversation)
            if let answers = await answers(await conversation.ask(request), turn, isLastTry: isLastTry) {
                conversation.watch.stop()
                return answers
            }
            await discard(conversation)
        }
        return same(.failed, Task.isCancelled ? "cancelled" : "stopped", points.count)
    }

    /// The running conversation, or a new one; nil once stopped.
    private func current() -> Conversation? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            if let conversation = state.conversation { return conversation }
            (state.conversation, state.hasSpoken, state.lastAnswer) = (Conversation(command), false, [])
            (state.isGreeted, state.wants) = (false, nil)
            return state.conversation
        }
    }

    /// Greets a process that was not yet, if they are.
    ///
    /// - Returns: what its points come to if it does not answer that it is ready.
    private func greet(_ conversation: Conversation, _ count: Int) async -> [Evaluation]? {
        guard let greeting = requests.greeting, !state.withLock(\.isGreeted) else { return nil }
        let turn = Turn(id: 0, count: count, request: greeting, conversation: conversation)
        guard case .line(let line) = await conversation.ask(greeting) else { return await mourn(turn) }
        guard case .ready(let wants) = AnswerLine(line) else { return await reject(line, turn) }
        tell(turn, line, turn.conversation.standardError.take())
        state.withLock { ($0.hasSpoken, $0.isGreeted, $0.wants) = (true, true, wants) }
        return nil
    }

    /// Listens until a line answers the request, or none can.
    ///
    /// - Returns: nil if the request was never read and may be put to another process.
    private func answers(_ reply: LinePipe.Reply, _ turn: Turn, isLastTry: Bool) async -> [Evaluation]? {
        var reply = reply
        while case .line(let line) = reply {
            let (isFirst, isRepeated) = hear(line)
            if !isRepeated {
                switch AnswerLine(line) {
                case .ready where isFirst: turn.conversation.watch.start(points: turn.count)
                case .values(turn.id, let values, let losses): return await accept(values, losses, line, turn)
                case .error(turn.id, let message):
                    return await refuse(.failed, "error: \(clipped(message, to: StreamHead.limit))", line, turn)
                default: return await reject(line, turn)
                }
            }
            reply = await turn.conversation.listen()
        }
        if case .unsent = reply, !isLastTry, turn.conversation.watch.breach == nil { return nil }
        return await mourn(turn)
    }

    /// Whether a line is the first of all, and whether it is the answer before once more.
    private func hear(_ line: [UInt8]) -> (isFirst: Bool, isRepeated: Bool) {
        state.withLock { state in
            defer { state.hasSpoken = true }
            return (!state.hasSpoken, line == state.lastAnswer)
        }
    }

    private func accept(
        _ values: [Double], _ losses: [[Double]]?, _ line: [UInt8], _ turn: Turn
    ) async -> [Evaluation] {
        guard values.count == turn.count else {
            let values = "\(values.count) value\(values.count == 1 ? "" : "s")"
            let finding = "\(values) for \(turn.count) point\(turn.count == 1 ? "" : "s"): \(quoted(trimmed(line)))"
            return await refuse(.unparsable, finding, line, turn)
        }
        state.withLock { $0.lastAnswer = line }
        let said = turn.conversation.standardError.take()
        tell(turn, line, said)
        // Who has no value often says why.
        let why = said.text.isEmpty ? nil : evidence("undefined", said)
        return values.enumerated().map { index, value in
            var evaluation = Evaluation(value: value, evidence: why)
            if let losses, losses.count == values.count { evaluation.losses = losses[index] }
            return evaluation
        }
    }

    /// An answer that has no values; the worker is as good as before.
    private func refuse(_ outcome: Outcome, _ finding: String, _ line: [UInt8], _ turn: Turn) async -> [Evaluation] {
        state.withLock { $0.lastAnswer = line }
        let said = await turn.conversation.standardError.takeLate()
        tell(turn, line, said)
        return same(outcome, evidence(finding, said), turn.count)
    }

    /// After a line that answers nothing, the rest of what the worker says cannot be trusted.
    private func reject(_ line: [UInt8], _ turn: Turn) async -> [Evaluation] {
        await discard(turn.conversation)
        let said = turn.conversation.standardError.take()
        tell(turn, line, said, ending: "ended by us")
        let hint = AnswerLine.hasBareWords(line) ? " (JSON has no NaN and no Infinity: write null)" : ""
        let asked = turn.id == 0 ? "not ready, as it should be to begin with" : "no answer to request \(turn.id)"
        let finding = "\(asked): \(quoted(trimmed(line)))\(hint)"
        return same(.unparsable, evidence(finding, said), turn.count)
    }

    /// The worker has ended, or was ended.
    private func mourn(_ turn: Turn) async -> [Evaluation] {
        let why = Task.isCancelled ? "cancelled" : state.withLock(\.isStopped) ? "stopped" : nil
        let ending = await turn.conversation.ending()
        await discard(turn.conversation)
        let said = turn.conversation.standardError.take()
        tell(turn, [], said, ending: ending)
        if let breach = turn.conversation.watch.breach {
            return same(breach.outcome, evidence(breach.finding, said), turn.count)
        }
        return same(.failed, why ?? evidence("the worker ended: \(ending)", said), turn.count)
    }

    /// Ends a conversation; the next request begins another.
    private func discard(_ conversation: Conversation) async {
        _ = await conversation.end()
        state.withLock { if $0.conversation === conversation { $0.conversation = nil } }
    }

    private func tell(_ turn: Turn, _ line: [UInt8], _ said: StreamHead, ending: String? = nil) {
        guard let transcript = command.transcript else { return }
        transcript(
            Exchange(
                sent: trimmed(turn.request), received: trimmed(line), standardError: said.text, ending: ending))
    }

    private func same(_ outcome: Outcome, _ evidence: String, _ count: Int) -> [Evaluation] {
        Array(repeating: Evaluation(outcome, evidence: evidence), count: count)
    }
}

import Inner
import Subprocess
import Synchronization

/// Starts a process for every point and reads the value from its last line.
final class ProcessPerEvaluation: ExternalWorker {
    private let command: ExternalCommand
    private let spoken: any ProcessProtocol
    /// The process that runs, and whether one may.
    private let running = Mutex((task: Task<Evaluation, Never>?.none, isStopped: false))

    /// Bytes of a line that can be a value.
    private static let longestLine = 4096

    init(_ command: ExternalCommand, speaking spoken: any ProcessProtocol) {
        self.command = command
        self.spoken = spoken
    }

    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        var evaluations: [Evaluation] = []
        for (point, seed) in zip(points, seeds) { evaluations.append(await evaluate(point, seed: seed)) }
        return evaluations
    }

    func stop() async {
        let task = running.withLock { running in
            running.isStopped = true
            return running.task
        }
        task?.cancel()
        _ = await task?.value
    }

    /// In a task of its own, which the caller's cancellation, `stop` and a broken limit end alike.
    private func evaluate(_ point: [Double], seed: UInt64) async -> Evaluation {
        let watch = command.overseer.watch()
        defer { command.overseer.dismiss(watch) }
        let arguments = spoken.arguments(command.template, point, seed: seed)
        watch.start(points: 1)
        let task = Task { await run(arguments, watch) }
        let isStopped = running.withLock { running in
            running.task = task
            return running.isStopped
        }
        if isStopped { task.cancel() }
        watch.onBreach { task.cancel() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func run(_ arguments: [String], _ watch: Watch) async -> Evaluation {
        do {
            let ear = StandardErrorEar(limit: command.output, watch)
            let result = try await command.child.launched {
                try await Subprocess.run(
                    command.child.configuration(arguments), input: .none, output: .sequence, error: .sequence
                ) { execution in
                    command.child.begin(execution, watch)
                    async let heard: Void = ear.listen(to: execution.standardError)
                    let output = await listen(to: execution.standardOutput, watch)
                    await command.child.end(execution, after: ChildProcess.forever)
                    await heard
                    return output
                }
            }
            await awaitEmptyGroup(result.processIdentifier)
            let (output, said) = (result.closureResult, ear.take())
            command.transcript?(
                Exchange(
                    sent: ShellWord.line([command.template.command] + arguments), received: output.head.text,
                    standardError: said.text, ending: described(result.terminationStatus)))
            return judge(output.last, said, result.terminationStatus, watch.breach)
        } catch {
            if let breach = watch.breach { return Evaluation(breach.outcome, evidence: breach.finding) }
            return Evaluation(.failed, evidence: Task.isCancelled ? "cancelled" : "not started: \(error)")
        }
    }

    private func judge(
        _ line: OutputLine?, _ said: StreamHead, _ status: TerminationStatus, _ breach: Breach?
    ) -> Evaluation {
        if let breach { return Evaluation(breach.outcome, evidence: evidence(breach.finding, said)) }
        guard !Task.isCancelled else { return Evaluation(.failed, evidence: "cancelled") }
        guard status.isSuccess else { return Evaluation(.failed, evidence: evidence(described(status), said)) }
        guard let line else { return Evaluation(.unparsable, evidence: evidence("nothing on standard output", said)) }
        switch line.isCut ? .nothing("no number") : spoken.read(line.text) {
        case .value(let value):
            let why = said.text.isEmpty ? nil : evidence("undefined", said)
            return Evaluation(value: value, evidence: why)
        case .refusal(let outcome, let why): return Evaluation(outcome, evidence: evidence(why, said))
        case .nothing(let missing):
            let finding = "\(missing) on the last line of standard output: \(quoted(line.text))"
            return Evaluation(.unparsable, evidence: evidence(finding, said))
        }
    }

    /// The last line that is not blank, and the head of all.
    private func listen(to output: SubprocessOutputSequence, _ watch: Watch) async -> (
        last: OutputLine?, head: StreamHead
    ) {
        var splitter = LineSplitter(limit: Self.longestLine)
        var last: OutputLine?
        var head = StreamHead()
        var left = command.output
        func keep(_ line: OutputLine) { if line.isCut || !line.text.isEmpty { last = line } }
        do {
            for try await buffer in output {
                left -= buffer.count
                guard left >= 0 else {
                    watch.breach(.output(limit: command.output, stream: "standard output"))
                    break
                }
                buffer.withUnsafeBytes {
                    head.take($0)
                    splitter.take($0, keep)
                }
            }
        } catch {
            return (nil, head)
        }
        splitter.finish(keep)
        return (last, head)
    }
}

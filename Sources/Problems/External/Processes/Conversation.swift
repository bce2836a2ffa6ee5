import Subprocess

/// A running process that is sent requests and sends lines.
final class Conversation: Sendable {
    /// What it says on standard error.
    let standardError: StandardErrorEar
    let watch: Watch
    /// Nil if the system has no pipes left.
    private let pipe: LinePipe?
    /// The process; its value says how it ended.
    private let process: Task<String, Never>

    /// What a process may take to end by itself once it cannot be spoken with any more.
    private static let (patienceSteps, patienceStep) = (60, Duration.milliseconds(5))

    /// Starts the process.
    init(_ command: ExternalCommand) {
        let watch = command.overseer.watch()
        let ear = StandardErrorEar(limit: command.output, watch)
        let pipe = LinePipe(limit: command.output, watch)
        self.watch = watch
        self.pipe = pipe
        standardError = ear
        process = Task {
            defer { command.overseer.dismiss(watch) }
            guard let pipe else { return "not started: no pipes are left" }
            return await Self.hold(command, pipe, ear, watch)
        }
        watch.onBreach { [process] in process.cancel() }
    }

    deinit { process.cancel() }

    /// Sends a request and returns the next line.
    func ask(_ bytes: [UInt8]) async -> LinePipe.Reply {
        standardError.allowMore()
        return await pipe?.ask(bytes) ?? .ended
    }

    /// The next line.
    func listen() async -> LinePipe.Reply { await pipe?.listen() ?? .ended }

    /// Has the process ended, without waiting for it.
    func cancel() { process.cancel() }

    /// How the process ended that has hung up, or was ended; it gets a moment to end by itself.
    func ending() async -> String { await process.value }

    /// Ends the process if it has not ended; returns when it is gone, with how it ended.
    func end() async -> String {
        process.cancel()
        return await process.value
    }

    /// Runs the process from its start to its end.
    private static func hold(
        _ command: ExternalCommand, _ pipe: LinePipe, _ ear: StandardErrorEar, _ watch: Watch
    ) async -> String {
        do {
            let result = try await command.child.launched {
                try await Subprocess.run(
                    command.child.configuration(command.template.arguments(dimension: command.dimension)),
                    input: .fileDescriptor(.init(rawValue: pipe.standardInput), closeAfterSpawningProcess: false),
                    output: .fileDescriptor(.init(rawValue: pipe.standardOutput), closeAfterSpawningProcess: false),
                    error: .sequence
                ) { execution in
                    pipe.handOver()
                    command.child.begin(execution, watch)
                    return await accompany(execution, execution.standardError, command.child, pipe, ear)
                }
            }
            await awaitEmptyGroup(result.processIdentifier)
            let ending = described(result.terminationStatus)
            return result.closureResult ? "it closed its pipe and was ended, \(ending)" : ending
        } catch {
            pipe.handOver()
            pipe.close()
            await pipe.awaitGone()
            return "not started: \(error)"
        }
    }

    /// Listens until the process has ended or hung up, and ends it.
    ///
    /// - Returns: true if it hung up without ending.
    private static func accompany<I, O, E>(
        _ execution: Execution<I, O, E>, _ standardError: SubprocessOutputSequence, _ child: ChildProcess,
        _ pipe: LinePipe, _ ear: StandardErrorEar
    ) async -> Bool {
        await withTaskGroup { group in
            group.addTask { await ear.listen(to: standardError) }
            group.addTask {
                await child.awaitEnd(execution)
                pipe.close()
            }
            await pipe.awaitGone()
            for _ in 0..<patienceSteps where !pipe.isClosing { try? await Task.sleep(for: patienceStep) }
            let hungUp = !pipe.isClosing && !Task.isCancelled
            await child.end(execution, after: .zero)
            group.cancelAll()
            return hungUp
        }
    }
}

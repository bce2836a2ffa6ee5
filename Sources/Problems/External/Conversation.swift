import Subprocess
import Synchronization

/// A running process that is sent lines and sends lines.
final class Conversation: Sendable {
    /// What the process says; ends with it.
    let lines: AsyncStream<OutputLine>
    private let requests: AsyncStream<[UInt8]>.Continuation
    private let heard: Heard
    /// The process; its value says how it ended.
    private let process: Task<String, Never>

    /// Bytes of a line that are kept, and lines that wait to be read.
    private static let longestLine = 1 << 20
    private static let longestQueue = 1024
    /// What a process may take to end by itself once it cannot be spoken with any more.
    private static let patience = Duration.milliseconds(300)

    /// Starts the process.
    init(_ command: ExternalCommand) {
        let (lines, said) = AsyncStream.makeStream(
            of: OutputLine.self, bufferingPolicy: .bufferingOldest(Self.longestQueue))
        let (toSend, requests) = AsyncStream.makeStream(of: [UInt8].self)
        let heard = Heard()
        self.lines = lines
        self.requests = requests
        self.heard = heard
        process = Task {
            let ending = await Self.hold(command, sending: toSend, said: said, heard: heard)
            said.finish()
            return ending
        }
    }

    deinit { process.cancel() }

    func send(_ bytes: [UInt8]) { requests.yield(bytes) }

    /// Ends the process; returns when it is gone, with how it ended.
    func end() async -> String {
        requests.finish()
        process.cancel()
        return await process.value
    }

    /// True for the first line only.
    func noteLine() -> Bool {
        heard.state.withLock { state in
            defer { state.isFirst = false }
            return state.isFirst
        }
    }

    /// What was said on standard error since it was last taken.
    func takeStandardError() -> StreamHead {
        heard.state.withLock { state in
            defer { state.standardError = StreamHead() }
            return state.standardError
        }
    }

    private final class Heard: Sendable {
        struct State {
            var isFirst = true
            var standardError = StreamHead()
        }
        let state = Mutex(State())
    }

    private static func hold(
        _ command: ExternalCommand, sending requests: AsyncStream<[UInt8]>,
        said: AsyncStream<OutputLine>.Continuation, heard: Heard
    ) async -> String {
        do {
            let result = try await Subprocess.run(
                command.child.configuration(command.template.arguments(dimension: command.dimension)),
                input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                await withTaskGroup { group in
                    group.addTask {
                        await write(requests, to: execution.standardInputWriter)
                        // A closed standard input ends a conversation as well as a closed output.
                        await command.child.end(execution, after: patience)
                    }
                    group.addTask { await listen(to: execution.standardError, heard: heard) }
                    await relay(execution.standardOutput, to: said)
                    await command.child.end(execution, after: patience)
                    group.cancelAll()
                }
            }
            await awaitEmptyGroup(result.processIdentifier)
            return evidence(result.terminationStatus, heard.state.withLock(\.standardError))
        } catch {
            return "not started: \(error)"
        }
    }

    /// Returns when there is nothing more to send or nobody reads.
    private static func write(_ requests: AsyncStream<[UInt8]>, to writer: StandardInputWriter) async {
        for await bytes in requests {
            guard let sent = try? await writer.write(bytes), sent == bytes.count else { return }
        }
    }

    private static func relay(_ output: SubprocessOutputSequence, to said: AsyncStream<OutputLine>.Continuation) async {
        var splitter = LineSplitter(limit: longestLine)
        do {
            for try await buffer in output { buffer.withUnsafeBytes { splitter.take($0) { said.yield($0) } } }
        } catch {}
    }

    private static func listen(to output: SubprocessOutputSequence, heard: Heard) async {
        do {
            for try await buffer in output {
                heard.state.withLock { state in buffer.withUnsafeBytes { state.standardError.take($0) } }
            }
        } catch {}
    }
}

import Subprocess

/// A running process that is sent requests and sends lines.
final class Conversation: Sendable {
    /// What it says on standard error.
    let standardError: StandardErrorEar
    let watch: Watch
    private let requests: AsyncStream<Request>.Continuation
    /// The process; its value says how it ended.
    private let process: Task<String, Never>

    enum Reply: Sendable {
        case line([UInt8])
        /// The process has ended, or hung up, or had to be ended.
        case ended
        /// It had ended before it was asked.
        case unsent
    }

    private struct Request: Sendable {
        /// Nil: only listen.
        let bytes: [UInt8]?
        let reply: CheckedContinuation<Reply, Never>
    }

    /// What a process may take to end by itself once it cannot be spoken with any more.
    private static let patience = Duration.milliseconds(300)
    /// Bytes that an empty pipe takes without being read.
    private static let pipeSize = 1 << 15

    /// Starts the process.
    init(_ command: ExternalCommand) {
        let (toSend, requests) = AsyncStream.makeStream(of: Request.self)
        let watch = command.overseer.watch()
        let ear = StandardErrorEar(limit: command.output, watch)
        self.requests = requests
        self.watch = watch
        standardError = ear
        process = Task {
            let ending = await Self.hold(command, toSend, requests, ear, watch)
            command.overseer.dismiss(watch)
            requests.finish()
            for await request in toSend { request.reply.resume(returning: .unsent) }
            return ending
        }
        watch.onBreach { [process] in process.cancel() }
    }

    deinit { process.cancel() }

    /// Sends a request and returns the next line.
    func ask(_ bytes: [UInt8]) async -> Reply {
        standardError.allowMore()
        return await reply(to: bytes)
    }

    /// The next line.
    func listen() async -> Reply { await reply(to: nil) }

    private func reply(to bytes: [UInt8]?) async -> Reply {
        await withCheckedContinuation { reply in
            if case .terminated = requests.yield(Request(bytes: bytes, reply: reply)) {
                reply.resume(returning: .unsent)
            }
        }
    }

    /// Has the process ended, without waiting for it.
    func cancel() { process.cancel() }

    /// Ends the process if it has not ended; returns when it is gone, with how it ended.
    func end() async -> String {
        process.cancel()
        return await process.value
    }

    /// Runs the process from its start to its end.
    private static func hold(
        _ command: ExternalCommand, _ toSend: AsyncStream<Request>, _ requests: AsyncStream<Request>.Continuation,
        _ ear: StandardErrorEar, _ watch: Watch
    ) async -> String {
        do {
            let result = try await Subprocess.run(
                command.child.configuration(command.template.arguments(dimension: command.dimension)),
                input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                watch.group = execution.processIdentifier.value
                await withTaskGroup { group in
                    group.addTask { await ear.listen(to: execution.standardError) }
                    group.addTask {
                        // An idle process may end too.
                        await command.child.awaitEnd(execution)
                        requests.finish()
                    }
                    let reader = LineReader(execution.standardOutput, limit: command.output)
                    await converse(toSend, execution.standardInputWriter, reader, watch)
                    await command.child.end(execution, after: patience)
                    group.cancelAll()
                }
            }
            await awaitEmptyGroup(result.processIdentifier)
            return described(result.terminationStatus)
        } catch {
            return "not started: \(error)"
        }
    }

    /// Serves one request after the other until there are no more, or the process does not go along.
    private static func converse(
        _ toSend: AsyncStream<Request>, _ writer: StandardInputWriter, _ reader: consuming LineReader, _ watch: Watch
    ) async {
        var reader = reader
        for await request in toSend {
            if request.bytes != nil { reader.allowMore() }
            let reply = await serve(request.bytes, writer, &reader, watch)
            request.reply.resume(returning: reply)
            guard case .line = reply else { return }
        }
    }

    private static func serve(
        _ bytes: [UInt8]?, _ writer: StandardInputWriter, _ reader: inout LineReader, _ watch: Watch
    ) async -> Reply {
        guard let bytes else { return await line(&reader, watch) }
        if bytes.count <= pipeSize {
            guard await write(bytes, to: writer) == bytes.count else { return .unsent }
            return await line(&reader, watch)
        }
        // A process may begin to talk before it has read everything.
        async let written = write(bytes, to: writer)
        let reply = await line(&reader, watch)
        if case .ended = reply { return await written == 0 ? .unsent : .ended }
        return await written == bytes.count ? reply : .ended
    }

    /// Bytes that were written.
    private static func write(_ bytes: [UInt8], to writer: StandardInputWriter) async -> Int {
        (try? await writer.write(bytes)) ?? 0
    }

    private static func line(_ reader: inout LineReader, _ watch: Watch) async -> Reply {
        do throws(LineReader.End) {
            return .line(try await reader.next())
        } catch {
            if case .limit(let bytes) = error { watch.breach(.output(limit: bytes, stream: "standard output")) }
            return .ended
        }
    }
}

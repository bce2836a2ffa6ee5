import Inner
import Subprocess

/// A worker that starts a process for every point and reads the value from its last line.
struct ProcessPerEvaluation: ExternalWorker {
    let command: ExternalCommand
    /// What the program is told about a point.
    let arguments: @Sendable ([Double], UInt64) -> [String]
    /// The value that a line states, or nil if it states none.
    let read: @Sendable (String) -> Double?

    /// Bytes of a line that can be a value.
    private static let longestLine = 4096

    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        var evaluations: [Evaluation] = []
        for (point, seed) in zip(points, seeds) { evaluations.append(await evaluate(point, seed: seed)) }
        return evaluations
    }

    /// Every process ends within its call.
    func stop() async {}

    private func evaluate(_ point: [Double], seed: UInt64) async -> Evaluation {
        do {
            let result = try await Subprocess.run(
                command.child.configuration(arguments(point, seed)), input: .none, output: .sequence, error: .sequence
            ) { execution in
                async let standardError = head(of: execution.standardError)
                let line = await lastLine(of: execution.standardOutput)
                await command.child.end(execution, after: ChildProcess.forever)
                return (line, await standardError)
            }
            await awaitEmptyGroup(result.processIdentifier)
            guard !Task.isCancelled else { return Evaluation(.failed, evidence: "cancelled") }
            let (line, standardError) = result.closureResult
            return judge(line, standardError, result.terminationStatus)
        } catch {
            return Evaluation(.failed, evidence: Task.isCancelled ? "cancelled" : "not started: \(error)")
        }
    }

    private func judge(_ line: OutputLine?, _ standardError: StreamHead, _ status: TerminationStatus) -> Evaluation {
        guard status.isSuccess else { return Evaluation(.failed, evidence: evidence(status, standardError)) }
        guard let line else {
            return Evaluation(.unparsable, evidence: evidence("nothing on standard output", standardError))
        }
        guard !line.isCut, let value = read(line.text) else {
            let finding = "no number on the last line of standard output: \(quoted(line.text))"
            return Evaluation(.unparsable, evidence: evidence(finding, standardError))
        }
        return Evaluation(value: value)
    }

    /// The last line that is not blank.
    private func lastLine(of output: SubprocessOutputSequence) async -> OutputLine? {
        var splitter = LineSplitter(limit: Self.longestLine)
        var last: OutputLine?
        func keep(_ line: OutputLine) { if line.isCut || !line.text.isEmpty { last = line } }
        do {
            for try await buffer in output { buffer.withUnsafeBytes { splitter.take($0, keep) } }
        } catch {
            return nil
        }
        splitter.finish(keep)
        return last
    }

    private func head(of output: SubprocessOutputSequence) async -> StreamHead {
        var head = StreamHead()
        do {
            for try await buffer in output { buffer.withUnsafeBytes { head.take($0) } }
        } catch {}
        return head
    }
}

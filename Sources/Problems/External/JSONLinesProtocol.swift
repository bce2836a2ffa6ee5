import Inner
import Subprocess
import SystemPackage

/// One long-lived worker a slot: a line of JSON with a batch of points goes in, a line with their values comes out.
///
/// A worker that dies or answers rubbish is ended, and started again for the next batch.
struct JSONLinesProtocol: ExternalProtocol {
    var name: String { "jsonl" }

    func check(_ template: CommandTemplate, dimension: Int) throws(ExternalError) {
        guard let foreign = template.placeholders.first(where: { $0 != "{dim}" }) else { return }
        throw .notInProtocol(placeholder: foreign, protocolName: name)
    }

    func requestSize(points: Int, workers: Int, batch: Int) -> Int {
        min(batch, max(1, (points + workers - 1) / workers))
    }

    func serve(_ queue: RequestQueue, _ command: PreparedCommand) async {
        var number = 0
        while let request = await queue.next() {
            var current = request
            do {
                // Arguments hold no coordinates here, so an empty point fills them.
                let arguments = command.template.arguments(
                    point: Array(repeating: 0, count: command.dimension), seed: 0)
                let result = try await run(
                    .path(FilePath(command.executable)), arguments: Arguments(arguments),
                    platformOptions: Child.options, input: .inputWriter, output: .sequence, error: .sequence
                ) { execution in
                    async let errors = Child.collect(execution.standardError, limit: Child.evidenceLimit)
                    var lines = LineReader(execution.standardOutput)
                    var isFirst = true
                    var flaw: String?
                    var pending: Request? = request
                    while let next = pending {
                        current = next
                        number += 1
                        let line = JSONLines.request(number, next.points, next.seeds)
                        let written = try? await execution.standardInputWriter.write(line)
                        guard written == line.count, var answer = await lines.next() else { break }
                        if isFirst, JSONLines.isReady(answer) {
                            guard let second = await lines.next() else { break }
                            answer = second
                        }
                        isFirst = false
                        switch JSONLines.answer(answer, to: number, count: next.points.count) {
                        case .values(let evaluations): next.answer(evaluations)
                        case .error(let message): next.fail(.failed, "the worker answered: \(Child.clipped(message))")
                        case .rubbish(let what):
                            next.fail(.unparsable, what)
                            flaw = what
                        }
                        pending = flaw == nil ? await queue.next() : nil
                    }
                    try? await execution.standardInputWriter.finish()
                    await execution.teardown(using: Child.teardown)
                    Child.sweep(execution.processIdentifier)
                    return await errors
                }
                // Only a request that has no answer yet takes this one.
                current.fail(
                    .failed,
                    "the worker ended: " + Child.evidence(result.terminationStatus, standardError: result.closureResult))
            } catch {
                current.fail(.failed, "\(error)")
            }
        }
    }
}

import Inner
import Subprocess
import SystemPackage

/// One process an evaluation: the point is in its arguments, the last non-empty line it prints is the value.
struct PlainProtocol: ExternalProtocol {
    var name: String { "plain" }

    func check(_ template: CommandTemplate, dimension: Int) throws(ExternalError) {
        guard template.placeholders.contains(where: { $0.hasPrefix("{x") }) else { throw .blind(protocolName: name) }
    }

    func requestSize(points: Int, workers: Int, batch: Int) -> Int { 1 }

    func serve(_ queue: RequestQueue, _ command: PreparedCommand) async {
        while let request = await queue.next() {
            var evaluations: [Evaluation] = []
            for (point, seed) in zip(request.points, request.seeds) {
                evaluations.append(
                    await evaluate(command.executable, command.template.arguments(point: point, seed: seed)))
            }
            request.answer(evaluations)
        }
    }

    private func evaluate(_ executable: String, _ arguments: [String]) async -> Evaluation {
        do {
            let result = try await run(
                .path(FilePath(executable)), arguments: Arguments(arguments), platformOptions: Child.options,
                input: .none, output: .sequence, error: .sequence
            ) { execution in
                async let errors = Child.collect(execution.standardError, limit: Child.evidenceLimit)
                let output = await Child.collect(execution.standardOutput, limit: Child.outputLimit)
                return (output: output, errors: await errors)
            }
            Child.sweep(result.processIdentifier)
            let (output, errors) = result.closureResult
            guard result.terminationStatus == .exited(0) else {
                return Evaluation(.failed, evidence: Child.evidence(result.terminationStatus, standardError: errors))
            }
            return Self.value(output: output)
        } catch {
            return Evaluation(.failed, evidence: "\(error)")
        }
    }

    /// The last non-empty line as a number.
    static func value(output: [UInt8]) -> Evaluation {
        let text = String(decoding: output, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        guard let line else { return Evaluation(.unparsable, evidence: "nothing was printed") }
        let word = line.drop(while: \.isWhitespace)
        let end = word.lastIndex { !$0.isWhitespace } ?? word.startIndex
        guard let value = parseNumber(word[...end]) else {
            return Evaluation(.unparsable, evidence: "the last line is '\(Child.clipped(line))', not a number")
        }
        return Evaluation(value: value)
    }
}

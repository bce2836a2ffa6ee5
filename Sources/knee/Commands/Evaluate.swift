import ArgumentParser
import Foundation
import Inner
import Problems
import Report

struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate points from standard input, one a line; values go to standard output.")

    @OptionGroup var problem: ProblemOptions

    @Option(parsing: .unconditional, help: "Seed of the evaluations, for noisy problems.", transform: Quantity.seed)
    var seed: UInt64 = 1

    @Option(
        parsing: .unconditional, help: "Evaluations of a command at once (default: one a core).",
        transform: Quantity.workers)
    var workers: Int?

    /// Points evaluated together.
    private static let batch = 256

    func run() async throws {
        let manifest = try problem.manifest()
        let (seed, workers) = (seed, workers ?? ProcessInfo.processInfo.activeProcessorCount)
        do {
            if try await Self.evaluate(manifest, seed, workers) { throw Exit.objectiveFails }
        } catch is CancellationError {
            throw Exit.interrupted
        }
    }

    /// - Returns: true if a point got no answer.
    private static func evaluate(_ manifest: ProblemManifest, _ seed: UInt64, _ workers: Int) async throws -> Bool {
        let stream = RandomStream(seed: seed).split(.run)
        switch try manifest.make() {
        case .pure(let problem):
            var objective = AnyObjective(problem)
            return try await forEachBatch(dimension: problem.dimension) { points, first in
                objective.evaluate(points, EvaluationSeeds(stream, first: first)).map { Evaluation(value: $0) }
            }
        case .external(var problem):
            // Every point that was asked for is asked of the command.
            problem.outageRule = OutageRule(after: nil, hasAnswered: true)
            // Only here is there anything to clear away: the workers.
            return try await interruptible { [problem] in
                try await problem.withEvaluator(workers: workers) { evaluator in
                    try await forEachBatch(dimension: problem.dimension) { points, first in
                        let seeds = EvaluationSeeds(stream, first: first)
                        return await evaluator.evaluate(points, seeds: points.indices.map(seeds.seed))
                    }
                }
            }
        }
    }

    private static func forEachBatch(
        dimension: Int, _ evaluate: ([[Double]], _ first: Int) async throws -> [Evaluation]
    ) async throws -> Bool {
        var (lines, done, failed) = (PointLines(dimension: dimension), 0, false)
        while true {
            let (points, end) = try await lines.next(batch)
            if !points.isEmpty {
                let evaluations = try await evaluate(points, done)
                try Task.checkCancellation()
                for (offset, evaluation) in evaluations.enumerated() {
                    failed = try tell(evaluation, point: done + offset + 1) || failed
                }
                done += points.count
            }
            switch end {
            case .none: continue
            case .input: return failed
            case .flaw(let failure): throw failure
            }
        }
    }

    /// - Returns: true if the point got no answer.
    private static func tell(_ evaluation: Evaluation, point number: Int) throws -> Bool {
        print(evaluation.outcome == .ok ? String(evaluation.value) : "nan")
        // Who asks line by line waits for it.
        try Output.flush()
        guard let evidence = evaluation.evidence else { return false }
        Terminal.note("point \(number): \(evaluation.outcome.rawValue): \(PlainLine.of(evidence))")
        return evaluation.outcome != .undefined
    }
}

/// Points of standard input, one a line.
private struct PointLines {
    let dimension: Int
    private var line = 0
    private var input = InputLines()

    init(dimension: Int) { self.dimension = dimension }

    enum End {
        case input
        case flaw(Failure)
    }

    /// The next points, at most `count`, and what ended them if nothing can follow: what came before a bad line is still
    /// answered. Points that are there are not kept waiting for others.
    mutating func next(_ count: Int) async throws -> (points: [[Double]], end: End?) {
        var points: [[Double]] = []
        while points.count < count {
            if !points.isEmpty, !input.isReady { return (points, nil) }
            guard let text = try await input.next() else { return (points, .input) }
            line += 1
            do {
                if let point = try parse(text) { points.append(point) }
            } catch {
                return (points, .flaw(error))
            }
        }
        return (points, nil)
    }

    /// The point on a line; nil if the line is empty.
    private func parse(_ text: String) throws(Failure) -> [Double]? {
        let words = text.split { $0 == "," || $0.isWhitespace }
        if words.isEmpty { return nil }
        let numbers = words.compactMap { Double($0) }
        guard words.count == dimension, numbers.count == dimension, numbers.allSatisfy(\.isFinite) else {
            throw Failure(
                usage:
                    "line \(line) of standard input is not a point of \(dimension) finite numbers: '\(text.prefix(60))'."
            )
        }
        return numbers
    }
}

/// One worker's evaluator of a problem of this process, for plain points.
private struct AnyObjective {
    private let body: ([[Double]], EvaluationSeeds) -> [Double]

    init(_ problem: some PureProblem) {
        var objective = problem.makeObjective()
        body = { points, seeds in
            let rows = points.flatMap { paddedRow($0) }
            var values = [Double](repeating: .nan, count: points.count)
            var out = values.mutableSpan
            objective.evaluate(rows.span, seeds: seeds, into: &out)
            return values
        }
    }

    mutating func evaluate(_ points: [[Double]], _ seeds: EvaluationSeeds) -> [Double] { body(points, seeds) }
}

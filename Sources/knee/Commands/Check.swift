import ArgumentParser
import Inner
import Problems
import Report
import Synchronization

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate two points twice each, and show what was sent, received and understood.",
        usage: "knee check [<options>] --bounds <low,high> --dimension <d> -- <command>\nknee check <problem>")

    @OptionGroup var problem: ProblemOptions

    @Option(parsing: .unconditional, help: "Seed of all chance.", transform: Quantity.seed)
    var seed: UInt64 = 1

    func run() async throws {
        let manifest = try problem.manifest()
        let probes = Self.probes(in: try manifest.make().box, seed)
        let stream = RandomStream(seed: seed).split(.run)
        let trials: [CheckText.Trial]
        var protocolName: String?
        switch try manifest.make() {
        case .pure(let problem):
            trials = probes.enumerated().map { number, probe in
                let value = problem.value(at: probe.point, seeds: EvaluationSeeds(stream, first: number))
                return CheckText.Trial(place: probe.place, evaluation: Evaluation(value: value), exchange: nil)
            }
        case .external(let problem):
            protocolName = problem.spec.protocolName
            trials = try await interruptible { try await Self.ask(problem, probes, EvaluationSeeds(stream, first: 0)) }
        }
        print(
            CheckText.render(
                manifest.label, protocolName: protocolName, dimension: manifest.dimension, trials,
                isNoisy: try manifest.make().isNoisy))
        if !trials.contains(where: { $0.evaluation.isAnswered }) { throw Exit.objectiveFails }
    }

    private typealias Probe = (place: String, point: [Double])

    /// The centre twice, and a random point twice.
    private static func probes(in box: Box, _ seed: UInt64) -> [Probe] {
        var chance = RandomStream(seed: seed).split(.initial)
        let centre = box.lower.indices.map { box.lower[$0] + 0.5 * (box.upper[$0] - box.lower[$0]) }
        let other = box.lower.indices.map { box.lower[$0] + chance.uniform() * (box.upper[$0] - box.lower[$0]) }
        return [("centre", centre), ("centre", centre), ("random", other), ("random", other)]
    }

    /// One after the other, on one worker.
    private static func ask(
        _ problem: CommandProblem, _ probes: [Probe], _ seeds: EvaluationSeeds
    ) async throws -> [CheckText.Trial] {
        let heard = Mutex<Exchange?>(nil)
        var problem = problem
        problem.outageRule = OutageRule(after: nil, hasAnswered: true)
        problem.transcript = { exchange in heard.withLock { $0 = exchange } }
        return try await problem.withEvaluator(workers: 1) { evaluator in
            var trials: [CheckText.Trial] = []
            for (number, probe) in probes.enumerated() {
                let evaluation = await evaluator.evaluate([probe.point], seeds: [seeds.seed(number)])[0]
                try Task.checkCancellation()
                trials.append(
                    CheckText.Trial(
                        place: probe.place, evaluation: evaluation, exchange: heard.withLock { $0.take() }))
            }
            return trials
        }
    }
}

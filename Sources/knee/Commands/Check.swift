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
        switch try manifest.make() {
        case .pure(let problem):
            print(CheckText.opening(manifest.label, protocolName: nil, dimension: manifest.dimension))
            trials = probes.enumerated().map { number, probe in
                let value = problem.value(at: probe.point, seeds: EvaluationSeeds(stream, first: number))
                let trial = CheckText.Trial(place: probe.place, evaluation: Evaluation(value: value), exchange: nil)
                print(CheckText.told(trial))
                return trial
            }
        case .external(let problem):
            print(
                CheckText.opening(
                    manifest.label, protocolName: problem.spec.protocolName, dimension: manifest.dimension))
            do {
                trials = try await interruptible {
                    try await Self.ask(problem, probes, EvaluationSeeds(stream, first: 0))
                }
            } catch is CancellationError { throw Exit.interrupted }
        }
        print(CheckText.closing(trials, isNoisy: try manifest.make().isNoisy))
        if !trials.contains(where: { $0.evaluation.isAnswered }) { throw Exit.objectiveFails }
    }

    /// Seconds that an evaluation may take unless --eval-timeout says otherwise.
    private static let patience = 60.0

    private typealias Probe = (place: String, point: [Double])

    /// The centre and a random point, in turn: an answer to the request before is then no answer to this one.
    private static func probes(in box: Box, _ seed: UInt64) -> [Probe] {
        var chance = RandomStream(seed: seed).split(.initial)
        let centre = box.lower.indices.map { box.lower[$0] + 0.5 * (box.upper[$0] - box.lower[$0]) }
        let other = box.lower.indices.map { box.lower[$0] + chance.uniform() * (box.upper[$0] - box.lower[$0]) }
        return [("centre", centre), ("random", other), ("centre 2", centre), ("random 2", other)]
    }

    /// One after the other, on one worker.
    private static func ask(
        _ problem: CommandProblem, _ probes: [Probe], _ seeds: EvaluationSeeds
    ) async throws -> [CheckText.Trial] {
        let heard = Mutex<Exchange?>(nil)
        var problem = problem
        problem.outageRule = OutageRule(after: nil, hasAnswered: true)
        // Somebody is watching.
        problem.timeIfAutomatic = Self.patience
        problem.transcript = { exchange in heard.withLock { $0 = exchange } }
        return try await problem.withEvaluator(workers: 1) { evaluator in
            var trials: [CheckText.Trial] = []
            for (number, probe) in probes.enumerated() {
                let evaluation = await evaluator.evaluate([probe.point], seeds: [seeds.seed(number)])[0]
                try Task.checkCancellation()
                let trial = CheckText.Trial(
                    place: probe.place, evaluation: evaluation, exchange: heard.withLock { $0.take() })
                print(CheckText.told(trial))
                trials.append(trial)
            }
            return trials
        }
    }
}

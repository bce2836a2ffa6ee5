import ArgumentParser
import Foundation
import Inner
import Problems

/// What asking another program costs: batches and single points through one long-lived worker, and processes.
struct ExternalTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "external",
        abstract: "Throughput of objectives in other programs; run it from the project's folder.")

    private static let dimension = 30
    private static let batch = 40
    private static let repetitions = 9

    func run() async throws {
        print("| what | median | 10-90 % |")
        print("|---|---|---|")
        try await batches()
        try await roundTrips()
        try await processes()
    }

    /// The compiled evaluator, built beside this program.
    private static var evaluator: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("evaluator")
            .path
    }

    private static let python = ["python3", "Benchmarks/worker.py"]

    private static func problem(_ words: [String], _ protocolName: String) throws -> CommandProblem {
        var spec = CommandSpec(words: words, box: Box(-5...5, dimension: dimension))
        spec.protocolName = protocolName
        return try CommandProblem(name: "benchmark", spec)
    }

    private static func points(_ count: Int) -> [[Double]] {
        var chance = RandomStream(seed: 1)
        return (0..<count).map { _ in (0..<dimension).map { _ in chance.uniform() * 10 - 5 } }
    }

    /// A request as a worker gets it, made once and for all.
    private static func line(_ points: [[Double]]) -> [UInt8] {
        let list = { (items: [String]) in "[" + items.joined(separator: ",") + "]" }
        let x = list(points.map { list($0.map(\.description)) })
        return Array("{\"id\":1,\"x\":\(x),\"seed\":\(list(points.indices.map(String.init)))}\n".utf8)
    }

    /// A program that answers every line with one of so many bytes.
    private static func echo(_ bytes: Int) throws -> BarePipe { try BarePipe([evaluator, "bytes", String(bytes)]) }

    /// Batches of 40 points through one worker; in turn the same lines ready-made, to the same worker and to a program
    /// that does nothing with them.
    private func batches() async throws {
        let (points, seeds) = (Self.points(Self.batch), (0..<UInt64(Self.batch)).map { $0 })
        let line = Self.line(points)
        let compiled = [Self.evaluator, "jsonl"]
        let workers = [
            try await Self.problem(Self.python, "jsonl").start(workers: 1),
            try await Self.problem(compiled, "jsonl").start(workers: 1),
        ]
        let bare = [try BarePipe(Self.python), try BarePipe(compiled), try Self.echo(20 * Self.batch)]
        var rates = [[Double]](repeating: [], count: 5)
        for repetition in 0...Self.repetitions {
            let seconds = [
                await measured { for _ in 0..<200 { await Self.ask(workers[0], points, seeds) } } / 200,
                measured { for _ in 0..<200 { bare[0].exchange(line) } } / 200,
                await measured { for _ in 0..<1000 { await Self.ask(workers[1], points, seeds) } } / 1000,
                measured { for _ in 0..<1000 { bare[1].exchange(line) } } / 1000,
                measured { for _ in 0..<1000 { bare[2].exchange(line) } } / 1000,
            ]
            // The first round starts the workers.
            guard repetition > 0 else { continue }
            for (index, time) in seconds.enumerated() { rates[index].append(Double(Self.batch) / time) }
        }
        for worker in workers { await worker.stop() }
        Self.printRows("jsonl, 40 x 30, one worker in Python", rates[0], ready: rates[1])
        Self.printRows("jsonl, 40 x 30, one compiled worker", rates[2], ready: rates[3])
        Sample(rates[4]).printRow("as many bytes there and back, nothing done with them", unit: "points/s")
    }

    private static func ask(_ worker: any ExternalEvaluator, _ points: [[Double]], _ seeds: [UInt64]) async {
        let answers = await worker.evaluate(points, seeds: seeds)
        guard answers.allSatisfy({ $0.outcome == .ok }) else { fatalError("no values: \(answers[0])") }
    }

    private static func printRows(_ what: String, _ rates: [Double], ready: [Double]) {
        Sample(rates).printRow(what, unit: "points/s")
        Sample(ready).printRow("the same worker, its lines ready-made and unread", unit: "points/s")
        Sample(zip(rates, ready).map { $0 / $1 }).printRow("the one over the other", unit: "x")
    }

    /// One point a request: how long until the answer is there, and how much of that this process works; in turn the same
    /// bytes there and back with nothing done.
    private func roundTrips() async throws {
        let (points, rounds) = (Self.points(1), 5000)
        let line = Self.line(points)
        let worker = try await Self.problem([Self.evaluator, "jsonl"], "jsonl").start(workers: 1)
        let bare = try Self.echo(40)
        var (ours, machines): ([Cost], [Cost]) = ([], [])
        for _ in 0...Self.repetitions {
            ours.append(
                await Cost.measured(rounds) {
                    for seed in 0..<UInt64(rounds) { _ = await worker.evaluate(points, seeds: [seed]) }
                })
            machines.append(await Cost.measured(rounds) { for _ in 0..<rounds { bare.exchange(line) } })
        }
        await worker.stop()
        // The first round started the worker.
        (ours, machines) = (Array(ours.dropFirst()), Array(machines.dropFirst()))
        Sample(ours.map(\.wall)).printRow("jsonl, one point of 30 coordinates there and back", unit: "us", factor: 1e6)
        Sample(machines.map(\.wall)).printRow("as many bytes, nothing done with them", unit: "us", factor: 1e6)
        Sample(zip(ours, machines).map { $0.wall / $1.wall }).printRow("the one over the other", unit: "x")
        Sample(ours.map(\.own)).printRow("of the first, time of this process on a core", unit: "us", factor: 1e6)
        Sample(machines.map(\.own)).printRow("of the second", unit: "us", factor: 1e6)
        Sample(zip(ours, machines).map { $0.own / $1.own }).printRow("the one over the other", unit: "x")
    }

    /// Seconds for one round: until it is over, and of this process on a core.
    private struct Cost {
        let wall: Double
        let own: Double

        static func measured(_ rounds: Int, _ work: () async -> Void) async -> Cost {
            let before = ownSeconds()
            let wall = await benchmarks.measured(work)
            return Cost(wall: wall / Double(rounds), own: (ownSeconds() - before) / Double(rounds))
        }

        /// User and system time of this process so far.
        private static func ownSeconds() -> Double {
            var usage = rusage()
            // RUSAGE_SELF, which not every C library has as a number.
            getrusage(0, &usage)
            let seconds = { (time: timeval) -> Double in Double(time.tv_sec) + 1e-6 * Double(time.tv_usec) }
            return seconds(usage.ru_utime) + seconds(usage.ru_stime)
        }
    }

    private func processes() async throws {
        let points = Self.points(600)
        let seeds = (0..<UInt64(points.count)).map { $0 }
        let workers = try await Self.problem([Self.evaluator, "plain", "{x}"], "plain").start(workers: 2)
        var rates: [Double] = []
        for _ in 0..<Self.repetitions {
            let seconds = await measured {
                let answers = await workers.evaluate(points, seeds: seeds)
                precondition(answers.allSatisfy { $0.outcome == .ok }, "\(answers[0])")
            }
            rates.append(Double(points.count) / seconds)
        }
        await workers.stop()
        Sample(rates).printRow("plain, two at a time, compiled", unit: "processes/s")
    }
}

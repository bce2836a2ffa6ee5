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

    /// Batches of 40 points through one worker, Python's and the compiled one in turn, and Python's fed from a file.
    private func batches() async throws {
        let (points, seeds) = (Self.points(Self.batch), (0..<UInt64(Self.batch)).map { $0 })
        let workers = [
            try await Self.problem(Self.python, "jsonl").start(workers: 1),
            try await Self.problem([Self.evaluator, "jsonl"], "jsonl").start(workers: 1),
        ]
        var rates: [[Double]] = [[], [], []]
        for repetition in 0...Self.repetitions {
            for (index, worker) in workers.enumerated() {
                let rounds = index == 0 ? 200 : 1000
                let seconds = await measured {
                    for _ in 0..<rounds {
                        let answers = await worker.evaluate(points, seeds: seeds)
                        precondition(answers.allSatisfy { $0.outcome == .ok }, "\(answers[0])")
                    }
                }
                // The first round starts the workers.
                if repetition > 0 { rates[index].append(Double(rounds * Self.batch) / seconds) }
            }
            if repetition > 0 { rates[2].append(try Self.alone(points, requests: 200)) }
        }
        for worker in workers { await worker.stop() }
        Sample(rates[0]).printRow("jsonl, 40 x 30, one worker in Python", unit: "points/s")
        Sample(rates[2]).printRow("the same worker fed from a file, its start included", unit: "points/s")
        Sample(zip(rates[0], rates[2]).map { $0 / $1 }).printRow("the one over the other", unit: "x")
        Sample(rates[1]).printRow("jsonl, 40 x 30, one compiled worker", unit: "points/s")
    }

    /// Points a second of Python's worker when nobody waits for an answer.
    private static func alone(_ points: [[Double]], requests: Int) throws -> Double {
        let file = NSTemporaryDirectory() + "knee-requests-\(UUID().uuidString)"
        let line = "{\"id\":1,\"x\":\(points),\"seed\":\(Array(points.indices))}\n"
        try Data(String(repeating: line, count: requests).utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = python
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        process.standardOutput = FileHandle.nullDevice
        let seconds = try measured {
            try process.run()
            process.waitUntilExit()
        }
        return Double(requests * points.count) / seconds
    }

    /// One point a request: how long until the answer is there, and how much of that this process works.
    private func roundTrips() async throws {
        let (points, rounds) = (Self.points(1), 5000)
        let worker = try await Self.problem([Self.evaluator, "jsonl"], "jsonl").start(workers: 1)
        var (wall, own): ([Double], [Double]) = ([], [])
        for repetition in 0...Self.repetitions {
            let before = Self.ownSeconds()
            let seconds = await measured {
                for seed in 0..<UInt64(rounds) { _ = await worker.evaluate(points, seeds: [seed]) }
            }
            guard repetition > 0 else { continue }
            wall.append(seconds / Double(rounds))
            own.append((Self.ownSeconds() - before) / Double(rounds))
        }
        await worker.stop()
        Sample(wall).printRow("jsonl, one point of 30 coordinates there and back, compiled", unit: "us", factor: 1e6)
        Sample(own).printRow("of it time of this process on a core", unit: "us", factor: 1e6)
    }

    /// User and system time of this process so far.
    private static func ownSeconds() -> Double {
        var usage = rusage()
        // RUSAGE_SELF, which not every C library has as a number.
        getrusage(0, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + 1e-6 * Double($1.tv_usec) }
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

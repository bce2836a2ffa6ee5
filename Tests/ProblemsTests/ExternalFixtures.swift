import Foundation
import Inner
import Problems

/// A folder that is gone when its owner is, and scripts in it.
final class Scratch: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "external-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// A shell script whose `$here` is this folder; returns its path.
    func script(_ body: String, name: String = "script", mode: Int = 0o755) throws -> String {
        let file = path(name)
        try "#!/bin/sh\nhere='\(url.path)'\n\(body)\n".write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    func lines(_ name: String) -> [String] {
        let text = (try? String(contentsOfFile: path(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// The lines of a file once it has `count` of them; what there is after ten seconds.
    func awaitLines(_ name: String, count: Int = 1) async -> [String] {
        for _ in 0..<1000 {
            if lines(name).count >= count { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return lines(name)
    }

    func pids(_ name: String, count: Int = 1) async -> [pid_t] {
        await awaitLines(name, count: count).compactMap(pid_t.init)
    }
}

/// False for one that has ended, collected or not.
func isRunning(_ pid: pid_t) -> Bool {
    guard kill(pid, 0) == 0 else { return false }
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
}

func problem(
    _ words: [String], dimension: Int = 2, protocolName: String = "plain", batch: Int = 64,
    grace: Duration = .seconds(2), _ change: (inout CommandSpec) -> Void = { _ in }
) throws -> CommandProblem {
    // A plain command has to be told the point, whether it looks or not.
    let point = protocolName == "plain" && !words.contains { $0.hasPrefix("{x") } ? ["{x}"] : []
    var spec = CommandSpec(words: words + point, box: Box(-5...5, dimension: dimension))
    (spec.protocolName, spec.batch) = (protocolName, batch)
    change(&spec)
    var problem = try CommandProblem(name: "test", spec)
    problem.grace = grace
    // What is asked here is asked, however often it fails.
    problem.outageRule = OutageRule(after: nil, hasAnswered: true)
    return problem
}

/// Points (0, 0), (1, 0), (2, 0), ...
func numberedPoints(_ count: Int) -> [[Double]] { (0..<count).map { [Double($0), 0] } }

extension Evaluation {
    /// `0.25`, or `failed: exit code 3`; a NaN value keeps evaluations from being equal to themselves.
    var told: String { evidence.map { "\(outcome): \($0)" } ?? (outcome == .ok ? "\(value)" : "\(outcome)") }
}

extension ExternalEvaluator {
    /// Seeds are 0, 1, 2, ...
    func evaluate(_ points: [[Double]]) async -> [Evaluation] {
        await evaluate(points, seeds: points.indices.map(UInt64.init))
    }

    func evaluateOne(_ point: [Double] = [0, 0]) async -> String { await evaluate([point])[0].told }
}

/// Evaluates on fresh workers, which are gone afterwards.
func evaluate(_ problem: CommandProblem, _ points: [[Double]], workers: Int = 1) async throws -> [Evaluation] {
    let evaluator = try await problem.start(workers: workers)
    let evaluations = await evaluator.evaluate(points)
    await evaluator.stop()
    return evaluations
}

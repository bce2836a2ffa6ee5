import Foundation
import Inner
import Problems

/// A copy of the program `hostile` under a name of its own, by which its processes are known.
final class Hostile: Sendable {
    let scratch: Scratch
    /// At most 15 characters, as many as the system keeps of a process's name.
    private let name = "h" + UUID().uuidString.prefix(12).lowercased()

    init() throws {
        scratch = try Scratch()
        try FileManager.default.copyItem(atPath: Self.built, toPath: scratch.path(name))
    }

    /// The executable that was built beside the tests.
    private static var built: String {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = folder.appendingPathComponent("hostile").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return "hostile"
    }

    /// A problem that it evaluates in this mode: 256 MiB of memory, 4 MiB of output, and a long time, for other tests
    /// may keep this process from looking.
    func problem(
        _ protocolName: String, _ mode: String, _ change: (inout CommandSpec) -> Void = { _ in }
    ) throws -> CommandProblem {
        let words = [scratch.path(name), protocolName, mode]
        return try ProblemsTests.problem(words, protocolName: protocolName, grace: .milliseconds(200)) { spec in
            spec.limits.time = .seconds(60)
            spec.limits.output = 4 << 20
            if EvaluationLimits.canLimitMemory { spec.limits.memory = 256 << 20 }
            change(&spec)
        }
    }

    /// Its processes: those that run, and those that this one would have to collect.
    var left: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { $0.first?.isNumber == true }.compactMap { process in
            guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                status.contains("(\(name))")
            else { return nil }
            // State, and parent.
            let fields = status.split(separator: ")")[1].split(separator: " ")
            return fields[0] != "Z" || fields[1] == "\(getpid())" ? status : nil
        }
    }
}

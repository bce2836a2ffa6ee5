import Foundation

/// A run of the program beside this one.
final class Launched {
    private let process = Process()
    private let start: ContinuousClock.Instant
    /// The most memory that was resident so far, in MB; nil where the system has no `/proc`.
    private(set) var memory: Double?

    init(_ program: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        start = .now
        try process.run()
    }

    /// Seconds from its start until it has ended, or what is asked for has come.
    func seconds(until hasCome: () throws -> Bool = { false }) throws -> Double {
        while process.isRunning, try !hasCome() {
            memory = peak() ?? memory
            usleep(2000)
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    func interrupt() { process.interrupt() }

    private func peak() -> Double? {
        let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 }
    }
}

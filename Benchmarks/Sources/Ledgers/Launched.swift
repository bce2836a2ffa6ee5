import Foundation

/// A run of the program beside this one.
final class Launched {
    private let process = Process()
    private let start: ContinuousClock.Instant
    /// The most memory that was resident so far, in MB, and the seconds its threads had a core; nil where the system has no
    /// `/proc`.
    private(set) var memory: Double?
    private(set) var core: Double?

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
            look()
            usleep(2000)
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    func interrupt() { process.interrupt() }

    private func look() {
        let read = { [process] (file: String) in
            try? String(contentsOfFile: "/proc/\(process.processIdentifier)/\(file)", encoding: .utf8)
        }
        let line = read("status")?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        memory = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? memory
        // Ticks of user and system: the 12th and 13th word behind the name.
        let words = read("stat")?.split(separator: ")").last?.split(separator: " ").compactMap { Double($0) } ?? []
        if words.count > 12 { core = (words[10] + words[11]) / Double(sysconf(Int32(_SC_CLK_TCK))) }
    }
}

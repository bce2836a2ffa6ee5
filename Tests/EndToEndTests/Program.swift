import Foundation
import Testing

/// The built program, run as a user runs it, in a folder of its own.
final class Program: Sendable {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "knee-program-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        try? FileManager.default.removeItem(atPath: folder)
    }

    struct Outcome: Sendable {
        let code: Int32
        let output: String
        let errors: String

        /// The lines of its output as they are where it is called as the README does: commands repeat how it was called,
        /// and the path it has here is as long as the folder of the checkout.
        var lines: [Substring] {
            output.replacing(Program.executable, with: ".build/release/knee").split(separator: "\n")
        }

        /// The answer of `--format json`.
        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        }

        func digest() throws -> String { try #require(try json()["digest"] as? String) }
    }

    /// The executable that was built beside the tests.
    static var executable: String {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = folder.appendingPathComponent("knee").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return "knee"
    }

    func path(_ name: String) -> String { folder + "/" + name }

    func write(_ text: String, to name: String, executable: Bool = false) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        if executable {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
        }
    }

    /// Starts the program, in its own folder unless told; `finish` waits for it.
    func start(
        _ arguments: [String], input: String = "", in directory: String? = nil, environment: [String: String] = [:]
    ) throws -> Running {
        try Running(
            arguments, input: input, folder: folder, directory: directory ?? folder, environment: environment)
    }

    func run(_ arguments: String..., input: String = "") throws -> Outcome {
        try start(arguments, input: input).finish()
    }

    /// The process numbers in a file, one a line, once there are some.
    func awaitPids(in file: String) -> [pid_t] {
        for _ in 0..<1000 {
            let found = pids(in: file)
            if !found.isEmpty { return found }
            usleep(10_000)
        }
        return []
    }

    func pids(in file: String) -> [pid_t] {
        let text = (try? String(contentsOfFile: path(file), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { pid_t($0) }
    }

    /// Waits until the ledger holds so many pulls of a study that still runs.
    func waitForPulls(_ count: Int, study: String, in ledger: String = "runs/knee.sqlite") throws {
        for _ in 0..<2000 {
            usleep(5000)
            let status = try run("status", "--ledger", ledger, "--format", "json")
            guard status.code == 0 else { continue }
            let studies = try JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [[String: Any]]
            if studies?.first(where: { $0["name"] as? String == study })?["pulls"] as? Int ?? 0 >= count { return }
        }
        Issue.record("no \(count) pulls in time")
    }

    /// Waits until a study that still runs has said that it confirms, and the ledger holds so many fresh searches of it.
    func waitForFresh(_ count: Int, study: String, saidIn errors: () -> String) throws {
        for _ in 0..<4000 {
            usleep(5000)
            guard errors().contains("confirming: ") else { continue }
            guard count > 0 else { return }
            let report = try run("report", study, "--format", "json")
            let spent = try report.json()["spent"] as? [String: Any]
            if spent?["freshSearches"] as? Int ?? 0 >= count { return }
        }
        Issue.record("no \(count) fresh searches in time")
    }

    /// A program on its way. Its output goes to files, so that nothing blocks.
    final class Running {
        let process = Process()
        private let output: String
        private let errors: String

        init(
            _ arguments: [String], input: String, folder: String, directory: String, environment: [String: String]
        ) throws {
            let name = folder + "/" + UUID().uuidString
            (output, errors) = (name + ".out", name + ".err")
            for (file, text) in [(output, ""), (errors, ""), (name + ".in", input)] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            }
            process.executableURL = URL(fileURLWithPath: Program.executable)
            process.arguments = arguments
            if !environment.isEmpty {
                process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            }
            process.currentDirectoryURL = URL(fileURLWithPath: directory)
            process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: name + ".in"))
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: errors)
            try process.run()
        }

        /// What it has said on standard error so far.
        func said() -> String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

        func finish() throws -> Outcome {
            process.waitUntilExit()
            let read = { (file: String) in
                String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
            }
            return Outcome(code: process.terminationStatus, output: try read(output), errors: try read(errors))
        }
    }
}

/// True if a program is there and ends well.
func runs(_ words: String...) -> Bool { runs(words) }

func runs(_ words: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}

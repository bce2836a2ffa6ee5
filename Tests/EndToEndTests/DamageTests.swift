import Foundation
import Testing

/// What can happen to a ledger's file: each ends with one clear sentence and exit code 5, and nothing committed is harmed.
@Suite("A ledger in trouble")
struct DamageTests {
    private let program: Program

    init() throws { program = try Program() }

    private let long = LongStudy.options + ["--quiet", "--ledger", "k.sqlite"]

    private func expectTold(_ outcome: Program.Outcome, _ words: String) {
        #expect(outcome.code == 5 && outcome.errors.contains(words), "\(outcome)")
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }

    #if os(Linux)
        @Test("a disk that fills up ends the study; once there is room it goes on to the same end")
        func full() throws {
            let digest = try LongStudy.whole().digest()
            let faults = Faults.environment(["FAULTS_FULL": program.path("full")])
            let running = try program.start(long, environment: faults)
            try program.waitForPulls(3, study: "long", in: "k.sqlite")
            try program.write("", to: "full")
            expectTold(try running.finish(), "the disk of the ledger k.sqlite is full")
            #expect(try program.run("verify", "--ledger", "k.sqlite").code == 0)
            let still = try program.start(["resume", "long", "--ledger", "k.sqlite", "--quiet"], environment: faults)
            expectTold(try still.finish(), "is full")
            try FileManager.default.removeItem(atPath: program.path("full"))
            let resumed = try program.run("resume", "long", "--ledger", "k.sqlite", "--format", "json", "--quiet")
            #expect(try resumed.digest() == digest)
        }

        @Test(
            "a small file system in memory that fills up, likewise",
            .enabled(if: SmallDisk.canBeMade, "mounting a file system takes root"))
        func smallDisk() throws {
            let digest = try LongStudy.whole().digest()
            let disk = try SmallDisk(at: program.path("disk"), kilobytes: 400)
            let ledger = ["--ledger", "disk/k.sqlite"]
            let running = try program.start(LongStudy.options + ["--quiet"] + ledger)
            expectTold(try running.finish(), "the disk of the ledger disk/k.sqlite is full")
            #expect(try program.start(["verify"] + ledger).finish().code == 0)
            let status = try program.start(["status", "--format", "json"] + ledger).finish()
            #expect(status.code == 0 && !status.output.contains("\"pulls\" : 0"), "\(status)")
            try disk.grow(to: 64_000)
            let resumed = try program.start(["resume", "long", "--format", "json", "--quiet"] + ledger).finish()
            #expect(try resumed.digest() == digest)
        }
    #endif

    @Test("removed while it is written, it is missed at the next search", arguments: [false, true])
    func removed(isReplaced: Bool) throws {
        let running = try program.start(long)
        try program.waitForPulls(3, study: "long", in: "k.sqlite")
        try FileManager.default.removeItem(atPath: program.path("k.sqlite"))
        if isReplaced { try program.write("", to: "k.sqlite") }
        expectTold(try running.finish(), "was removed, or another file put in its place")
    }

    @Test("cut short, it is refused and left as it is")
    func truncated() throws {
        _ = try program.start(long + ["--max-pulls", "12"]).finish()
        #expect(try program.run("doctor", "--ledger", "k.sqlite").code == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: program.path("k.sqlite")))
        let half = bytes.prefix(bytes.count / 2 / 4096 * 4096)
        try half.write(to: URL(fileURLWithPath: program.path("k.sqlite")))
        for command in [["verify"], ["resume", "long"], ["doctor"]] {
            let outcome = try program.start(command + ["--ledger", "k.sqlite"]).finish()
            #expect(outcome.code == 5, "\(command): \(outcome)")
            #expect((outcome.errors + outcome.output).contains("k.sqlite"), "\(command): \(outcome)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: program.path("k.sqlite"))) == half)
    }

    @Test("with rubbish for a journal it reads as it was before, and goes on")
    func rubbish() throws {
        let digest = try program.start(long + ["--max-pulls", "12"]).finish().digest()
        #expect(try program.run("doctor", "--ledger", "k.sqlite").code == 0)
        var chance = SystemRandomNumberGenerator()
        let bytes = Data((0..<50_000).map { _ in UInt8.random(in: 0...255, using: &chance) })
        try bytes.write(to: URL(fileURLWithPath: program.path("k.sqlite-wal")))
        #expect(try program.run("verify", "--ledger", "k.sqlite").code == 0)
        let resumed = try program.run("resume", "long", "--ledger", "k.sqlite", "--format", "json", "--quiet")
        #expect(try resumed.digest() == digest)
    }

    @Test("the doctor closes what a killed process left open, names what does not belong, and deletes nothing")
    func doctor() throws {
        let running = try program.start(long)
        try program.waitForPulls(2, study: "long", in: "k.sqlite")
        let busy = try program.run("doctor", "--ledger", "k.sqlite")
        #expect(busy.code == 0 && busy.output.contains("process \(running.process.processIdentifier)"), "\(busy)")
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.finish()
        #expect(try program.run("status", "--ledger", "k.sqlite").output.contains("killed"))
        for name in ["report.txt.4711.tmp", "gone.sqlite-wal", "gone.sqlite-journal", "mine.txt"] {
            try program.write("", to: name)
        }
        let told = try program.run("doctor", "--ledger", "k.sqlite")
        #expect(told.code == 0 && told.output.contains("long: closed for process"), "\(told)")
        for (name, words) in [
            ("report.txt.4711.tmp", "half a file"), ("gone.sqlite-wal", "without its ledger"),
            ("gone.sqlite-journal", "rollback journal"),
        ] {
            #expect(told.output.contains("\(name): ") && told.output.contains(words), "\(told)")
            #expect(FileManager.default.fileExists(atPath: program.path(name)))
        }
        #expect(!told.output.contains("mine.txt"))
        let again = try program.run("doctor", "--ledger", "k.sqlite")
        #expect(!again.output.contains("closed for") && again.output.contains("in order"), "\(again)")
    }
}

#if os(Linux)
    /// A file system in memory of a stated size.
    private final class SmallDisk: Sendable {
        private let folder: String

        static let canBeMade: Bool = {
            guard geteuid() == 0, let program = try? Program() else { return false }
            let folder = program.path("probe")
            let isMade =
                (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
            defer { _ = run(["umount", "--lazy", folder]) }
            return isMade && run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder])
        }()

        init(at folder: String, kilobytes: Int) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            self.folder = folder
            try #require(Self.run(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder]))
        }

        func grow(to kilobytes: Int) throws {
            try #require(Self.run(["mount", "-o", "remount,size=\(kilobytes)k", folder]))
        }

        deinit { _ = Self.run(["umount", "--lazy", folder]) }

        private static func run(_ words: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            do { try process.run() } catch { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }
#endif

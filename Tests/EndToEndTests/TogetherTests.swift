import Foundation
import Testing

@Suite("Programs at the same time")
struct TogetherTests {
    private let program: Program

    init() throws { program = try Program() }

    @Test("that start at once on a ledger that is not there, or empty, each get a study", arguments: [false, true])
    func together(isThere: Bool) throws {
        if isThere { try program.write("", to: "k.sqlite") }
        let command = [
            "learn", "sphere", "--max-pulls", "2", "--ceiling", "1300", "--ledger", "k.sqlite", "--format", "json",
        ]
        let outcomes = try (0..<32).map { _ in try program.start(command) }.map { try $0.finish() }
        #expect(outcomes.allSatisfy { [0, 3].contains($0.code) }, "\(outcomes.map(\.errors))")
        let names = try outcomes.map { try $0.json()["study"] as? String ?? "none" }
        #expect(Set(names) == Set((1...32).map { "sphere-\($0)" }))
    }

    @Test("that write an empty file make it a ledger; until then there is none to look at")
    func empty() throws {
        try program.write("", to: "e.sqlite")
        let status = try program.run("status", "--ledger", "e.sqlite")
        #expect(status.code == 5 && status.errors.contains("no ledger at e.sqlite"))
        let learned = try program.run("learn", "sphere", "--ledger", "e.sqlite", "--max-pulls", "2")
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        #expect(try program.run("status", "--ledger", "e.sqlite").code == 0)
    }

    @Test("that resume one study are told of each other, and the study is whole")
    func resumes() throws {
        try program.write("#!/bin/sh\nsleep 0.03\necho $1\n", to: "slow.sh", executable: true)
        let begun = try program.run(
            "learn", "--bounds", "0,1", "--dimension", "1", "--floor", "8", "--ceiling", "8", "--swarm-sizes", "4",
            "--max-pulls", "6", "--max-time", "0.001s", "--study", "s", "--quiet", "--", "./slow.sh", "{x}")
        #expect(begun.code == 3, "\(begun.errors)")
        let outcomes = try (0..<2).map { _ in try program.start(["resume", "s", "--workers", "1", "--quiet"]) }
            .map { try $0.finish() }
        let refused = outcomes.filter { $0.code == 5 }
        #expect(refused.count == 1, "\(outcomes)")
        for outcome in refused {
            #expect(outcome.errors.contains("has worked on study 's' since"), "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
        #expect(outcomes.contains { [0, 3].contains($0.code) })
        #expect(try program.run("export", "s").output.split(separator: "\n").count == 7)
    }

    private let long = LongStudy.options + ["--quiet"]

    @Test("work on one study one after the other: who comes second is told of the first, until that one is gone")
    func held() throws {
        let running = try program.start(long)
        try program.waitForPulls(2, study: "long")
        #expect(try program.run("status").output.contains("running"))
        for command in [["resume", "long"], ["extend", "long", "--evaluations", "1000"], ["confirm", "long"]] {
            let refused = try program.start(command).finish()
            #expect(
                refused.code == 5 && refused.errors.contains("process \(running.process.processIdentifier) on"),
                "\(command): \(refused)")
        }
        // Others may work on other studies.
        let other = try program.run("learn", "sphere", "--max-pulls", "2", "--quiet")
        #expect([0, 3].contains(other.code), "\(other.errors)")
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.finish()
        #expect([0, 3].contains(try program.run("resume", "long", "--quiet").code))
    }

    @Test("that only look, ten times a second, change nothing and are never turned away")
    func viewers() async throws {
        let digest = try LongStudy.whole().digest()
        let running = try program.start(long)
        var looks = 0
        while running.process.isRunning {
            for command in [["status"], ["report", "long"], ["export", "long"]] {
                let look = try program.start(command).finish()
                // Before the study is there, there is nothing to see.
                #expect(look.code == 0 || looks < 3, "\(command): \(look)")
                looks += 1
            }
            usleep(100_000)
        }
        #expect(try running.finish().digest() == digest)
        #expect(looks >= 6)
    }
}

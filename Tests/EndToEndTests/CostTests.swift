import Foundation
import Testing

@Suite("A price that counts seconds")
struct CostTests {
    private let program: Program

    /// A command that takes longer at some points.
    init() throws {
        program = try Program()
        try program.write(
            "#!/bin/sh\ncase $1 in 0.[0-4]*) sleep 0.02 ;; esac\necho $1\n", to: "uneven.sh", executable: true)
    }

    private let study = [
        "learn", "--bounds", "0,1", "--dimension", "1", "--floor", "8", "--ceiling", "16", "--swarm-sizes", "3,5",
        "--inertias", "0.5,0.7", "--topologies", "global", "--max-pulls", "8", "--study", "timed", "--quiet",
    ]

    @Test("is reported, explained from the recorded times, and kept when the study is resumed")
    func seconds() throws {
        let command = ["--", "./uneven.sh", "{x}"]
        let learned = try program.start(study + ["--cost", "seconds"] + command).finish()
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        #expect(learned.output.contains("an evaluation; the price counts seconds"), "\(learned.output)")
        for pull in 0..<8 {
            let explained = try program.run("explain", "timed", "--pull", "\(pull)")
            #expect(explained.code == 0 && explained.output.contains("the same decision"), "\(explained)")
        }
        #expect(try program.run("report", "timed").output.hasPrefix(learned.output))
        #expect(try program.run("resume", "timed", "--quiet").output == learned.output)
        #expect(try program.start(study + ["--resume"]).finish().output == learned.output)
        let json = try program.run("report", "timed", "--format", "json").json()
        #expect(json["cost"] as? String == "seconds" && json["secondsPerEvaluation"] as? Double ?? 0 > 0)

        let other = try program.start(study + ["--resume", "--cost", "evaluations"]).finish()
        #expect(other.code == 2 && other.errors.contains("another value of: --cost;"), "\(other.errors)")
        let total = try program.start(study + ["--resume", "--total", "16"]).finish()
        #expect(total.code == 2 && total.errors.contains("--cost seconds"), "\(total.errors)")
    }

    @Test("ends with the decisions that its recorded times lead to, interrupted or not")
    func interrupted() throws {
        try program.write("#!/bin/sh\nsleep 0.02\necho $1\n", to: "slow.sh", executable: true)
        let running = try program.start(study + ["--cost", "seconds", "--", "./slow.sh", "{x}"])
        try program.waitForPulls(2, study: "timed")
        running.process.interrupt()
        _ = try running.finish()
        #expect([0, 3].contains(try program.run("resume", "timed", "--quiet").code))
        for pull in 0..<8 {
            let explained = try program.run("explain", "timed", "--pull", "\(pull)")
            #expect(explained.code == 0 && explained.output.contains("the same decision"), "\(explained)")
        }
    }
}

import Foundation
import Inner
import Ledger
import Outer
import Problems
import Support
import Testing

@Suite("A long study")
struct LongStudyTests {
    private let program: Program

    init() throws { program = try Program() }

    /// The most memory that was resident, in MB, and how the run ended; nil where the system has no `/proc`.
    private func measured(_ arguments: String...) throws -> (memory: Double?, outcome: Program.Outcome) {
        let running = try program.start(arguments)
        var memory: Double?
        while running.process.isRunning {
            let status = try? String(
                contentsOfFile: "/proc/\(running.process.processIdentifier)/status", encoding: .utf8)
            let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            memory = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? memory
            usleep(1000)
        }
        return (memory, try running.finish())
    }

    /// Makes ledgers of one study each: 5,000 pulls of 21 checkpoints are done, three are not. All their feature rows
    /// together would fill 100 MB.
    private func plant(_ ledgers: [String]) throws -> StudyRecord {
        let planted = try PlantedStudy.standard()
        let study = StudyRecord(
            name: "long", problem: try .builtIn("sphere", dimension: 2),
            spec: StudySpec(space: planted.space, maxPulls: 5003),
            provenance: Provenance(created: "", commandLine: [], programVersion: "", host: ""))
        var pulls: [Pull] = []
        for number in 0..<5000 {
            // The last is what the study would choose itself: who resumes it looks.
            let decision = number == 4999 ? try Learner.recompute(number, of: study.spec, from: pulls) : nil
            let arm = planted.space[
                decision?.arm ?? planted.space.index(configuration: number % 16, level: planted.space.levels - 1)]
            let contenders = (0..<9).map { Decision.Contender(arm: $0, draw: 0.5, mean: 0.25, offset: -0.1) }
            pulls.append(
                Pull(
                    number: number,
                    decision: decision ?? Decision(arm: arm.index, contenders: contenders, propensity: 0.5),
                    budget: arm.budget, result: planted.result(of: arm, stream: study.spec.searchStream(pull: number)),
                    seconds: 0))
        }
        for name in ledgers {
            let ledger = try Ledger(at: program.path(name), .readWrite)
            try ledger.create(study)
            try ledger.record(pulls, of: study)
        }
        return study
    }

    @Test("is resumed and reported in the memory of a short one, and alike on 1 and on 4 workers")
    func resumes() throws {
        let study = try plant(["one.sqlite", "four.sqlite"])
        let one = try measured("resume", "long", "--ledger", "one.sqlite", "--workers", "1", "--format", "json")
        let four = try measured("resume", "long", "--ledger", "four.sqlite", "--workers", "4", "--format", "json")
        let report = try measured("report", "long", "--ledger", "one.sqlite", "--format", "json")
        let pulls = try Ledger(at: program.path("one.sqlite"), .readOnly).pulls(of: study)
        #expect(pulls.count == 5003)
        for (memory, outcome) in [one, four, report] {
            #expect(try outcome.digest() == Digest.of(pulls))
            #expect(memory ?? 0 < 80, "\(memory ?? 0) MB")
        }
    }
}

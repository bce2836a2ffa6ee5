import Foundation
import Testing

@Suite("knee extend")
struct ExtendTests {
    private let program: Program

    init() throws { program = try Program() }

    private func learn(_ policy: String, pulls: Int, _ study: String) -> [String] {
        [
            "learn", "rastrigin", "--dimension", "2", "--floor", "40", "--ceiling", "320", "--policy", policy,
            "--swarm-sizes", "5,10", "--topologies", "ring", "--max-pulls", "\(pulls)", "--study", study, "--spend-all",
            "--confirm", "3", "--format", "json", "--quiet",
        ]
    }

    private func decisions(_ outcome: Program.Outcome) throws -> String {
        try #require(try outcome.json()["decisionsDigest"] as? String)
    }

    @Test(
        "a study of 20 searches that is extended by 20, twice, is one of 60",
        arguments: [
            "thompson", "topTwo", "contrast", "ensemble", "predictive", "independent", "ucbE", "halving", "racing",
            "epsilonGreedy", "uniform",
        ])
    func pulls(policy: String) throws {
        let whole = try program.start(learn(policy, pulls: 60, "whole") + ["--workers", "4"]).finish()
        let begun = try program.start(learn(policy, pulls: 20, "grown") + ["--workers", "1"]).finish()
        #expect([0, 3].contains(begun.code), "\(begun.errors)")
        var last = begun
        for workers in ["2", "1"] {
            last = try program.run(
                "extend", "grown", "--pulls", "20", "--format", "json", "--quiet", "--workers", workers)
        }
        #expect(try decisions(last) == decisions(whole) && last.digest() == whole.digest())
        #expect(try decisions(begun) != decisions(whole))
        let proof = try program.run("verify")
        #expect(proof.code == 0 && proof.output.contains("60 decisions computed again"), "\(proof.output)")
    }

    @Test("a purse is raised too: what was decided stays, every decision can be computed again, and the purse is kept")
    func purse() throws {
        let study = learn("thompson", pulls: 1000, "s").map { $0 == "--max-pulls" ? "--max-evaluations" : $0 }
            .map { $0 == "1000" ? "4000" : $0 }
        let begun = try program.start(study).finish()
        #expect([0, 3].contains(begun.code), "\(begun.errors)")
        let before = try program.run("export", "s").output
        let extended = try program.run("extend", "s", "--evaluations", "6k", "--format", "json", "--quiet")
        let spent = try #require(try extended.json()["spent"] as? [String: Any])
        let evaluations = try #require(spent["evaluations"] as? Int)
        #expect(spent["purse"] as? Int == 10_000 && evaluations > 7000 && evaluations <= 10_000, "\(spent)")
        #expect(try program.run("export", "s").output.hasPrefix(before))
        let proof = try program.run("verify", "s")
        #expect(proof.code == 0 && proof.output.contains("of 10,000 evaluations"), "\(proof.output)")
        for pull in [3, 12, 25] {
            let explained = try program.run("explain", "s", "--pull", "\(pull)")
            #expect(explained.output.contains("the same decision"), "\(pull): \(explained)")
        }
    }

    @Test("after a confirmation that took what was left, learning goes on with what is left of the purse, and no more")
    func afterConfirmation() throws {
        for seed in ["1", "2", "3"] {
            let name = "s" + seed
            let begun = try program.run(
                "learn", "rosenbrock", "--dimension", "2", "--seed", seed, "--floor", "40", "--ceiling", "640",
                "--max-evaluations", "12k", "--max-pulls", "8", "--study", name, "--quiet", "--no-page")
            #expect([0, 3].contains(begun.code) && begun.output.contains("fresh searches"), "\(begun)")
            let extended = try program.run("extend", name, "--pulls", "5000", "--quiet", "--format", "json")
            #expect([0, 3].contains(extended.code), "\(extended.errors)")
            let spent = try #require(try extended.json()["spent"] as? [String: Any])
            #expect(try #require(spent["evaluations"] as? Int) <= 12_000)
            let proof = try program.run("verify", name)
            #expect(proof.code == 0, "\(proof.output)")
        }
    }

    @Test("what there is nothing to add to, what is not said, and what is not there is refused in a sentence")
    func refused() throws {
        _ = try program.start(learn("uniform", pulls: 4, "s")).finish()
        for (arguments, code, words) in [
            (["s", "--evaluations", "10"], 2, "no such limit"), (["s"], 2, "say how much more"),
            (["t", "--pulls", "3"], 2, "no study 't'"),
            (["s", "--pulls", "3", "--ledger", "none.sqlite"], 5, "no ledger at none.sqlite"),
        ] as [([String], Int32, String)] {
            let outcome = try program.start(["extend"] + arguments).finish()
            #expect(outcome.code == code && outcome.errors.contains(words), "\(arguments): \(outcome)")
        }
        #expect(!FileManager.default.fileExists(atPath: program.path("none.sqlite")))
    }
}

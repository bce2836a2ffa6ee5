import Foundation
import Inner
import Problems
import Testing

@Suite struct ExternalManifestTests {
    private func command(_ words: [String]) -> ProblemManifest {
        var spec = CommandSpec(words: words, box: Box(-1...2, dimension: 3))
        (spec.protocolName, spec.isNoisy, spec.batch) = ("jsonl", true, 8)
        (spec.limits.time, spec.limits.memory, spec.retries) = (.seconds(1.5), 1 << 30, 2)
        (spec.environment, spec.workFolder) = (["A", "B=c"], "runs/work")
        return .command(spec)
    }

    @Test("what an older program wrote is read with the usual values of what it did not know")
    func olderManifests() throws {
        let old =
            #"{"command":{"batch":8,"box":{"lower":[-1],"upper":[2]},"isNoisy":true,"protocolName":"jsonl","words":["a"]}}"#
        guard case .command(let spec) = try JSONDecoder().decode(ProblemManifest.self, from: Data(old.utf8)) else {
            Issue.record("no command")
            return
        }
        #expect(spec.batch == 8 && spec.isNoisy && spec.box == Box(-1...2, dimension: 1))
        #expect(spec.limits == EvaluationLimits() && spec.retries == 0 && spec.environment.isEmpty)
        let named = #"{"catalogue":{"dimension":3,"instance":1,"name":"sphere"}}"#
        #expect(
            try JSONDecoder().decode(ProblemManifest.self, from: Data(named.utf8))
                == .catalogue(name: "sphere", dimension: 3, instance: 1))
    }

    @Test func labelsAreShort() {
        #expect(
            ProblemManifest.catalogue(name: "sphere", dimension: 4, instance: 2).label
                == "sphere (4 dimensions, instance 2)")
        #expect(ProblemManifest.catalogue(name: "nist/rat43", dimension: 4, instance: 1).label == "nist/rat43")
        #expect(command(["python3", "worker.py"]).label == "python3 worker.py")
        let long = command(["run", String(repeating: "a", count: 100)]).label
        #expect(long.count == 60 && long.hasPrefix("run aaa") && long.hasSuffix("…"))
    }

    @Test func manifestsSurviveTheLedger() throws {
        for manifest in [command(["a b", "{x}"]), .catalogue(name: "sphere", dimension: 2, instance: 3)] {
            let data = try JSONEncoder().encode(manifest)
            #expect(try JSONDecoder().decode(ProblemManifest.self, from: data) == manifest)
        }
    }

    @Test func aCommandBecomesAProblem() throws {
        guard case .external(let problem) = try command(["sh -c 'exit 1'"]).make() else {
            Issue.record("not external")
            return
        }
        #expect(problem.template.words == ["sh", "-c", "exit 1"])
        #expect(problem.name == "sh -c 'exit 1'")
        #expect(problem.dimension == 3 && problem.isNoisy && problem.spec.batch == 8 && problem.retries == 2)
        #expect(throws: ExternalError.template(.unknownPlaceholder("{y}", word: "{y}"))) {
            try command(["sh", "{y}"]).make()
        }
        #expect(throws: SelectionError.self) {
            try ProblemManifest.catalogue(name: "no such problem", dimension: 2, instance: 1).make()
        }
    }
}

import Foundation
import Inner
import Problems
import Testing

@Suite struct ExternalManifestTests {
    private func command(_ words: [String]) -> ProblemManifest {
        .command(words: words, protocolName: "jsonl", box: Box(-1...2, dimension: 3), isNoisy: true, batch: 8)
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
        #expect(problem.dimension == 3 && problem.isNoisy && problem.batch == 8 && problem.protocolName == "jsonl")
        #expect(throws: ExternalError.template(.unknownPlaceholder("{y}", word: "{y}"))) {
            try command(["sh", "{y}"]).make()
        }
        #expect(throws: SelectionError.self) {
            try ProblemManifest.catalogue(name: "no such problem", dimension: 2, instance: 1).make()
        }
    }
}

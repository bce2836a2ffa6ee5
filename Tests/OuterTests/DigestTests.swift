import Inner
import Outer
import Testing

struct DigestTests {
    /// A pull with every field open to change.
    private struct Fields {
        var number = 3
        var arm = 5
        var propensity = 0.25
        var contender = (arm: 5, draw: 0.5, mean: 0.25, offset: -0.125)
        var evaluations = 100
        var failures = 2
        var checkpoint = (evaluations: 64, best: 1.5)
        var seconds = 0.1

        var pull: Pull {
            let decision = Decision(
                arm: arm,
                contenders: [
                    .init(arm: contender.arm, draw: contender.draw, mean: contender.mean, offset: contender.offset),
                    .init(arm: 9, draw: 0, mean: 0, offset: 0),
                ], propensity: propensity)
            let trace = Trace([
                .init(evaluations: checkpoint.evaluations, best: checkpoint.best), .init(evaluations: 100, best: 1),
            ])
            let result = SearchResult(
                trace: trace, best: nil, evaluations: evaluations, failures: failures)
            return Pull(number: number, decision: decision, budget: 100, result: result, seconds: seconds)
        }
    }

    private func changed(_ change: (inout Fields) -> Void) -> [Pull] {
        var fields = Fields()
        change(&fields)
        return [fields.pull]
    }

    @Test("a digest changes with every decision and every recorded value, and not with the clock")
    func noticesEveryField() {
        let decisions = [
            changed { $0.arm = 6 }, changed { $0.propensity = 0.26 }, changed { $0.contender.arm = 6 },
            changed { $0.contender.draw.negate() }, changed { $0.contender.mean = 0.25.nextUp },
            changed { $0.contender.offset = 0 },
        ]
        let results = [
            changed { $0.number = 4 }, changed { $0.evaluations = 101 }, changed { $0.failures = 0 },
            changed { $0.checkpoint.evaluations = 65 }, changed { $0.checkpoint.best = 1.5.nextUp },
            changed { $0.checkpoint.best = .infinity },
        ]
        let plain = [Fields().pull]
        let all = [plain] + decisions + results
        #expect(Set(all.map(Digest.of)).count == all.count)
        #expect(Set(([plain] + decisions).map(Digest.ofDecisions)).count == decisions.count + 1)
        #expect(results.allSatisfy { Digest.ofDecisions($0) == Digest.ofDecisions(plain) })
        #expect(Digest.of(changed { $0.seconds = 9 }) == Digest.of(plain))
    }

    @Test("a digest changes with the order and the number of pulls")
    func noticesOrder() {
        let (a, b) = (Fields().pull, changed { $0.arm = 6 }[0])
        #expect(Set([[], [a], [b], [a, b], [b, a], [a, a]].map(Digest.of)).count == 6)
    }

    @Test("text is hashed by FNV-1a as published, sixteen digits long")
    func publishedVectors() {
        func hash(_ text: String) -> String {
            var digest = Digest()
            for byte in text.utf8 { digest.add(byte: byte) }
            return digest.hex
        }
        #expect(hash("") == "cbf29ce484222325")
        #expect(hash("a") == "af63dc4c8601ec8c")
        #expect(hash("foobar") == "85944171f73967e8")
    }
}

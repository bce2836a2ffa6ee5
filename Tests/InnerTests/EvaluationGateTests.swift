import Inner
import Testing

struct EvaluationGateTests {
    @Test("no sequence of requests overruns a gate, and what it admits adds up")
    func neverOverruns() {
        for seed in 0..<500 as Range<UInt64> {
            var chance = RandomStream(seed: seed)
            let limit = 1 + chance.index(below: 1000)
            var gate = EvaluationGate(limit: limit)
            var admitted = 0
            for _ in 0..<100 {
                let (wanted, before) = (chance.index(below: 120) - 10, gate.remaining)
                let granted = gate.admit(wanted)
                admitted += granted
                #expect(granted == min(max(wanted, 0), before))
                #expect(gate.spent == admitted && gate.spent + gate.remaining == limit && gate.spent <= limit)
            }
        }
    }

    @Test("a gate that is shut stays shut, whatever is asked for")
    func staysShut() {
        var gate = EvaluationGate(limit: 3)
        #expect(gate.admit(.max) == 3)
        #expect(gate.admit(.max) == 0 && gate.admit(1) == 0 && gate.admit(.min) == 0)
        #expect(gate.spent == 3)
    }

    @Test("a budget of nothing is no budget")
    func needsALimit() async {
        await #expect(processExitsWith: .failure) { _ = EvaluationGate(limit: 0) }
    }
}

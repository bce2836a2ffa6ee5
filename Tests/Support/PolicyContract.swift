import Inner
import Outer
import Testing

/// What every policy promises: an allowed arm, decided by beliefs and the stream's name alone, with an honest
/// probability.
public func expectContract(of policy: any Policy, from beliefs: Beliefs) {
    let arms = beliefs.space.count
    for allowed in [Array(0..<arms), [arms - 1], Array(stride(from: 1, to: arms, by: 3))] {
        for seed in 0..<20 as Range<UInt64> {
            let stream = RandomStream(seed: seed)
            let decision = policy.decide(from: beliefs, allowed: allowed, stream: stream)
            #expect(allowed.contains(decision.arm), "\(policy.name)")
            #expect(decision.propensity > 0 && decision.propensity <= 1, "\(policy.name)")
            #expect(decision.contenders.allSatisfy { allowed.contains($0.arm) })
            #expect(decision.contenders.isEmpty || decision.contenders.contains { $0.arm == decision.arm })
            #expect(Set(decision.contenders.map(\.arm)).count == decision.contenders.count)

            #expect(policy.decide(from: beliefs, allowed: allowed, stream: stream) == decision, "\(policy.name)")
            var advanced = stream
            for _ in 0...seed { _ = advanced.next() }
            #expect(policy.decide(from: beliefs, allowed: allowed, stream: advanced) == decision, "\(policy.name)")
        }
    }
}

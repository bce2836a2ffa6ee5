import Inner
import Outer
import RealModule

/// Searches whose outcome is planted instead of searched for: quality rises with the budget up to a known octave, and
/// falls with the distance from a known swarm size.
public struct PlantedStudy: Sendable {
    public let space: ArmSpace
    public var bestSize = 16
    /// Octaves above the least budget at which quality stops rising, and what each is worth until there.
    public var knee = 2.0
    public var slope = 1.0
    /// Standard deviation of quality between seeds.
    public var noise = 0.25
    /// What becomes of a value, minus the quality, before anyone sees it.
    public var transform: @Sendable (Double) -> Double = { $0 }
    /// What an evaluation takes; 0 plants nothing.
    public var secondsPerEvaluation: @Sendable (Configuration) -> Double = { _ in 0 }

    public init(space: ArmSpace) { self.space = space }

    /// 16 configurations x 6 budgets.
    public static func standard() throws -> PlantedStudy {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [4, 8, 16, 32]
        factors.inertias = ["0.5", "0.7298"]
        factors.topologies = ["global", "ring"]
        return PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 512))
    }

    /// Mean quality, higher is better, of a configuration after `octaves` doublings of the least budget.
    public func quality(of configuration: Configuration, octaves: Double) -> Double {
        let distance = Double.log2(Double(configuration.swarmSize) / Double(bestSize)).magnitude
        return slope * min(octaves, knee) - 0.6 * distance
    }

    public func quality(of arm: Int) -> Double {
        quality(of: space[arm].configuration, octaves: Double(space[arm].level))
    }

    /// A run of an arm: its noise keeps 0.8 of itself over an octave.
    public func result(of arm: Arm, stream: RandomStream) -> SearchResult {
        var chance = stream.split(.noise)
        let keep = Double.pow(0.8, 0.25)
        var noise = chance.normal()
        var checkpoints: [Trace.Checkpoint] = []
        for k in 0...space.checkpoint(ofLevel: arm.level) {
            if k > 0 { noise = keep * noise + (1 - keep * keep).squareRoot() * chance.normal() }
            let mean = quality(of: arm.configuration, octaves: Double(k) / Double(CheckpointGrid.perOctave))
            checkpoints.append(
                .init(evaluations: space.grid.evaluations(at: k), best: transform(-(mean + self.noise * noise))))
        }
        return SearchResult(
            trace: Trace(checkpoints), best: nil, evaluations: arm.budget,
            evaluationSeconds: Double(arm.budget) * secondsPerEvaluation(arm.configuration))
    }

    public var launch: Launch { { arm, _, stream in result(of: arm, stream: stream) } }

    /// The decisions of a policy, one after the other, each with the runs of all before it in view.
    ///
    /// - Parameters:
    ///   - pulls: how many at most.
    ///   - purse: evaluations to spend; nil without limit.
    public func decisions(
        of policy: any Policy, pulls: Int = .max, purse: Int? = nil, goal: Goal = .price(1), seed: UInt64
    ) throws -> [Decision] {
        var beliefs = try Beliefs(space, goal: goal)
        let chance = RandomStream(seed: seed)
        var (decisions, left) = ([Decision](), purse ?? .max)
        while decisions.count < pulls {
            let allowed = (0..<space.count).filter { space[$0].budget <= left }
            guard !allowed.isEmpty else { break }
            beliefs.rescore()
            let number = decisions.count
            let decision = policy.decide(from: beliefs, allowed: allowed, stream: chance.split(.decision, number))
            let arm = space[decision.arm]
            beliefs.absorb(arm: arm.index, trace: result(of: arm, stream: chance.split(.search, number)).trace)
            decisions.append(decision)
            left -= arm.budget
        }
        return decisions
    }

    /// Beliefs after `pulls` runs of arms drawn at random.
    public func beliefs(pulls: Int, goal: Goal = .price(1), seed: UInt64 = 1) throws -> Beliefs {
        var beliefs = try Beliefs(space, goal: goal)
        var chance = RandomStream(seed: seed)
        for pull in 0..<pulls {
            let arm = space[chance.index(below: space.count)]
            beliefs.absorb(arm: arm.index, trace: result(of: arm, stream: chance.split(.search, pull)).trace)
        }
        beliefs.rescore()
        return beliefs
    }
}

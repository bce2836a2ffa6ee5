import Inner

/// Any allowed arm with equal probability: the baseline that every policy has to beat.
public struct UniformRandom: Policy {
    public var name: String { "uniform" }

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        var chance = stream.split(.decision)
        return Decision(
            arm: allowed[chance.index(below: allowed.count)], contenders: [], propensity: 1 / Double(allowed.count))
    }
}

extension Policy where Self == UniformRandom {
    public static var uniform: UniformRandom { UniformRandom() }
}

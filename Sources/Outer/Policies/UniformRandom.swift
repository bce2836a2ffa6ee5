import Inner

/// Any allowed arm with equal probability: the baseline that every policy has to beat.
public struct UniformRandom: Policy {
    public var name: String { "uniform" }
    public var pursuesTarget: Bool { true }
    public var isModelFree: Bool { true }

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        .anyOf(allowed, stream)
    }
}

extension Policy where Self == UniformRandom {
    public static var uniform: UniformRandom { UniformRandom() }
}

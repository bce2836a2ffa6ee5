import Inner

/// w, always. 0.7298 is the weight equivalent to Clerc's constriction.
///
/// - SeeAlso: Shi & Eberhart (1998), doi:10.1109/ICEC.1998.699146
public struct ConstantInertia: InertiaSchedule {
    public let weight: Double

    public init(_ weight: Double) { self.weight = weight }

    public var name: String { "constant:\(short(weight))" }

    public func weight(at progress: Progress) -> Double { weight }
}

extension InertiaSchedule where Self == ConstantInertia {
    public static func constant(_ weight: Double) -> ConstantInertia { ConstantInertia(weight) }
}

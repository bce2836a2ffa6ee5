import Inner
import RealModule

/// Every velocity rule by name.
public enum VelocityRuleCatalogue {
    public static let all = Catalogue<any VelocityRule>(
        "velocity rule",
        [
            .init(
                "inertiaWeight", "inertia, own best and best informant",
                parameter: .init("acceleration", default: 1.49618, in: 0...4)
            ) { .inertiaWeight(acceleration: $0) },
            .init(
                "constriction", "Clerc's constriction, no inertia schedule",
                parameter: .init("phi", default: 4.1, in: 4.001...10)
            ) { .constriction(phi: $0) },
            .init(
                "fullyInformed", "every informant pulls, no inertia schedule",
                parameter: .init("phi", default: 4.1, in: 4.001...10)
            ) { .fullyInformed(phi: $0) },
            .init(
                "hypersphere", "a ball about the centre of particle, best and guide",
                parameter: .init("acceleration", default: 0.5 + .log(2), in: 0...4)
            ) { .hypersphere(acceleration: $0) },
            .init("bareBones", "Gaussian between the bests, no velocity") { .bareBones },
        ])
}

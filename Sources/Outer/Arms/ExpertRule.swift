import Strategies

/// What a swarm of experts has beside its size and its inertia phi_v, as a configuration names it:
/// `experts: p 0.3, g 0.4, w 0.05, step 0.7`, and whatever else is not as usual.
public struct ExpertRule: Sendable, Hashable {
    /// phi_p, phi_g and phi_w.
    public var cognitive = 0.3
    public var social = 0.4
    public var repulsion = 0.05
    /// lambda of the first iteration.
    public var step = 0.7
    /// Whether mixtures are made beyond their parents too.
    public var extrapolates = false
    /// c_r, in iterations.
    public var restart = 7
    /// Iterations without a better g after which a fresh swarm begins; nil: none ever does.
    public var patience: Int?
    /// Rates at which whole iterations and single particles are not evaluated.
    public var skippedIterations = 0.0
    public var skippedParticles = 0.0

    public init() {}

    public var name: String { Self.prefix + words(unlessPatience: Self.namedPatience).joined(separator: ", ") }

    /// The factors, and what else is not as usual.
    public var words: [String] { words(unlessPatience: nil) }

    /// The patience of names that say none: it was the usual one when the first were recorded.
    private static let namedPatience = 10

    /// - Parameter silent: the patience that is not told.
    private func words(unlessPatience silent: Int?) -> [String] {
        let usual = Self()
        var words = ["p \(cognitive)", "g \(social)", "w \(repulsion)", "step \(step)"]
        if extrapolates { words.append("extrapolated") }
        if restart != usual.restart { words.append("restart \(restart)") }
        if patience != silent { words.append("patience \(patience.map(String.init) ?? "none")") }
        if skippedIterations > 0 { words.append("skip iterations \(skippedIterations)") }
        if skippedParticles > 0 { words.append("skip particles \(skippedParticles)") }
        return words
    }

    private static let prefix = "experts: "

    /// What `name` says; nil if it is no such name.
    public init?(_ name: String) {
        guard name.hasPrefix(Self.prefix) else { return nil }
        patience = Self.namedPatience
        for part in name.dropFirst(Self.prefix.count).split(separator: ",") {
            let words = part.split(separator: " ")
            guard let last = words.last else { return nil }
            let (key, number) = (words.dropLast().joined(separator: " "), Double(last))
            switch (key, number) {
            case ("p", let value?): cognitive = value
            case ("g", let value?): social = value
            case ("w", let value?): repulsion = value
            case ("step", let value?): step = value
            case ("", _) where last == "extrapolated": extrapolates = true
            case ("restart", _?): restart = Int(last) ?? restart
            case ("patience", _): patience = Int(last)
            case ("skip iterations", let value?): skippedIterations = value
            case ("skip particles", let value?): skippedParticles = value
            default: return nil
            }
        }
    }

    /// What it has beside the four factors that a study varies.
    public var common: ExpertRule {
        var common = self
        let usual = Self()
        (common.cognitive, common.social) = (usual.cognitive, usual.social)
        (common.repulsion, common.step) = (usual.repulsion, usual.step)
        return common
    }

    /// The family of these factors.
    func family(size: Int, inertia: Double) -> ExpertSwarm {
        ExpertSwarm(
            size: size,
            weights: .init(inertia: inertia, cognitive: cognitive, social: social, repulsion: repulsion),
            steps: .init(first: step, least: min(step, ExpertSwarm.Steps().least)),
            mixtures: extrapolates ? .extrapolated : .interpolated, restart: restart, patience: patience,
            skips: .init(iterations: skippedIterations, particles: skippedParticles))
    }

    /// - Returns: what is wrong, with the factor and its value; nil if nothing is.
    func flaw(inertia: Double) -> (kind: String, value: String, requirement: String)? {
        let weights = [
            ("inertia", inertia), ("cognitive weight", cognitive), ("social weight", social), ("repulsion", repulsion),
        ]
        if let bad = weights.first(where: { !$0.1.isFinite || $0.1 < 0 }) {
            return (bad.0, "\(bad.1)", "a weight of a swarm of experts is a number that is not negative")
        }
        guard weights.contains(where: { $0.1 > 0 }) else {
            return ("inertia", "\(inertia)", "one of the four weights of a swarm of experts is positive")
        }
        guard step > 0, step.isFinite else { return ("step", "\(step)", "a step is a positive number") }
        guard restart >= 1 else { return ("restart", "\(restart)", "a particle restarts after at least 1 iteration") }
        if let patience, patience < 1 {
            return ("patience", "\(patience)", "a swarm is given at least 1 iteration")
        }
        for rate in [skippedIterations, skippedParticles] where !(0...0.99).contains(rate) {
            return ("share of skipped evaluations", "\(rate)", "it lies from 0 to 0.99")
        }
        return nil
    }
}

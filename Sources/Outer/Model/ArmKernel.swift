import Inner
import RealModule
import Strategies

/// The prior covariance of mean scores: a functional-ANOVA kernel over swarm size n, inertia w, the categorical factors
/// g and the budget T.
///
///     m(d) = (1 + sqrt3 d) exp(-sqrt3 d)                                           Matern-3/2
///     k_n = m(|log2 n - log2 n'| / 2.5)  k_w = m(|w - w'| / 0.3), a schedule 0.5 to every other inertia
///     k_g = 1 or 0.54 a factor           k_T = m(|log2 T/T'| / 4.4)
///     K = .09 + .41 kT + .055 kn kT + .03 kw kT + .02 kn kw kT + .025 kn kw kg + .175 kn kw kg kT
///         + .001 [same configuration]
///
/// Swarms of experts have k_g = m(|dp|/1.2) m(|dg|/1.2) m(|dw|/.3) m(|dstep|/.7) and k_w = m(|dv|/.6) instead. What they scored
/// on the mixtures behind `ExpertScoreTable`, less its mean, is likelier with .7 than with 1.5 for the step (with 1.5
/// studies took one for as good as another and were sure too soon); shorter lengths of the others are no likelier.
///
/// For two configurations this is alpha + beta kT, so both are tabulated. Weights were fitted to traces of 18 problems x
/// 1,344 arms x 50 seeds. About `PriorMean` four times the interactions only slow the learning down, and the lengths of n
/// and w are those with which replays of the development problems learned fastest; fitted to traces, without a prior
/// mean, they were 2 and 0.19.
struct ArmKernel {
    /// alpha and beta, configurations x configurations, row by row.
    private let alpha: [Double]
    private let beta: [Double]
    /// k_T between checkpoints that lie i apart.
    private let budgetKernel: [Double]
    private let configurations: Int

    init(_ space: ArmSpace) {
        let all = space.configurations
        configurations = all.count
        let weights = all.map(Self.constantWeight)
        let experts = all.map(\.experts)
        var (alpha, beta): ([Double], [Double]) = ([], [])
        alpha.reserveCapacity(all.count * all.count)
        beta.reserveCapacity(all.count * all.count)
        for (i, a) in all.enumerated() {
            for (j, b) in all.enumerated() {
                let kn = Self.matern(Double.log2(Double(a.swarmSize) / Double(b.swarmSize)).magnitude / 2.5)
                let kw = Self.inertia(a, weights[i], b, weights[j])
                let kg =
                    Self.same(a.topology, b.topology) * Self.same(a.boundary, b.boundary)
                    * (Self.alike(experts[i], experts[j]) ?? Self.same(a.rule, b.rule))
                alpha.append(0.09 + 0.025 * kn * kw * kg + (i == j ? 0.001 : 0))
                beta.append(0.41 + 0.055 * kn + 0.03 * kw + 0.02 * kn * kw + 0.175 * kn * kw * kg)
            }
        }
        self.alpha = alpha
        self.beta = beta
        budgetKernel = (0..<space.checkpointCount).map {
            Self.matern(Double($0) / Double(CheckpointGrid.perOctave) / 4.4)
        }
    }

    /// K((c, k), (c', k')) for configurations c and checkpoints k.
    @inline(__always)
    func callAsFunction(_ c: Int, _ k: Int, _ d: Int, _ l: Int) -> Double {
        let pair = c &* configurations &+ d
        return alpha[pair] + beta[pair] * budgetKernel[k < l ? l &- k : k &- l]
    }

    private static func matern(_ distance: Double) -> Double {
        let scaled = 3.0.squareRoot() * distance
        return (1 + scaled) * Double.exp(-scaled)
    }

    private static func same(_ a: String, _ b: String) -> Double { a == b ? 1 : 0.54 }

    /// How alike two swarms of experts are; nil for other families.
    private static func alike(_ a: ExpertRule?, _ b: ExpertRule?) -> Double? {
        guard let a, let b else { return nil }
        return matern((a.cognitive - b.cognitive).magnitude / 1.2) * matern((a.social - b.social).magnitude / 1.2)
            * matern((a.repulsion - b.repulsion).magnitude / 0.3) * matern((a.step - b.step).magnitude / 0.7)
    }

    private static func constantWeight(_ configuration: Configuration) -> Double? {
        Double(configuration.inertiaLabel)
    }

    private static func inertia(_ a: Configuration, _ v: Double?, _ b: Configuration, _ w: Double?) -> Double {
        if let v, let w { return matern((v - w).magnitude / (a.isParticleSwarm ? 0.3 : 0.6)) }
        return a.inertia == b.inertia ? 1 : 0.5
    }
}

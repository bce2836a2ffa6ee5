import Inner

/// The comprehensive learning swarm (CLPSO): every coordinate of a particle learns from a personal best of its own choice.
///
/// v_j <- w v_j + 1.49445 r_j (p_{f(j), j} - x_j),  r_j ~ U[0, 1),  |v_j| at most a fifth of the box; w falls linearly from
/// 0.9 to 0.4 over the horizon. Particle i learns coordinate j from the better of two others with probability
/// Pc_i = 0.05 + 0.45 (exp(10 i / (n - 1)) - 1) / (exp(10) - 1), i = 0 ... n - 1, and otherwise from itself; it chooses
/// anew after seven generations, not necessarily in a row, without a better personal best. The text leaves open how to
/// count; ports of the authors' program count so.
///
/// Particles fly out of the box freely and are not evaluated there by the paper. Here the nearest point of the box is, and
/// its value is no particle's best. A generation moves at once, where the paper moves particle by particle.
/// - SeeAlso: Liang, Qin, Suganthan & Baskar (2006), doi:10.1109/TEVC.2005.857610
public struct ComprehensiveLearning: SearchFamily {
    public let size: Int

    /// - Precondition: `size` >= 2.
    public init(size: Int) {
        precondition(size >= 2, "a particle that learns from others needs one, not a swarm of \(size)")
        self.size = size
    }

    public var name: String { "clpso" }
    public var isHorizonBound: Bool { true }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        ComprehensiveLearningSearch(size: size, in: box, horizon: horizon, stream: stream)
    }
}

extension SearchFamily where Self == ComprehensiveLearning {
    public static func clpso(size: Int) -> ComprehensiveLearning { ComprehensiveLearning(size: size) }
}

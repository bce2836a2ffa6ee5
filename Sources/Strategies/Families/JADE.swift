import Inner

/// Adaptive differential evolution with an archive, current-to-pbest/1: a vector x competes with
/// x + F (p - x) + F (a - b), of which it takes each coordinate with probability CR and one in any case.
///
/// p is one of the best 5 %, at least of two; a is another vector, b one of the population or of the archive of vectors that
/// lost their place, which holds as many as the population. Every vector draws F ~ Cauchy(mu_F, 0.1) in (0, 1] and
/// CR ~ N(mu_CR, 0.1) in [0, 1] anew; those of winners move mu_F by a tenth of the way to their Lehmer mean and mu_CR to
/// their mean. A coordinate that would leave the box goes half-way from x to the wall.
/// - Complexity: O(n d) a generation.
/// - SeeAlso: Zhang & Sanderson (2009), doi:10.1109/TEVC.2009.2014613
public struct JADE: SearchFamily {
    public let size: Int

    /// - Precondition: `size` >= 4.
    public init(size: Int) {
        precondition(size >= 4, "a population needs at least 4 vectors, not \(size)")
        self.size = size
    }

    public var name: String { "jade" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        JADESearch(size: size, in: box, stream: stream)
    }
}

extension SearchFamily where Self == JADE {
    public static func jade(size: Int) -> JADE { JADE(size: size) }
}

import Inner
import RealModule

/// CMA-ES among the mixtures of k experts: c = 1/k + V u, V a basis of the k - 1 directions in which coefficients add up to 0.
///
/// It begins at the uniform mixture; where CMA-ES restarts, at a random one. `spread` is the first standard deviation of u in
/// units of 1/sqrt(k), which is that of the experts themselves: with 1, the first points are as far from the uniform mixture
/// as the experts are, on average.
///
/// Where the box is -r ... 1 + r, u is searched in -(1 + r) ... 1 + r. As an expert is less than 1 away from the uniform
/// mixture, that holds the simplex, and r times as much around it. The first points do not depend on r. A mixture that
/// would leave the box of coefficients ends at the wall, on its way from the uniform one: all that lies behind looks as good as
/// the wall, so a box should leave room around the simplex. With r = 1/2 and with 10, planted optima inside the simplex,
/// on its faces and at its corners are found equally fast; with 0, those inside may be missed.
/// - SeeAlso: `CMAES`, `HelmertBasis`
public struct HullCMAES: SearchFamily {
    /// Points of a generation of the first run, which every restart doubles; nil for 4 + floor(3 ln(k - 1)), the tutorial's.
    public let size: Int?
    public let spread: Double

    /// - Precondition: `size` >= 4, `spread` > 0.
    public init(size: Int? = nil, spread: Double = 0.5) {
        precondition(size.map { $0 >= 4 } ?? true, "CMA-ES needs at least 4 points, not \(size ?? 0)")
        precondition(spread > 0 && spread.isFinite, "CMA-ES needs a positive spread, not \(spread)")
        (self.size, self.spread) = (size, spread)
    }

    public var name: String { "hullCMAES" }
    public var isHorizonBound: Bool { false }

    /// - Precondition: the box holds 0 ... 1 in every coordinate.
    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        // One expert is all there is of its hull.
        guard box.dimension > 1 else { return HullRandom().makeSearch(in: box, horizon: horizon, stream: stream) }
        return HullCMAESSearch(self, in: box, stream: stream)
    }

    func size(experts: Int) -> Int { size ?? 4 + Int(3 * Double.log(Double(experts - 1))) }
}

extension SearchFamily where Self == HullCMAES {
    public static func hullCMAES(size: Int? = nil, spread: Double = 0.5) -> HullCMAES {
        HullCMAES(size: size, spread: spread)
    }
}

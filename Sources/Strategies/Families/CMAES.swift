import Inner

/// CMA-ES with restarts of increasing population size (IPOP-CMA-ES).
///
/// - SeeAlso: Hansen & Ostermeier (2001), doi:10.1162/106365601750190398; Hansen (2016), arXiv:1604.00772;
///   Auger & Hansen (2005), doi:10.1109/CEC.2005.1554902.
public struct CMAES: SearchFamily {
    /// Points of a generation of the first run; every restart doubles them.
    public let size: Int
    /// The first standard deviation, in units of the box's width. 0.2 is that of the BBOB workshops; 0.3 solves as much of
    /// the suite in five dimensions, within chance.
    public let sigma: Double

    /// - Precondition: `size` >= 4, `sigma` > 0.
    public init(size: Int, sigma: Double = 0.2) {
        precondition(size >= 4, "CMA-ES needs at least 4 points, not \(size)")
        precondition(sigma > 0, "CMA-ES needs a positive standard deviation, not \(sigma)")
        (self.size, self.sigma) = (size, sigma)
    }

    public var name: String { "cmaes" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        CMAESSearch(self, in: box, stream: stream)
    }
}

extension SearchFamily where Self == CMAES {
    public static func cmaes(size: Int, sigma: Double = 0.2) -> CMAES { CMAES(size: size, sigma: sigma) }
}

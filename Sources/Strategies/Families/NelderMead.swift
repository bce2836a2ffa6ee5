import Inner

/// The simplex method of Nelder and Mead, restarted from a further initial point once its simplex is small or flat.
///
/// A point outside the box is replaced by the nearest point of the box.
/// - SeeAlso: Nelder & Mead (1965), A simplex method for function minimization, doi:10.1093/comjnl/7.4.308;
///   Lagarias, Reeds, Wright & Wright (1998), doi:10.1137/S1052623496303470, for the order of steps and the rules for ties.
public struct NelderMead: SearchFamily {
    /// rho, chi, gamma and sigma of the papers.
    public struct Coefficients: Sendable {
        public let reflection: Double
        public let expansion: Double
        public let contraction: Double
        public let shrinkage: Double

        /// Those of Nelder and Mead.
        public static let standard = Coefficients(reflection: 1, expansion: 2, contraction: 0.5, shrinkage: 0.5)

        /// Milder steps in more dimensions; in two they are the standard ones, below there is nothing to adapt.
        ///
        /// - SeeAlso: Gao & Han (2012), Implementing the Nelder-Mead simplex algorithm with adaptive parameters,
        ///   doi:10.1007/s10589-010-9329-3.
        public static func adaptive(dimension: Int) -> Coefficients {
            let d = Double(max(2, dimension))
            return Coefficients(
                reflection: 1, expansion: 1 + 2 / d, contraction: 0.75 - 1 / (2 * d), shrinkage: 1 - 1 / d)
        }
    }

    /// Edge of the first simplex along every coordinate, in units of the box's width.
    public let edge: Double
    /// Nil for the adaptive ones, which are as good in five dimensions of the BBOB suite, and in ten solve ellipsoids that
    /// the standard ones do not.
    public let coefficients: Coefficients?

    /// - Precondition: 0 < `edge` <= 0.5.
    public init(edge: Double = 0.1, coefficients: Coefficients? = nil) {
        precondition(edge > 0 && edge <= 0.5, "a simplex needs an edge above 0, up to 0.5, not \(edge)")
        (self.edge, self.coefficients) = (edge, coefficients)
    }

    public var name: String { "nelderMead" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        NelderMeadSearch(self, in: box, stream: stream)
    }
}

extension SearchFamily where Self == NelderMead {
    public static var nelderMead: NelderMead { NelderMead() }
}

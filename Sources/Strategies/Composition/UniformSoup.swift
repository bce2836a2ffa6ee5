/// The uniform soup: the average of all experts.
///
/// - SeeAlso: Wortsman et al. (2022), Model soups, arXiv:2203.05482
public enum UniformSoup {
    /// - Precondition: at least one expert.
    public static func coefficients(experts: Int) -> [Double] {
        precondition(experts >= 1, "a soup needs at least one expert, not \(experts)")
        return Array(repeating: 1 / Double(experts), count: experts)
    }
}

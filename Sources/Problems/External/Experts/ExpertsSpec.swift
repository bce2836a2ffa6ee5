import Experts

/// Experts whose mixtures another program evaluates.
public struct ExpertsSpec: Hashable, Sendable, Codable {
    /// Their files, in the order of their coefficients.
    public var files: [String]
    public var merge: MergeRule
    /// Validation examples that a value is of.
    public var examples: Int

    public init(files: [String], merge: MergeRule = .linear, examples: Int) {
        (self.files, self.merge, self.examples) = (files, merge, examples)
    }
}

/// Which examples a mixture is evaluated on.
public enum ExampleSplit: String, Sendable {
    /// Those that a search sees.
    case validation
    /// Those that nothing is chosen by.
    case test
}

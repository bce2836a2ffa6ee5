import Inner

/// What studies before this one came to believe of the same configurations, for a new one to begin with.
///
/// Least budgets may differ: what counts is how many octaves a budget lies above the least.
public struct WarmPrior: Sendable, Hashable, Codable {
    public let studies: [Study]

    /// Their directions take the place of features of the kernel, so there must not be too many.
    public static let largestCount = 24

    /// What one of them learned.
    public struct Study: Sendable, Hashable, Codable {
        public let name: String
        /// Budgets it had opened, from the least on.
        public let levels: Int
        /// Its posterior mean scores in thousandths, configuration * levels + level: whole, so that they are recorded exactly.
        let thousandths: [Int]

        /// - Precondition: something was absorbed and scored.
        package init(_ name: String, _ beliefs: Beliefs) {
            self.name = name
            let (means, space, levels) = (beliefs.posterior().mean(), beliefs.space, beliefs.levels)
            self.levels = levels
            thousandths = space.configurations.indices.flatMap { configuration in
                (0..<levels).map { level in
                    Int((1000 * means[space.index(configuration: configuration, level: level)]).rounded())
                }
            }
        }

        /// Mean scores of a configuration, one a budget.
        func octaves(configuration: Int) -> [Double] {
            (0..<levels).map { Double(thousandths[configuration * levels + $0]) / 1000 }
        }
    }

    /// Why a study tells a new one nothing.
    public enum Obstacle: Error, Equatable {
        /// It has no pulls, or only one budget.
        case learnedNothing(study: String)
        /// It chose among other configurations.
        case otherConfigurations(study: String)
    }

    package init(_ studies: [Study]) {
        precondition((1...Self.largestCount).contains(studies.count), "\(studies.count) studies to begin with")
        self.studies = studies
    }

    /// - Parameters:
    ///   - studies: names, specifications and finished pulls in order; one to `largestCount` of them.
    ///   - space: that of the new study.
    /// - Throws: `Obstacle`; `SelectionError` for a plug-in this program does not know.
    public init(_ studies: [(name: String, spec: StudySpec, pulls: [Pull])], for space: ArmSpace) throws {
        self.init(
            try studies.map { study in
                guard study.spec.space.configurations == space.configurations else {
                    throw Obstacle.otherConfigurations(study: study.name)
                }
                guard let beliefs = try Verdict.beliefs(study.spec, study.pulls), beliefs.levels > 1 else {
                    throw Obstacle.learnedNothing(study: study.name)
                }
                return Study(study.name, beliefs)
            })
    }
}

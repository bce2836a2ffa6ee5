import Inner
import Ledger
import Outer
import Report
import Strategies

/// Every search of a comparison, block by block: a look in between sees as much of every family.
struct ComparisonPlan: Sendable {
    struct Search: Sendable {
        let place: ComparedSearch.Place
        let configuration: Configuration
    }

    let searches: [Search]

    /// - Parameter learned: what is compared if settings are learned.
    init(_ spec: ComparisonSpec, _ learned: [[ComparisonLesson]]?) throws {
        var searches: [Search] = []
        for block in 0..<spec.blocks {
            for (problem, compared) in spec.problems.enumerated() {
                for (number, contestant) in spec.contestants.enumerated() {
                    let arm = learned?[number][problem].arm
                    let configuration =
                        try arm?.configuration ?? contestant.configuration(dimension: compared.manifest.dimension)
                    // A shorter search is the beginning of a longer one, unless its family looks at the end.
                    let isBound = try configuration.searchFamily().isHorizonBound
                    let budgets = arm.map { [$0.budget] } ?? (isBound ? compared.budgets : compared.budgets.suffix(1))
                    searches += budgets.map { budget in
                        Search(
                            place: ComparedSearch.Place(
                                contestant: contestant.name, problem: problem, block: block, budget: budget),
                            configuration: configuration)
                    }
                }
            }
        }
        self.searches = searches
    }

    /// How many searches there are to be, whatever will be learned.
    static func count(_ spec: ComparisonSpec) throws -> Int {
        if spec.learning != nil { return spec.blocks * spec.problems.count * spec.contestants.count }
        return try ComparisonPlan(spec, nil).searches.count
    }
}

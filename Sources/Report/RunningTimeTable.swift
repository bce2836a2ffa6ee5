import Outer

/// Expected running times of every family on every problem, to the hardest target that some family reaches in half of its
/// searches there; if none does, to the easiest.
struct RunningTimeTable {
    struct Row {
        let problem: String
        /// A precision where the optimum is known, else a value.
        let target: String
        /// One a family.
        let times: [ExpectedRunningTime]
    }

    let rows: [Row]

    init(_ report: ComparisonReport) {
        rows = report.spec.problems.enumerated().compactMap { number, problem in
            let own = report.runs.filter { $0.problem == number }
            let targets = report.targets.dropFirst(number).first ?? []
            let isReached = { (target: Double) in
                report.families.contains { family in
                    ExpectedRunningTime(own.filter { $0.family == family }, target: target).successRate >= 0.5
                }
            }
            guard let target = targets.last(where: isReached) ?? targets.first else { return nil }
            let isKnown = own.allSatisfy { $0.optimum != nil }
            return Row(
                problem: problem.label, target: (isKnown ? "" : "<= ") + Numbers.significant(target),
                times: report.families.map { family in
                    ExpectedRunningTime(own.filter { $0.family == family }, target: target)
                })
        }
    }
}

import Outer

/// Expected running times of every family on every problem, to the hardest target that any family has reached there.
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
            guard
                let target = report.targets.dropFirst(number).first?.last(where: { target in
                    own.contains { $0.evaluations(to: target) != nil }
                })
            else { return nil }
            let isKnown = own.allSatisfy { $0.optimum != nil }
            return Row(
                problem: problem.label, target: (isKnown ? "" : "<= ") + Numbers.significant(target),
                times: report.families.map { family in
                    ExpectedRunningTime(own.filter { $0.family == family }, target: target)
                })
        }
    }
}

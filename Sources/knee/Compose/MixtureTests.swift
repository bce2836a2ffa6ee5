import Inner
import Ledger
import Problems
import Report

/// Asks for the test examples: once a mixture, after everything was chosen.
struct MixtureTests: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let rule: OutageRule

    /// Tests the composed expert, all experts, and what the baselines found, as far as they are not yet.
    ///
    /// - Throws: `Outage` if the evaluator is out of reach, `Failure` if it did not answer; what it has answered is recorded.
    func make(_ report: StudyReport, _ tell: @escaping @Sendable (StudyEvent) -> Void) async throws {
        let mixtures = try missing(report)
        guard !mixtures.isEmpty else { return }
        let searches = report.pulls + report.fresh.searches
        switch try study.problem.make() {
        case .pure:
            guard case .digits(let pool) = study.problem else { preconditionFailure("no other problem has experts") }
            let digits = DigitsMixtures(pool: pool)
            for mixture in mixtures {
                try await ledger.record(
                    TestedMixture(mixture, digits.tested(mixture), searches: searches), of: study)
            }
        case .external(var command):
            (command.split, command.outageRule) = (.test, rule)
            try await command.withEvaluator(workers: 1) { evaluator in
                for (number, mixture) in mixtures.enumerated() {
                    let seed = study.spec.testSeed
                    let evaluation = await evaluator.evaluate([mixture], seeds: [seed], singly: true)[0]
                    try Task.checkCancellation()
                    if let outage = await evaluator.outage { throw outage }
                    guard evaluation.isAnswered else {
                        throw Failure(
                            objective:
                                "the evaluator did not answer for the test examples (\(PlainLine.of(evaluation.evidence ?? evaluation.outcome.rawValue))); continue with \(Failure.command("resume", study.name, ledger: ledger.path))."
                        )
                    }
                    try await ledger.record(TestedMixture(mixture, evaluation, searches: searches), of: study)
                    tell(.composing("tests", number + 1, of: mixtures.count))
                }
            }
        }
    }

    private func missing(_ report: StudyReport) throws -> [[Double]] {
        let tested = Set(try ledger.testedMixtures(of: study).map(\.coefficients))
        let count = study.problem.dimension
        let found = try RecordedComposition.report(report, of: study, in: ledger)?.entries.map(\.mixture.point) ?? []
        var wanted: [[Double]] = []
        for mixture in found + (0..<count).map({ unit($0, of: count) })
        where !tested.contains(mixture) && !wanted.contains(mixture) { wanted.append(mixture) }
        return wanted
    }
}

extension DigitsMixtures {
    /// What a mixture comes to on the test images: the share that it gets wrong.
    fileprivate func tested(_ mixture: [Double]) -> Evaluation {
        let losses = losses(mixture, on: .test)
        var evaluation = Evaluation(value: losses.reduce(0, +) / Double(losses.count))
        evaluation.losses = losses
        return evaluation
    }
}

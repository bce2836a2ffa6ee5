import Inner
import Outer

extension Ledger {
    /// What contradicts the baselines and tests of a composition; nothing for any other study.
    func mixtures(_ study: StudyRecord, _ pulls: [Pull]) throws -> [StudyProof.Flaw] {
        guard study.problem.isComposition else { return [] }
        let experts = study.problem.dimension
        let baselines = try mixtureSearches(of: study)
        let strange = baselines.filter { !($0.best?.point.isMixture(of: experts) ?? true) }
        let found = Set(
            pulls.compactMap(\.result.best?.point) + baselines.compactMap(\.best?.point) + (try freshPoints(of: study)))
        let wrong = try testedMixtures(of: study).enumerated().filter { _, test in
            let isKnown = found.contains(test.coefficients) || test.coefficients.isOneExpert(of: experts)
            let isMean = test.losses.isEmpty || test.losses.areBehind(test.value ?? .nan)
            return !isKnown || !isMean
        }
        return strange.map { .mixture(method: $0.method, number: $0.number) } + wrong.map { .test(number: $0.offset) }
    }
}

extension [Double] {
    /// Coefficients add up to 1, but for rounding.
    fileprivate func isMixture(of experts: Int) -> Bool {
        count == experts && (reduce(0, +) - 1).magnitude <= 1e-9 * Double(experts)
    }

    fileprivate func isOneExpert(of experts: Int) -> Bool {
        count == experts && count { $0 == 1 } == 1 && count { $0 == 0 } == experts - 1
    }
}

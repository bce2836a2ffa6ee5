import Inner
import RealModule

/// Which values count as reached: per problem a list of targets, the easiest first.
///
/// A target is relative to the optimum where that is known, as in `ComparedRun.evaluations(to:)`.
public enum Targets {
    /// The precisions of COCO: 10^2, 10^1.8, ... 10^-8.
    ///
    /// - SeeAlso: Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977
    public static let coco = precisions(from: 2, to: -8, count: 51)

    /// So many powers of ten, whose exponents are evenly spaced.
    public static func precisions(from first: Double, to last: Double, count: Int) -> [Double] {
        precondition(count >= 2 && first > last, "\(count) targets from 10^\(first) to 10^\(last)")
        return (0..<count).map { index in
            let steps = Double(count - 1)
            return Double.pow(10, (first * (steps - Double(index)) + last * Double(index)) / steps)
        }
    }

    /// The lists of all problems, by their number: fixed ones where the optimum is known, else from the runs themselves.
    public static func lists(for runs: [ComparedRun], fixed: [Double] = coco, count: Int = coco.count) -> [[Double]] {
        (0...(runs.map(\.problem).max() ?? -1) + 1).dropLast().map { problem in
            let own = runs.filter { $0.problem == problem }
            let isKnown = !own.isEmpty && own.allSatisfy { $0.optimum != nil }
            return isKnown ? fixed : byRunningTime(own, count: count)
        }
    }

    /// Targets of one problem whose optimum is unknown, from how long the families took: for budgets b that are evenly spaced in
    /// their logarithm, from 1 to the longest run's end,
    ///
    ///     t(b) = the least value found by any run whose ERT, of the family that is fastest to it, is at most b
    ///
    /// without values that every run reaches with the first one it finds, and without repetitions. So a target is never out of
    /// reach of all, nor reached by all at once. Only the order of values matters: a strictly increasing transform of the
    /// objective transforms the targets alike.
    ///
    /// These are COCO's targets from run lengths, with the best of these families as the reference; COCO takes the next harder
    /// value, the easiest whose ERT exceeds b.
    /// - Parameters:
    ///   - runs: of all families on one problem, whose values are comparable.
    ///   - count: of budgets; there are at most as many targets, and none if no value was ever found.
    /// - SeeAlso: Hansen, Auger, Brockhoff, Tusar & Tusar (2016), COCO: Performance Assessment, arXiv:1605.03560
    public static func byRunningTime(_ runs: [ComparedRun], count: Int = coco.count) -> [Double] {
        precondition(Set(runs.map(\.problem)).count <= 1, "runs of several problems")
        let runs = runs.map { (family: $0.family, records: $0.records, spent: $0.evaluations) }
        let atOnce = runs.map { $0.records.first?.best ?? .infinity }.max() ?? .infinity
        let found = Set(runs.flatMap { $0.records.map(\.best) }).filter { $0 < atOnce }.sorted()
        let families = Set(runs.map(\.family)).sorted().map { family in runs.filter { $0.family == family } }
        let fastest = { (value: Double) in
            families.map { family in
                ExpectedRunningTime(family.map { ($0.records.evaluations(to: value), $0.spent) }).evaluations
            }.min() ?? .infinity
        }
        let longest = Double(max(1, runs.map(\.spent).max() ?? 1))
        var targets: [Double] = []
        for step in 1...count {
            let budget = step < count ? Double.pow(longest, Double(step) / Double(count)) : longest
            // Lower values take longer, so those within the budget are the last ones.
            let place = found.partitioningIndex { fastest($0) <= budget }
            guard place < found.count, found[place] != targets.last else { continue }
            targets.append(found[place])
        }
        return targets
    }
}

extension ComparedRun {
    /// What was less than all before, relative to the optimum if that is known.
    var records: [Trace.Checkpoint] {
        var least = Double.infinity
        return improvements.compactMap { improvement in
            let value = improvement.best - (optimum ?? 0)
            guard value < least else { return nil }
            least = value
            return Trace.Checkpoint(evaluations: improvement.evaluations, best: value)
        }
    }
}

extension [Trace.Checkpoint] {
    /// Of records, which fall: evaluations until a value at or below the target.
    fileprivate func evaluations(to target: Double) -> Int? {
        let place = partitioningIndex { $0.best <= target }
        return place < count ? self[place].evaluations : nil
    }
}

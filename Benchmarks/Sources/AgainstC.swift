import Baseline
import Foundation
import Inner
import Problems
import Strategies

/// Whole searches by the standard swarm, 40 particles x 30 dimensions on one core, against the same algorithm as a C
/// loop. The search counts its evaluations, writes its trace and can be cancelled; the C loop does nothing but search.
enum AgainstC {
    private static let (size, dimension, generations) = (40, 30, 500)
    private static let repetitions = 101
    private static let objectives = [("sphere", baseline_sphere), ("rastrigin", baseline_rastrigin)]

    static func report() throws {
        print("| 40 x 30, ns per particle-dimension | Knee | C loop | Knee over C | 10-90 % |")
        print("|---|---|---|---|---|")
        for (name, objective) in objectives {
            let contest = try Contest(name, objective)
            for seed in 0..<8 as Range<UInt64> { contest.expectEqualValues(seed) }
            print(contest.row)
        }
        print()
    }

    private struct Contest {
        let name: String
        let objective: baseline_objective
        let problem: any PureProblem

        init(_ name: String, _ objective: baseline_objective) throws {
            (self.name, self.objective) = (name, objective)
            problem = try ProblemCatalogue.make(name, dimension: dimension, instance: 0)
        }

        /// The best value, which both find bit for bit.
        func knee(_ seed: UInt64) -> Double {
            let result = Inner.run(
                .particleSwarm(size: size), on: problem, budget: size * generations, stream: RandomStream(seed: seed))
            return result.best?.value ?? .infinity
        }

        func c(_ seed: UInt64) -> Double {
            baseline_search(
                objective, size, dimension, generations, problem.box.lower[0], problem.box.upper[0],
                RandomStream(seed: seed).key)
        }

        func expectEqualValues(_ seed: UInt64) {
            let (ours, theirs) = (knee(seed), c(seed))
            precondition(ours == theirs, "\(name), seed \(seed): the search ends at \(ours), the C loop at \(theirs)")
        }

        var row: String {
            let times = (0..<repetitions).map { repetition in
                let seed = UInt64(repetition)
                return (knee: measured { _ = knee(seed) }, c: measured { _ = c(seed) })
            }
            let nanoseconds = 1e9 / Double(size * dimension * generations)
            let ratio = Sample(times.map { $0.knee / $0.c })
            return String(
                format: "| %@ | %.2f | %.2f | %.2f | %.2f - %.2f |", name,
                Sample(times.map(\.knee)).median * nanoseconds, Sample(times.map(\.c)).median * nanoseconds,
                ratio.median, ratio.quantile(0.1), ratio.quantile(0.9))
        }
    }
}

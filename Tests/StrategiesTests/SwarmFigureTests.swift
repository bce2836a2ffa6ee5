import Inner
import RealModule
import Strategies
import Support
import Testing

/// What swarms spend to a criterion and end with, against what was published or what a program that shares no code with
/// them does (Reference/swarms.py). Functions and criteria are those of the papers, in 30 dimensions unless told.
///
/// Seeds are fixed. Over six blocks of nine seeds a median varied by up to a tenth on the sphere and on Griewank's function,
/// but by half on Rosenbrock's and Rastrigin's, where some runs stall: the bounds there are wider.
struct SwarmFigureTests {
    private struct Criterion {
        let problem: ClassicProblem
        let target: Double
        let figure: Double
        /// Multiples of the figure that the same swarm may need.
        let usual: ClosedRange<Double>

        init(
            _ function: ClassicProblem.Function, _ bound: Double, to target: Double, figure: Double,
            usual: ClosedRange<Double> = 0.5...2
        ) {
            problem = ClassicProblem(function, in: -bound...bound, dimension: 30)
            (self.target, self.figure, self.usual) = (target, figure, usual)
        }
    }

    private static let narrow = 0.8...1.25

    /// Figures for the four functions, in this order: sphere, Rosenbrock, Rastrigin, Griewank.
    private static func criteria(_ figures: [Double]) -> [Criterion] {
        [
            Criterion(.sphere, 100, to: 0.01, figure: figures[0], usual: narrow),
            Criterion(.rosenbrock, 30, to: 100, figure: figures[1]),
            Criterion(.rastrigin, 5.12, to: 100, figure: figures[2]),
            Criterion(.griewank, 600, to: 0.05, figure: figures[3], usual: narrow),
        ]
    }

    /// The median effort of a family as a multiple of the figure.
    private func multiple(_ family: some SearchFamily, _ criterion: Criterion, runs: Int = 9) -> Double {
        let effort = Effort(family, on: criterion.problem, to: criterion.target, runs: runs, within: 60_000)
        return effort.median / criterion.figure
    }

    /// Average iterations of 30 particles: Eberhart & Shi (2000), doi:10.1109/CEC.2000.870279, constriction with
    /// V_max = X_max.
    @Test("constriction reaches the criteria within twice and half the published iterations")
    func constriction() {
        for criterion in Self.criteria([529.65, 668.75, 213.45, 312.55].map { 30 * $0 }) {
            #expect((0.5...2).contains(multiple(.constriction(size: 30), criterion)), "\(criterion.problem.name)")
        }
    }

    @Test("fully informed spends what its reference spends; one that hears itself is noticed")
    func fullyInformed() {
        let criteria = Self.criteria([8480, 5800, 5960, 8100])
        for criterion in criteria {
            #expect(
                criterion.usual.contains(multiple(.fullyInformed(size: 20), criterion)), "\(criterion.problem.name)")
        }
        let selfish = ParticleSwarm(size: 20, topology: .vonNeumann, rule: .fullyInformed(), boundary: .clamp)
        #expect(!criteria[0].usual.contains(multiple(selfish, criteria[0], runs: 3)))
    }

    @Test("bare bones spends what its reference spends; one that hears everybody is noticed")
    func bareBones() {
        let criteria = Self.criteria([18_860, 28_960, 8800, 18_580])
        for criterion in criteria {
            #expect(criterion.usual.contains(multiple(.bareBones(size: 20), criterion)), "\(criterion.problem.name)")
        }
        let global = ParticleSwarm(size: 20, rule: .bareBones)
        #expect(!criteria[0].usual.contains(multiple(global, criteria[0], runs: 3)))
    }

    /// The reference moves a generation at once, as the family does; particle by particle, as Clerc's program does, it needs
    /// 7920, 6080, 13,040 and 8400.
    @Test("SPSO 2011 spends what its reference spends; twice the acceleration is noticed")
    func standard2011() {
        let criteria = Self.criteria([9080, 6880, 16_440, 9720])
        for criterion in criteria {
            #expect(criterion.usual.contains(multiple(.spso2011(size: 40), criterion)), "\(criterion.problem.name)")
        }
        let hasty = ParticleSwarm(
            size: 40, topology: .random(informed: 3), inertia: .constant(1 / (2 * .log(2))),
            rule: .hypersphere(acceleration: 1 + 2 * .log(2)), boundary: .rebound, launch: 1)
        #expect(!criteria[0].usual.contains(multiple(hasty, criteria[0], runs: 3)))
    }

    /// Means of Liang, Qin, Suganthan & Baskar (2006), doi:10.1109/TEVC.2005.857610: 10 dimensions, 10 particles and 30,000
    /// evaluations; 30 dimensions, 40 particles and 200,000.
    @Test(
        "comprehensive learning ends within a hundred times and a hundredth of the published means",
        arguments: [
            (ClassicProblem(.sphere, in: -100...100, dimension: 10), 5.15e-29),
            (ClassicProblem(.rosenbrock, in: -2.048...2.048, dimension: 10), 2.46),
            (ClassicProblem(.ackley, in: -32.768...32.768, dimension: 10), 4.32e-14),
            (ClassicProblem(.sphere, in: -100...100, dimension: 30), 4.46e-14),
            (ClassicProblem(.rosenbrock, in: -2.048...2.048, dimension: 30), 21.0),
        ])
    func comprehensiveLearning(problem: ClassicProblem, mean: Double) {
        let (size, budget) = problem.dimension == 10 ? (10, 30_000) : (40, 200_000)
        let runs = problem.dimension == 10 ? 15 : 3
        let effort = Effort(.clpso(size: size), on: problem, to: -1, runs: runs, within: budget)
        #expect((0.01...100).contains(effort.medianBest / mean), "\(problem.name) \(problem.dimension)")
    }

    /// In 30 dimensions the paper's mean after 200,000 evaluations is 4.85e-10. The schedule of the inertia spans the budget, so
    /// it is the whole search that may take twice as long.
    @Test("comprehensive learning finds what is published for Rastrigin's function within twice the evaluations")
    func comprehensiveLearningInThirtyDimensions() {
        let problem = ClassicProblem(.rastrigin, in: -5.12...5.12, dimension: 30)
        #expect(Effort(.clpso(size: 40), on: problem, to: 4.85e-10, runs: 5, within: 400_000).median <= 400_000)
    }

    /// The mean over 25 runs of the paper is 0; a few runs of any implementation are left at the next minimum, 0.995.
    @Test("comprehensive learning finds the least value of Rastrigin's function in 10 dimensions")
    func comprehensiveLearningRastrigin() {
        let problem = ClassicProblem(.rastrigin, in: -5.12...5.12, dimension: 10)
        #expect(Effort(.clpso(size: 10), on: problem, to: 0, runs: 15, within: 30_000).medianBest == 0)
    }
}

import Inner
import Outer
import RealModule
import Support
import Testing

struct ChoiceTests {
    @Test("Student's quantiles are the published ones")
    func studentTable() {
        let table = [(4, 0.05, 2.776445), (9, 0.05, 2.262157), (30, 0.05, 2.042272), (9, 0.01, 3.249836)]
        for (freedom, tails, published) in table {
            #expect((studentBound(freedom: freedom, tails: tails) - published).magnitude < 1e-4 * published)
        }
    }

    @Test("gamma draws have the law's mean and variance; a shape that is off by a tenth would be noticed")
    func gammaMoments() {
        let count = 40_000
        for shape in [1, 5, 40.5] {
            var chance = RandomStream(seed: 3)
            let draws = (0..<count).map { _ in gamma(shape: shape, using: &chance) }
            let mean = draws.reduce(0, +) / Double(count)
            let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
            let z = deviationBound(falseAlarm: 1e-6 / 6)
            let meanBound = z * (shape / Double(count)).squareRoot()
            #expect((mean - shape).magnitude < meanBound)
            // The fourth central moment is 3 shape^2 + 6 shape.
            #expect((variance - shape).magnitude < z * ((2 * shape * shape + 6 * shape) / Double(count)).squareRoot())
            #expect((mean - 1.1 * shape).magnitude > meanBound)
        }
    }

    @Test("the probability to lead is a half for two alike, a third for three, and the normal law's for two unlike")
    func leads() {
        let even = { leadProbability(of: 0, among: $0, means: [1, 1, 1], deviations: [0.3, 0.3, 0.3]) }
        #expect((even([0, 1]) - 0.5).magnitude < 1e-9)
        #expect((even([0, 1, 2]) - 1 / 3.0).magnitude < 1e-9)
        let unlike = leadProbability(of: 1, among: [0, 1], means: [0, 1], deviations: [0.6, 0.8])
        #expect((unlike - 0.5 * Double.erfc(-1 / 2.0.squareRoot())).magnitude < 1e-6)
        #expect(leadProbability(of: 0, among: [0, 1], means: [0, 100], deviations: [1, 1]) > 0)
    }

    @Test("an arm's own law: its prior without runs, the textbook update with two")
    func conjugateUpdate() {
        let prior = NormalInverseGamma(ArmScores(count: 0, sum: 0, scatter: 0))
        #expect(prior.mean == 0 && (prior.weight - 0.4).magnitude < 1e-12)
        #expect(prior.shape == 5 && prior.rate == 1)
        // Scores 1 and 2: mean 1.5, scatter 0.5.
        let law = NormalInverseGamma(ArmScores(count: 2, sum: 3, scatter: 0.5))
        #expect((law.weight - 2.4).magnitude < 1e-12 && (law.mean - 1.25).magnitude < 1e-12)
        #expect(law.shape == 6 && (law.rate - (1 + 0.25 + 0.4 * 2 * 2.25 / (2 * 2.4))).magnitude < 1e-12)
    }

    @Test("an ensemble's members scatter as the posterior does; half the noise would be noticed")
    func ensembleIsPosterior() throws {
        let beliefs = try PlantedStudy.standard().beliefs(pulls: 30)
        let posterior = beliefs.posterior()
        let (means, count) = (posterior.mean(), 400)
        let members = (0..<count).map { beliefs.memberMean($0, posterior) }
        // Members over the posterior deviation are standard normal, arm by arm.
        for arm in stride(from: 0, to: beliefs.space.count, by: 17) {
            let deviation = posterior.deviation(of: arm)
            let squares = members.reduce(0) { $0 + ($1[arm] - means[arm]) * ($1[arm] - means[arm]) }
            let sum = squares / (deviation * deviation)
            let low = 2 * Double(count) - chiSquareBound(freedom: count, falseAlarm: 1e-6 / 6)
            #expect(sum < chiSquareBound(freedom: count, falseAlarm: 1e-6 / 6) && sum > low)
            #expect(0.25 * sum < low)
        }
    }

    @Test("covariances with a difference are those of the joint law")
    func contrastCovariances() throws {
        let posterior = try PlantedStudy.standard().beliefs(pulls: 12).posterior()
        let arms = [3, 40, 77]
        let factor = posterior.jointFactor(arms)
        let covariances = posterior.covariances(withDifferenceOf: arms[0], and: arms[1])
        for (index, arm) in arms.enumerated() {
            let joint = { (other: Int) in zip(factor[index], factor[other]).reduce(0) { $0 + $1.0 * $1.1 } }
            #expect((covariances[arm] - (joint(0) - joint(1))).magnitude < 1e-6)
        }
    }
}

import Inner
import Strategies
import Support
import Testing

struct VelocityRuleTests {
    @Test(
        "every velocity rule keeps its promises with every boundary rule",
        arguments: spellings(VelocityRuleCatalogue.all), BoundaryRuleCatalogue.all.entries.map(\.name))
    func contract(name: String, boundary: String) throws {
        let rule = try VelocityRuleCatalogue.all.make(name)
        expectContract(of: rule, with: try BoundaryRuleCatalogue.all.make(boundary))
    }

    /// Every particle a twentieth of the box beside its own best, standing still.
    private func besideBests(_ swarm: Swarm) -> [Lanes] {
        swarm.best.indices.map { swarm.best[$0] - 0.05 * swarm.width[$0 % swarm.blocks] }
    }

    /// Positions and velocities after one move.
    private func moved(
        _ rule: some VelocityRule, _ positions: [Lanes], of swarm: Swarm, inertia: Double = 0, velocity: Double = 0,
        seed: UInt64
    ) -> (positions: [Lanes], velocities: [Lanes]) {
        var points = positions
        var speeds = positions.indices.map { velocity * swarm.width[$0 % swarm.blocks] }
        var pointRows = points.mutableSpan
        var speedRows = speeds.mutableSpan
        rule.move(
            0..<swarm.size, &pointRows, &speedRows, of: swarm, inertia: inertia, draws: RandomStream(seed: seed))
        return (points, speeds)
    }

    private func swarm(size: Int, dimension: Int, topology: any Topology = .ring()) -> Swarm {
        makeSwarm(size: size, box: Box(-5...5, dimension: dimension), topology: topology, stream: RandomStream(seed: 2))
    }

    @Test("both factors are drawn for every dimension alone; one factor used twice would be noticed")
    func factorsPerDimension() {
        let swarm = swarm(size: 2000, dimension: 13)
        let before = besideBests(swarm)
        let after = moved(.inertiaWeight(acceleration: 1), before, of: swarm, seed: 5).velocities
        // Where a particle guides itself v / (p - x) = r1 + r2, which is triangular on [0, 2].
        var (sums, repeats): ([Double], Int) = ([], 0)
        for particle in 0..<swarm.size where swarm.guides[particle] == particle {
            let own = (0..<swarm.dimension).map { column in
                let (row, lane) = (particle * swarm.blocks + column / 8, column % 8)
                return after[row][lane] / (swarm.best[row][lane] - before[row][lane])
            }
            repeats += zip(own, own.dropFirst()).count { ($0 - $1).magnitude < 1e-9 }
            sums += own
        }
        let triangular = { (x: Double) in x < 1 ? x * x / 2 : 1 - (2 - x) * (2 - x) / 2 }
        let bound = kolmogorovSmirnovBound(count: sums.count, falseAlarm: 1e-6)
        #expect(repeats == 0 && sums.count > 1000)
        #expect(kolmogorovSmirnovDistance(sums, cdf: triangular) < bound)
        var chance = RandomStream(seed: 5)
        #expect(kolmogorovSmirnovDistance(sums.map { _ in 2 * chance.uniform() }, cdf: triangular) > bound)
    }

    @Test("bare bones draws N((p + g) / 2, |p - g|); a variance in the deviation's place would be noticed")
    func bareBonesLaw() {
        let swarm = swarm(size: 2000, dimension: 11)
        let after = moved(.bareBones, besideBests(swarm), of: swarm, seed: 6).positions
        var (right, twin): ([Double], [Double]) = ([], [])
        for particle in 0..<swarm.size where swarm.guides[particle] != particle {
            for column in 0..<swarm.dimension {
                let (block, lane) = (column / 8, column % 8)
                let p = swarm.best[particle * swarm.blocks + block][lane]
                let g = swarm.best[swarm.guides[particle] * swarm.blocks + block][lane]
                let distance = after[particle * swarm.blocks + block][lane] - (p + g) / 2
                right.append(distance / (p - g).magnitude)
                twin.append(distance / (p - g).magnitude.squareRoot())
            }
        }
        let bound = kolmogorovSmirnovBound(count: right.count, falseAlarm: 1e-6)
        #expect(kolmogorovSmirnovDistance(right, cdf: normalCDF) < bound)
        #expect(kolmogorovSmirnovDistance(twin, cdf: normalCDF) > bound)
    }

    @Test("the constriction factor of 4.1 is 0.72984, and constriction is an inertia weight in disguise")
    func constriction() {
        let chi = ConstrictionRule.factor(4.1)
        #expect((chi - 0.72984).magnitude < 1e-5)
        let swarm = swarm(size: 30, dimension: 5)
        let before = besideBests(swarm)
        let constricted = moved(.constriction(phi: 4.1), before, of: swarm, inertia: 0.1, velocity: 0.1, seed: 7)
        let weighted = moved(
            .inertiaWeight(acceleration: chi * 4.1 / 2), before, of: swarm, inertia: chi, velocity: 0.1, seed: 7)
        #expect(constricted == weighted)
    }

    @Test("fully informed, a particle is pulled to the mean of everybody it hears; half the pull would be noticed")
    func fullyInformedMean() {
        let (size, count, phi) = (5, 4000, 4.1)
        let swarm = swarm(size: size, dimension: 1)
        let before = besideBests(swarm)
        let chi = ConstrictionRule.factor(phi)
        for particle in 0..<size {
            let gaps = informants(of: particle, in: swarm.informants).map {
                swarm.best[$0][0] - before[particle][0]
            }
            let share = phi / Double(gaps.count)
            let mean = chi * share * gaps.reduce(0, +) / 2
            let variance = chi * chi * share * share * gaps.reduce(0) { $0 + $1 * $1 } / 12
            let drawn = (0..<count).map {
                moved(.fullyInformed(phi: phi), before, of: swarm, seed: UInt64($0)).velocities[particle][0]
            }
            let average = drawn.reduce(0, +) / Double(count)
            let bound = deviationBound(falseAlarm: 1e-6) * (variance / Double(count)).squareRoot()
            #expect((average - mean).magnitude < bound)
            #expect((average / 2 - mean).magnitude > bound)
        }
    }
}

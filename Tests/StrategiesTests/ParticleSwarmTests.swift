import Inner
import RealModule
import Strategies
import Support
import Testing

/// Every combination of plug-ins, by name.
let everyFamily: [[String]] = TopologyCatalogue.all.entries.map(\.name).flatMap { topology in
    VelocityRuleCatalogue.all.entries.map(\.name).flatMap { rule in
        BoundaryRuleCatalogue.all.entries.map(\.name).flatMap { boundary in
            InertiaCatalogue.all.entries.map(\.name).map { [topology, rule, boundary, $0] }
        }
    }
}

func makeFamily(_ names: [String], size: Int) throws -> ParticleSwarm {
    ParticleSwarm(
        size: size, topology: try TopologyCatalogue.all.make(names[0]),
        inertia: try InertiaCatalogue.all.make(names[3]), rule: try VelocityRuleCatalogue.all.make(names[1]),
        boundary: try BoundaryRuleCatalogue.all.make(names[2]))
}

struct ParticleSwarmTests {
    private static let quiet = FunctionProblem.rugged(dimension: 3)
    private static let noisy = FunctionProblem(dimension: 3, isNoisy: true) { point, seed in
        var chance = RandomStream(seed: seed)
        return ruggedBowl(point) + 0.1 * chance.normal()
    }

    private func search(_ family: ParticleSwarm, _ problem: FunctionProblem, budget: Int) -> SearchResult {
        run(
            family, on: problem, budget: budget, checkpoints: CheckpointGrid(first: 32), stream: RandomStream(seed: 11))
    }

    @Test("a run of T is the beginning of a run of 2T exactly where a family says so", arguments: [1, 6, 20])
    func prefixes(size: Int) throws {
        for names in everyFamily {
            let family = try makeFamily(names, size: size)
            for problem in [Self.quiet, Self.noisy] {
                let (short, long) = (search(family, problem, budget: 128), search(family, problem, budget: 256))
                let checkpoints = short.trace.checkpoints
                let isPrefix = long.trace.checkpoints.prefix(checkpoints.count).elementsEqual(checkpoints)
                if !family.isHorizonBound { #expect(isPrefix, "\(names)") }
            }
        }
        let bound = ParticleSwarm(size: size, inertia: .linear)
        let (short, long) = (search(bound, Self.quiet, budget: 128), search(bound, Self.quiet, budget: 256))
        #expect(!long.trace.checkpoints.prefix(short.trace.checkpoints.count).elementsEqual(short.trace.checkpoints))
    }

    @Test("how a generation is divided changes nothing", arguments: [1, 3, 8])
    func partsAreOneGeneration(part: Int) throws {
        let box = Box(-5...5, dimension: 70)
        for names in everyFamily {
            let family = try makeFamily(names, size: 20)
            var whole: [[Lanes]] = []
            walk(family, in: box, generations: 4, stream: RandomStream(seed: 2), value: ruggedBowl) { whole.append($1) }
            walk(family, in: box, generations: 4, part: part, stream: RandomStream(seed: 2), value: ruggedBowl) {
                #expect($1 == whole[$0], "\(names)")
            }
        }
    }

    @Test("every family spends its budget exactly and beats its first generation", arguments: [7, 16])
    func spendsAndImproves(size: Int) throws {
        for names in everyFamily {
            let family = try makeFamily(names, size: size)
            let result = search(family, Self.quiet, budget: 1000)
            #expect(result.evaluations == 1000 && result.failures == 0)
            let (first, last) = (result.trace.checkpoints[0].best, result.trace.end!.best)
            #expect(last < first, "\(names)")
        }
    }

    @Test("first positions are uniform in the box; the square of a uniform number would be noticed")
    func startsUniform() {
        let (size, dimension) = (3000, 9)
        var sample: [Double] = []
        walk(
            .particleSwarm(size: size), in: Box(-2...6, dimension: dimension), generations: 1,
            stream: RandomStream(seed: 4), value: ruggedBowl
        ) { _, points in
            for row in 0..<size {
                sample += points.span.coordinates(row: row, dimension: dimension).map { ($0 + 2) / 8 }
            }
        }
        let bound = kolmogorovSmirnovBound(count: sample.count, falseAlarm: 1e-6)
        #expect(kolmogorovSmirnovDistance(sample) { $0 } < bound)
        #expect(kolmogorovSmirnovDistance(sample.map { $0 * $0 }) { $0 } > bound)
    }

    @Test("values that are undefined everywhere leave the swarm in the box and without a best")
    func survivesUndefinedValues() throws {
        let problem = FunctionProblem(dimension: 3) { _, _ in .nan }
        for names in everyFamily {
            let result = search(try makeFamily(names, size: 5), problem, budget: 100)
            #expect(result.best == nil && result.failures == 100)
        }
    }

    @Test("decisions of a swarm rest on ranks: exp(f) is searched like f")
    func ranksOnly() throws {
        let transformed = FunctionProblem.rugged(dimension: 3) { Double.exp($0 / 8) }
        for names in everyFamily {
            let family = try makeFamily(names, size: 8)
            let (plain, other) = (search(family, Self.quiet, budget: 300), search(family, transformed, budget: 300))
            #expect(plain.best?.point == other.best?.point, "\(names)")
        }
    }
}

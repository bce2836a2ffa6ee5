import AllocationCounter
import Experts
import Foundation
import Inner
import Problems
import Strategies
import Testing

private let first = DigitsMixtures(pool: 1)
private let second = DigitsMixtures(pool: 2)

/// W x + b, one operation at a time; `place` is where W begins among the weights, with b behind it.
private func layer(_ weights: [Float], at place: Int, _ inputs: [Float], units: Int) -> [Float] {
    var sums: [Float] = []
    for unit in 0..<units {
        var sum = weights[place + units * inputs.count + unit]
        for j in 0..<inputs.count {
            let product = weights[place + unit * inputs.count + j] * inputs[j]
            sum += product
        }
        sums.append(sum)
    }
    return sums
}

private func scores(_ network: DigitsNetwork, _ digit: Digit) -> [Float] {
    let hidden = layer(network.weights, at: 0, digit.pixels, units: 32).map { max(0, $0) }
    return layer(network.weights, at: 32 * 65, hidden, units: 10)
}

/// 0 if the first highest score is the label's, 1 if not.
private func loss(_ network: DigitsNetwork, _ digit: Digit) -> Double {
    let scores = scores(network, digit)
    return scores.firstIndex(of: scores.max()!) == digit.label ? 0 : 1
}

private func digits(_ problem: DigitsMixtures, _ split: DigitsMixtures.Split) -> [Digit] {
    (split == .validation ? problem.pool.split.validation : problem.pool.split.test).map { Digit.all[$0] }
}

private func mean(_ values: some Collection<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
private func unitVector(_ expert: Int) -> [Double] { (0..<10).map { $0 == expert ? 1 : 0 } }

/// Mixtures inside and outside the simplex, some of few experts; coefficients add up to 1.
private func mixtures(_ count: Int, seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { number in
        let draws = (0..<10).map { j in number % 3 == 0 && j % 2 == 0 ? 0 : stream.uniform() - 0.1 * Double(number % 4)
        }
        return draws.map { $0 / draws.reduce(0, +) }
    }
}

/// The network that a file holds.
private func network(_ path: String) throws -> DigitsNetwork {
    let file = try SafetensorsFile(path)
    return DigitsNetwork(try DigitsNetwork.layout.flatMap { try file.values(of: $0.name).map(Float.init) })
}

@Suite("Handwritten digits")
struct DigitsTests {
    @Test("the digits are those that scikit-learn ships")
    func data() {
        #expect(Digit.all.count == 1797)
        let counts = (0..<10).map { label in Digit.all.count { $0.label == label } }
        #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
        #expect(Digit.all.allSatisfy { $0.pixels.count == 64 && $0.pixels.allSatisfy { 0 <= $0 && $0 <= 1 } })
        // sum of value_i 31^(n - i), modulo 2^64, over labels and pixels of load_digits()
        let sum = Digit.all.reduce(0 as UInt64) { sum, digit in
            digit.pixels.reduce(31 &* sum &+ UInt64(digit.label)) { 31 &* $0 &+ UInt64(16 * $1) }
        }
        #expect(sum == 0xda6a_88af_6b51_3a7e)
    }

    @Test("a split divides all digits", arguments: [-1, 0, 1, 2, .max])
    func split(pool: Int) {
        let split = DigitsSplit(pool: pool)
        #expect(split.training.count == 1000 && split.validation.count == 200 && split.test.count == 597)
        #expect((split.training + split.validation + split.test).sorted() == Array(0..<1797))
        #expect(split == DigitsSplit(pool: pool))
    }

    @Test("a pool's number decides everything about it")
    func pools() {
        let again = DigitsMixtures(pool: 1)
        #expect(again.pool.base == first.pool.base)
        #expect(again.pool.experts == first.pool.experts)
        #expect(second.pool.split.validation != first.pool.split.validation)
        #expect(second.pool.base != first.pool.base)
        #expect(zip(second.pool.experts, first.pool.experts).allSatisfy { $0 != $1 })
    }

    @Test(
        "a training step goes down the gradient: the loss falls by rate |g|^2, the length of the step squared by rate")
    func gradient() {
        let rate = 0x1p-7
        var least = Double.infinity
        for (number, expert) in second.pool.experts.enumerated() {
            let batch = Digit.all[(100 * number)...].prefix(50)
            var trainer = DigitsTrainer(expert)
            trainer.step(batch, rate: rate)
            let after = trainer.network
            let change = crossEntropy(after, batch) - crossEntropy(expert, batch)
            let length = zip(after.weights, expert.weights).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
            #expect((change * rate / length + 1).magnitude < 0.15, "\(change) by \(length.squareRoot())")
            least = min(least, length)
        }
        #expect(least > 0)
    }

    private func crossEntropy(_ network: DigitsNetwork, _ batch: some Collection<Digit>) -> Double {
        mean(
            batch.map { digit in
                let scores = scores(network, digit).map(Double.init)
                return log(scores.reduce(0) { $0 + exp($1) }) - scores[digit.label]
            })
    }

    @Test("an expert knows its three classes and little of the others")
    func experts() {
        for (expert, classes) in first.pool.classes.enumerated() {
            #expect(Set(classes).count == 3)
            let losses = zip(digits(first, .test), first.losses(unitVector(expert), on: .test))
            func accuracy(known: Bool) -> Double {
                1 - mean(losses.filter { classes.contains($0.0.label) == known }.map(\.1))
            }
            #expect(accuracy(known: true) > 0.9)
            #expect(accuracy(known: false) < 0.45)
        }
    }
}

@Suite("Mixtures of digit experts")
struct DigitsMixturesTests {
    @Test("values and losses are those of a loop over single operations, for one point and for many")
    func reference() throws {
        let points = mixtures(40, seed: 1)
        let together = values(of: first, at: points)
        for (number, point) in points.enumerated() {
            #expect(together[number] == mean(first.losses(point, on: .validation)))
            #expect(together[number] == value(of: first, at: point))
            guard number < 4 else { continue }
            let mixture = try #require(first.network(point))
            for split in DigitsMixtures.Split.allCases {
                #expect(first.losses(point, on: split) == digits(first, split).map { loss(mixture, $0) })
            }
        }
        #expect(Set(together).count > 20)
    }

    @Test("a mixture is the materialised file, bit for bit")
    func materialised() throws {
        let scratch = try Scratch()
        let pool = try ExpertPool(try first.writeExperts(to: scratch.url.path))
        let outside = [unitVector(3), Array(repeating: 0, count: 10), Array(repeating: -7.5, count: 10)]
        var differ = 0
        for point in mixtures(20, seed: 2) + outside {
            try pool.materialise(point, to: scratch.path("mixture.safetensors"))
            let mixture = try #require(first.network(point)).weights.map(\.bitPattern)
            #expect(mixture == (try network(scratch.path("mixture.safetensors"))).weights.map(\.bitPattern))
            // Added up in double precision and rounded once, it would be another.
            let twin = mixture.indices.map { j in
                Float(zip(point, first.pool.experts).reduce(0) { $0 + $1.0 * Double($1.1.weights[j]) }).bitPattern
            }
            differ += twin == mixture ? 0 : 1
        }
        #expect(differ >= 20)
    }

    @Test("a unit vector is an expert")
    func units() {
        for (number, expert) in first.pool.experts.enumerated() {
            #expect(first.network(unitVector(number)) == expert)
        }
    }

    @Test("what is not finite in single precision has no value", arguments: [.nan, .infinity, -.infinity, 1e39, 3e38])
    func undefined(coefficient: Double) {
        // Of 3e38 the coefficients are finite, but no longer the weights.
        let point = Array(repeating: coefficient, count: 10)
        #expect(values(of: first, at: [unitVector(0), point])[1].isNaN)
        #expect(first.network(point) == nil)
        for split in DigitsMixtures.Split.allCases { #expect(first.losses(point, on: split).allSatisfy { $0.isNaN }) }
    }

    @Test("of equal scores the first one counts: a network of zeros answers 0")
    func ties() {
        let expected = digits(first, .validation).map { $0.label == 0 ? 0.0 : 1 }
        #expect(first.losses(Array(repeating: 0, count: 10), on: .validation) == expected)
    }

    @Test("corners of the box have a value")
    func box() {
        #expect(first.box == ExpertSwarm.box(experts: 10))
        #expect(values(of: first, at: corners(of: first.box)).allSatisfy { (0...1).contains($0) })
    }

    @Test(
        "evaluating allocates nothing",
        .enabled(if: allocation_counter_works(), "allocations are counted on Linux without sanitizers"))
    func allocations() {
        var objective = first.makeObjective()
        let rows = mixtures(20, seed: 3).flatMap { paddedRow($0) }
        var values = [Double](repeating: 0, count: 20)
        let (points, seeds) = (rows.span, EvaluationSeeds(RandomStream(seed: 1), first: 0))
        var out = values.mutableSpan
        allocation_counter_begin()
        objective.evaluate(points, seeds: seeds, into: &out)
        #expect(allocation_counter_end() == 0)
    }

    @Test("a swarm finds a mixture that is better on the test images than every expert")
    func swarm() throws {
        for problem in [first, second] {
            let singles = (0..<10).map { 1 - mean(problem.losses(unitVector($0), on: .test)) }
            #expect((0.45...0.6).contains(singles.max()!))
            let composed = try (0..<4).map { number in
                let stream = RandomStream(seed: 4).split(.run, number)
                let result = run(.expertSwarm(size: 40), on: problem, budget: 400, stream: stream)
                return 1 - mean(problem.losses(try #require(result.best).point, on: .test))
            }
            #expect(mean(composed) > singles.max()! + 0.1)
            #expect((0.6...0.85).contains(mean(composed)))
        }
    }

    @Test("expert files are written once, and never over another file")
    func files() throws {
        let scratch = try Scratch()
        let folder = scratch.url.path
        let paths = try first.writeExperts(to: folder)
        #expect(paths == (0..<10).map { scratch.path("expert-\($0).safetensors") })
        #expect(try paths.map(network) == first.pool.experts)

        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: paths[4])
        try FileManager.default.removeItem(atPath: paths[7])
        #expect(try first.writeExperts(to: folder) == paths)
        let date = try FileManager.default.attributesOfItem(atPath: paths[4])[.modificationDate] as? Date
        #expect(date == Date(timeIntervalSince1970: 0))
        #expect(try network(paths[7]) == first.pool.experts[7])

        #expect(throws: ExpertError.wouldOverwrite(expert: paths[0])) { try second.writeExperts(to: folder) }
        #expect(try network(paths[0]) == first.pool.experts[0])
        try Data("notes".utf8).write(to: URL(filePath: paths[3]))
        #expect(throws: ExpertError.wouldOverwrite(expert: paths[3])) { try first.writeExperts(to: folder) }
        #expect(try String(contentsOfFile: paths[3], encoding: .utf8) == "notes")
        #expect(throws: ExpertError.self) { try first.writeExperts(to: scratch.path("missing")) }
    }
}

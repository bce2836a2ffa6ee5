import Inner
import RealModule
import Strategies
import Support
import Testing

/// The families that look at no value: uniform and quasi-random points.
@Suite("Random and quasi-random points")
struct RandomPointsTests {
    /// The first points of a search of the unit cube, a multiple of 32.
    private func points(_ family: some SearchFamily, count: Int, dimension: Int, seed: Int) -> [[Double]] {
        let box = Box(0...1, dimension: dimension)
        var search = family.makeSearch(in: box, horizon: 0, stream: RandomStream(seed: UInt64(seed)))
        var points: [[Double]] = []
        while points.count < count {
            var rows = [Lanes](repeating: .zero, count: search.generationSize * blockCount(dimension))
            let values = [Double](repeating: 0, count: search.generationSize)
            var span = rows.mutableSpan
            search.ask(0..<search.generationSize, into: &span)
            search.tell(rows.span, values: values.span)
            points += (0..<search.generationSize).map { rows.span.coordinates(row: $0, dimension: dimension) }
        }
        return Array(points.prefix(count))
    }

    private func family(_ name: String) throws -> any SearchFamily {
        try FamilyCatalogue.entry(name).family(size: 1)
    }

    @Test("every point is uniform in every coordinate", arguments: ["uniformRandom", "quasiRandom"])
    func uniform(name: String) throws {
        let family = try family(name)
        for number in [0, 1, 30] {
            let searches = (0..<400).map { points(family, count: 32, dimension: 9, seed: $0)[number] }
            for column in 0..<9 {
                let sample = searches.map { $0[column] }
                let bound = kolmogorovSmirnovBound(count: sample.count, falseAlarm: 1e-6)
                #expect(kolmogorovSmirnovDistance(sample) { $0 } < bound, "point \(number), coordinate \(column)")
                #expect(kolmogorovSmirnovDistance(sample.map { $0 * $0 }) { $0 } > bound)
            }
        }
    }

    @Test("so are the coordinates of a point in 10,000 dimensions", arguments: ["uniformRandom", "quasiRandom"])
    func manyDimensions(name: String) throws {
        for point in points(try family(name), count: 32, dimension: 10_000, seed: 3).suffix(2) {
            let bound = kolmogorovSmirnovBound(count: point.count, falseAlarm: 1e-6)
            #expect(kolmogorovSmirnovDistance(point) { $0 } < bound)
            #expect(kolmogorovSmirnovDistance(point.map { $0 * $0 }) { $0 } > bound)
        }
    }

    @Test("uniform points of one search are independent of each other")
    func independent() {
        // The product of neighbours, with mean 1/4 and variance 7/144 if they are.
        func deviation(_ sample: [Double]) -> Double {
            let pairs = stride(from: 0, to: sample.count - 1, by: 2).map { sample[$0] * sample[$0 + 1] }
            let mean = pairs.reduce(0, +) / Double(pairs.count)
            return ((mean - 0.25) / (7.0 / 144 / Double(pairs.count)).squareRoot()).magnitude
        }
        let sample = points(.uniformRandom, count: 2048, dimension: 8, seed: 1)
        #expect(deviation(sample.flatMap { $0 }) < deviationBound(falseAlarm: 1e-6))
        #expect(deviation(sample.map { $0[5] }) < deviationBound(falseAlarm: 1e-6))
        #expect(deviation(sample.flatMap { $0.sorted() }) > deviationBound(falseAlarm: 1e-6))
    }

    /// The squared L2 star discrepancy: the mean over all boxes [0, b) of (share of points in it - volume)^2.
    ///
    /// - SeeAlso: Warnock (1972), doi:10.1016/B978-0-12-775950-0.50015-7
    private func discrepancy(_ points: [[Double]]) -> Double {
        let n = Double(points.count)
        let d = points[0].count
        var (single, double) = (0.0, 0.0)
        for x in points {
            single += x.reduce(1) { $0 * (1 - $1 * $1) / 2 }
            for y in points {
                var product = 1.0
                for column in 0..<d { product *= 1 - max(x[column], y[column]) }
                double += product
            }
        }
        return Double.pow(3, -Double(d)) - 2 * single / n + double / (n * n)
    }

    @Test("quasi-random points are spread more evenly than chance would", arguments: [(2, 128, 0.06), (5, 192, 0.3)])
    func evenness(dimension: Int, count: Int, share: Double) {
        // The mean of independent uniform points.
        let blind = (Double.pow(2, -Double(dimension)) - Double.pow(3, -Double(dimension))) / Double(count)
        func mean(_ family: some SearchFamily) -> Double {
            (0..<8).reduce(0) { $0 + discrepancy(points(family, count: count, dimension: dimension, seed: $1)) / 8 }
        }
        #expect(mean(.quasiRandom) < share * blind, "\(mean(.quasiRandom) / blind)")
        #expect(mean(.uniformRandom) > share * blind, "\(mean(.uniformRandom) / blind)")
    }

    @Test("any b^k points in a row fall into different intervals of length b^-k, b the coordinate's prime")
    func stratified() {
        let sample = points(.quasiRandom, count: 1024, dimension: 5, seed: 6)
        for (column, cells) in [512, 729, 625, 343, 121].enumerated() {
            for first in [0, 1, 77] {
                let own = sample[first..<first + cells].map { Int($0[column] * Double(cells)) }
                #expect(Set(own).count == cells, "coordinate \(column)")
            }
        }
    }
}

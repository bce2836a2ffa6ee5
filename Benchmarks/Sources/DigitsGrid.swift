import Dispatch
import Foundation
import Inner
import Outer
import Problems
import Strategies
import Synchronization

/// A dense grid of swarms of experts on the digits of one pool: the truth that a study is measured against.
struct DigitsGrid {
    static let sizes = [5, 8, 12, 20, 32, 50, 80]
    static let iterations = [2, 3, 5, 8, 10, 15, 20, 30, 40, 60, 80]

    struct Cell {
        let size: Int
        let iterations: Int
        /// Of every run: the error of what it found, in validation and on test.
        var validation: [Double] = []
        var test: [Double] = []

        var budget: Int { size * iterations }
        var meanTest: Double { mean(test) }
        var meanValidation: Double { mean(validation) }
    }

    let pool: Int
    private(set) var cells: [Cell]

    /// The mean test error of the best cell: chosen by one half of its runs and measured on the other, for the least of many
    /// means flatters.
    var bestTest: Double {
        let half = (cells.first?.test.count ?? 0) / 2
        let halves = cells.map { (mean(Array($0.test.prefix(half))), mean(Array($0.test.dropFirst(half)))) }
        guard let first = halves.min(by: { $0.0 < $1.0 }), let second = halves.min(by: { $0.1 < $1.1 }) else {
            return .nan
        }
        return (first.1 + second.0) / 2
    }

    /// Evaluations if every cell is made by itself, and if a swarm's longest runs tell the shorter ones too.
    var evaluations: (apart: Int, together: Int) {
        (
            cells.reduce(0) { $0 + $1.budget * $1.validation.count },
            Self.sizes.reduce(0) { $0 + $1 * (Self.iterations.last ?? 0) } * (cells.first?.validation.count ?? 0)
        )
    }

    /// Runs every cell.
    init(pool: Int, runs: Int) {
        self.pool = pool
        var cells = Self.sizes.flatMap { size in
            Self.iterations.map { Cell(size: size, iterations: $0) }
        }
        let problem = DigitsMixtures(pool: pool)
        let found = Mutex([Int: [(validation: Double, test: Double)]]())
        // The longest first, so that no core waits for long.
        let order = cells.indices.sorted { cells[$0].budget > cells[$1].budget }
        DispatchQueue.concurrentPerform(iterations: order.count) { [cells] place in
            let cell = cells[order[place]]
            let results = (0..<runs).map { run in
                Self.search(
                    .expertSwarm(size: cell.size), problem, budget: cell.budget,
                    RandomStream(seed: UInt64(pool)).split(.run, run))
            }
            found.withLock { $0[order[place]] = results }
        }
        for (index, results) in found.withLock({ $0 }) {
            (cells[index].validation, cells[index].test) = (results.map(\.validation), results.map(\.test))
        }
        self.cells = cells
    }

    /// What one search finds.
    static func search(
        _ family: some SearchFamily, _ problem: DigitsMixtures, budget: Int, _ stream: RandomStream
    ) -> (validation: Double, test: Double) {
        let result = run(
            family, on: problem, budget: budget, checkpoints: CheckpointGrid(first: budget), stream: stream)
        guard let best = result.best else { return (.nan, .nan) }
        return (best.value, mean(problem.losses(best.point, on: .test)))
    }

    /// The cell with the highest mean score less its price, `price` lambda log2 of its budget: lambda is what a restart is
    /// worth, sigma / sqrt(pi) for normal scores that scatter by sigma within a cell.
    ///
    /// - Parameter size: of the swarm, if only such cells count.
    func knee(price: Double, size: Int? = nil) -> Cell {
        let all = cells.flatMap(\.validation)
        let sorted = all.sorted()
        // Of equal errors the middle rank.
        let score = { (value: Double) -> Double in
            let (below, upTo) = (sorted.partitioningIndex { $0 >= value }, sorted.partitioningIndex { $0 > value })
            return -normalQuantile((Double(below + upTo) / 2) / Double(sorted.count))
        }
        let scores = cells.map { $0.validation.map(score) }
        let within = zip(scores, scores.map(mean)).reduce(0) { sum, cell in
            sum + cell.0.reduce(0) { $0 + ($1 - cell.1) * ($1 - cell.1) }
        }
        let sigma = (within / Double(all.count - cells.count)).squareRoot()
        let lambda = price * sigma / Double.pi.squareRoot()
        let utilities = zip(scores, cells).map { mean($0) - lambda * log2(Double($1.budget)) }
        let chosen = cells.indices.filter { size == nil || cells[$0].size == size }
        let best = chosen.max { utilities[$0] < utilities[$1] } ?? 0
        return cells[best]
    }

    // MARK: As text

    private static let (validationImages, testImages) = (200.0, 597.0)
    static let header = "pool,particles,iterations,run,validation_wrong,test_wrong"

    var lines: [String] {
        cells.flatMap { cell in
            cell.validation.indices.map {
                let wrong = [cell.validation[$0] * Self.validationImages, cell.test[$0] * Self.testImages]
                return "\(pool),\(cell.size),\(cell.iterations),\($0),"
                    + wrong.map { "\(Int($0.rounded()))" }.joined(separator: ",")
            }
        }
    }

    /// The grids of a file.
    static func read(_ path: String) throws -> [DigitsGrid] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        var grids: [DigitsGrid] = []
        for line in lines {
            let fields = line.split(separator: ",").compactMap { Double($0) }
            precondition(fields.count == 6, "no line of a grid: \(line)")
            let (pool, size, iterations) = (Int(fields[0]), Int(fields[1]), Int(fields[2]))
            if grids.last?.pool != pool { grids.append(DigitsGrid(pool: pool, cells: [])) }
            let last = grids.count - 1
            if grids[last].cells.last.map({ $0.size != size || $0.iterations != iterations }) ?? true {
                grids[last].cells.append(Cell(size: size, iterations: iterations))
            }
            let cell = grids[last].cells.count - 1
            grids[last].cells[cell].validation.append(fields[4] / validationImages)
            grids[last].cells[cell].test.append(fields[5] / testImages)
        }
        return grids
    }

    private init(pool: Int, cells: [Cell]) { (self.pool, self.cells) = (pool, cells) }
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

extension [Double] {
    /// The first index at which `isBehind` holds, of numbers in order.
    fileprivate func partitioningIndex(_ isBehind: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

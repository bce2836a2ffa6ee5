/// The bookkeeping of one running search: it hands out batches that fit the budget and writes the trace.
///
/// Prefix-exact: what it does up to a checkpoint does not depend on a budget beyond it, so a run of T is also a run of
/// every checkpoint before T. On a noisy problem the incumbent is re-evaluated so that the re-evaluations end exactly
/// at the checkpoint, which then records their mean (the search's own best would be biased low: the winner's curse).
struct SearchSession {
    /// Times the incumbent of a noisy problem is re-evaluated at a checkpoint.
    static let reevaluations = 5

    /// Rows that are to be evaluated next.
    private enum Batch {
        /// These rows of the generation.
        case generation(Range<Int>)
        /// This many copies of the incumbent.
        case incumbent(Int)

        var count: Int {
            switch self {
            case .generation(let rows): rows.count
            case .incumbent(let count): count
            }
        }
    }

    private var search: any Search
    private var gate: EvaluationGate
    private let dimension: Int
    private let blocks: Int
    private let grid: CheckpointGrid
    private let isNoisy: Bool
    private let stream: RandomStream

    /// The generation: `generationSize` rows and values. Of the rows `asked` are there, of the values `evaluated`.
    private var points: [Lanes] = []
    private var values: [Double] = []
    private var generationSize: Int
    private var asked = 0
    private var evaluated: Int
    /// The best point, once for every re-evaluation, and the values of those.
    private var incumbents: [Lanes]
    private var incumbentValues: [Double]
    private var bestValue = Double.infinity
    private var batch = Batch.generation(0..<0)

    private var trace = Trace()
    private var checkpoint = 0
    private var nextCheckpoint: Int
    private var failures = 0
    private var unanswered = 0
    private var firstFailure: Evaluation?

    init(
        _ family: some SearchFamily, on problem: some Problem, budget: Int, grid: CheckpointGrid, stream: RandomStream
    ) {
        search = family.makeSearch(in: problem.box, horizon: budget, stream: stream)
        gate = EvaluationGate(limit: budget)
        dimension = problem.dimension
        blocks = blockCount(problem.dimension)
        self.grid = grid
        isNoisy = problem.isNoisy
        self.stream = stream
        generationSize = search.generationSize
        evaluated = generationSize
        incumbents = Array(repeating: .zero, count: Self.reevaluations * blocks)
        incumbentValues = Array(repeating: .infinity, count: Self.reevaluations)
        nextCheckpoint = grid.evaluations(at: 0)
        trace.checkpoints.reserveCapacity(grid.count(within: budget) + 1)
        resize(to: generationSize)
    }

    /// Makes the next batch; false when the budget is spent.
    mutating func advance() -> Bool {
        guard gate.remaining > 0 else { return false }
        let pause = min(nextCheckpoint, gate.limit) - Self.reevaluations
        if isNoisy, gate.spent >= pause, bestValue < .infinity {
            let room = min(nextCheckpoint, gate.limit) - gate.spent
            batch = .incumbent(gate.admit(min(Self.reevaluations, room)))
            return true
        }
        if evaluated == generationSize { startGeneration() }
        let wanted = isNoisy ? min(generationSize - evaluated, max(pause - gate.spent, 1)) : generationSize - evaluated
        batch = .generation(evaluated..<evaluated + gate.admit(wanted))
        return true
    }

    /// Evaluates the batch in this process, part by part: rows are evaluated while they are in a near cache.
    mutating func evaluate(on objective: inout some Objective) {
        var next = firstNumber
        switch batch {
        case .generation(let rows):
            var first = rows.lowerBound
            while first < rows.upperBound {
                let part = first..<min(first + partSize, rows.upperBound)
                ask(upTo: part.upperBound)
                evaluateRows(part, of: points, by: &objective, seeds: seeds(next), into: &values)
                next += part.count
                first = part.upperBound
            }
        case .incumbent(let count):
            evaluateRows(0..<count, of: incumbents, by: &objective, seeds: seeds(next), into: &incumbentValues)
        }
    }

    /// The batch as plain points with their seeds, for an evaluator outside this process.
    mutating func request() -> (points: [[Double]], seeds: [UInt64]) {
        let points: [[Double]]
        switch batch {
        case .generation(let rows):
            ask(upTo: rows.upperBound)
            points = rows.map { self.points.span.coordinates(row: $0, dimension: dimension) }
        case .incumbent(let count):
            points = (0..<count).map { incumbents.span.coordinates(row: $0, dimension: dimension) }
        }
        return (points, points.indices.map(seeds(firstNumber).seed))
    }

    /// Takes the answers to `request`, in its order.
    mutating func store(_ evaluations: [Evaluation]) {
        precondition(evaluations.count == batch.count, "\(evaluations.count) answers to \(batch.count) points")
        for (offset, evaluation) in evaluations.enumerated() {
            switch batch {
            case .generation(let rows): values[rows.lowerBound + offset] = evaluation.ranked
            case .incumbent: incumbentValues[offset] = evaluation.ranked
            }
            if evaluation.outcome == .ok { continue }
            if firstFailure == nil { firstFailure = evaluation }
            if evaluation.outcome != .undefined { unanswered += 1 }
        }
    }

    /// Absorbs the batch's values, whatever is not finite as worst.
    mutating func absorb() {
        switch batch {
        case .generation(let rows): absorbGeneration(rows)
        case .incumbent(let count): absorbIncumbent(count)
        }
    }

    /// Enough points were evaluated, and not one got an answer.
    var objectiveFails: Bool { unanswered == gate.spent && gate.spent >= SearchResult.patience }

    consuming func result(end: SearchEnd) -> SearchResult {
        let value = isNoisy ? trace.end?.best ?? bestValue : bestValue
        let best = SearchResult.Best(point: incumbents.span.coordinates(row: 0, dimension: dimension), value: value)
        return SearchResult(
            trace: trace, best: bestValue < .infinity ? best : nil, evaluations: gate.spent, failures: failures,
            firstFailure: firstFailure, end: end)
    }

    // MARK: Steps

    /// Number of the batch's first evaluation.
    private var firstNumber: Int { gate.spent - batch.count }

    private func seeds(_ number: Int) -> EvaluationSeeds { EvaluationSeeds(stream, first: number) }

    /// Rows that are evaluated together: 32 KB, but no fewer than 8, for objectives that work on several at once.
    private var partSize: Int { max(8, 512 / blocks) }

    private mutating func startGeneration() {
        if search.generationSize != generationSize { resize(to: search.generationSize) }
        (asked, evaluated) = (0, 0)
    }

    private mutating func resize(to size: Int) {
        precondition(size >= 1, "a generation needs at least one point, not \(size)")
        generationSize = size
        points = Array(repeating: .zero, count: size * blocks)
        values = Array(repeating: .infinity, count: size)
    }

    /// Has the generation's rows drawn up to this one.
    private mutating func ask(upTo end: Int) {
        guard asked < end else { return }
        var points: [Lanes] = []
        swap(&points, &self.points)  // the buffer is lent, not copied
        var rows = points.mutableSpan
        search.ask(asked..<end, into: &rows)
        swap(&points, &self.points)
        asked = end
    }

    /// Takes the values of `rows`, up to one checkpoint after the other.
    private mutating func absorbGeneration(_ rows: Range<Int>) {
        var spent = firstNumber
        var first = rows.lowerBound
        while first < rows.upperBound {
            let stretch = first..<min(first + min(nextCheckpoint, gate.limit) - spent, rows.upperBound)
            take(stretch)
            spent += stretch.count
            first = stretch.upperBound
            if spent == nextCheckpoint || spent == gate.limit { record(bestValue, at: spent) }
        }
        evaluated = rows.upperBound
        guard evaluated == generationSize else { return }
        let points = self.points
        let values = self.values
        search.tell(points.span, values: values.span)
    }

    private mutating func absorbIncumbent(_ count: Int) {
        var sum = 0.0
        for offset in 0..<count {
            failures += incumbentValues[offset].isFinite ? 0 : 1
            sum += incumbentValues[offset].isFinite ? incumbentValues[offset] : .infinity
        }
        record(sum / Double(count), at: gate.spent)
    }

    /// Ranks what is not finite worst and keeps the best of `rows`, the first where values tie.
    private mutating func take(_ rows: Range<Int>) {
        var winner: Int?
        for row in rows {
            if !values[row].isFinite {
                failures += 1
                values[row] = .infinity
            } else if values[row] < bestValue {
                (bestValue, winner) = (values[row], row)
            }
        }
        guard let winner else { return }
        for copy in 0..<(isNoisy ? Self.reevaluations : 1) {
            for block in 0..<blocks { incumbents[copy * blocks + block] = points[winner * blocks + block] }
        }
    }

    private mutating func record(_ best: Double, at evaluations: Int) {
        trace.checkpoints.append(Trace.Checkpoint(evaluations: evaluations, best: best))
        while nextCheckpoint <= evaluations {
            checkpoint += 1
            nextCheckpoint = grid.evaluations(at: checkpoint)
        }
    }
}

/// The values of some rows of a buffer.
private func evaluateRows(
    _ rows: Range<Int>, of points: [Lanes], by objective: inout some Objective, seeds: EvaluationSeeds,
    into values: inout [Double]
) {
    let blocks = points.count / values.count
    let own = points.span.extracting(rows.lowerBound * blocks..<rows.upperBound * blocks)
    values.withUnsafeMutableBufferPointer { values in
        var out = UnsafeMutableBufferPointer(rebasing: values[rows]).mutableSpan
        objective.evaluate(own, seeds: seeds, into: &out)
    }
}

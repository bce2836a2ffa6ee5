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
        /// Rows of the generation that got no answer and are tried again.
        case again([Int])
        /// This many copies of the incumbent.
        case incumbent(Int)
        /// The incumbent once more, to see whether a point has one value.
        case retest

        var count: Int {
            switch self {
            case .generation(let rows): rows.count
            case .again(let rows): rows.count
            case .incumbent(let count): count
            case .retest: 1
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
    private let retries: Int
    private var retestIsDue: Bool

    /// The generation: `generationSize` rows and values. Of the rows `asked` are there, of the values `evaluated`.
    private var points: [Lanes] = []
    private var values: [Double] = []
    private var generationSize: Int
    private var asked = 0
    private var evaluated: Int
    /// True once the search was told the generation's values.
    private var isTold = true
    /// Rows to try again, in order, and how often each was tried again already.
    private var unanswered: [Int] = []
    private var tries: [Int: Int] = [:]
    /// The best point, once for every re-evaluation, and the values of those.
    private var incumbents: [Lanes]
    private var incumbentValues: [Double]
    /// Re-evaluations that got no answer: they say nothing about the point.
    private var incumbentsUnanswered = 0
    private var bestValue = Double.infinity
    private var batch = Batch.generation(0..<0)

    private var trace = Trace()
    private var checkpoint = 0
    private var nextCheckpoint: Int
    private var failures = 0
    private var failed: [SearchResult.Failed] = []
    private var retest: SearchResult.Retest?
    private var seconds = 0.0
    private let keepsImprovements: Bool
    private var improvements: [Trace.Checkpoint] = []

    /// - Parameters:
    ///   - retries: how often a row without an answer is tried again.
    ///   - retests: whether one point is evaluated twice to see whether it has one value.
    ///   - improvements: whether every improvement is kept.
    init(
        _ family: some SearchFamily, on problem: some Problem, budget: Int, grid: CheckpointGrid, stream: RandomStream,
        retries: Int = 0, retests: Bool = false, improvements: Bool = false
    ) {
        search = family.makeSearch(in: problem.box, horizon: budget, stream: stream)
        gate = EvaluationGate(limit: budget)
        dimension = problem.dimension
        blocks = blockCount(problem.dimension)
        self.grid = grid
        isNoisy = problem.isNoisy
        self.stream = stream
        self.retries = retries
        keepsImprovements = improvements
        retestIsDue = retests && !problem.isNoisy
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
        let due = min(nextCheckpoint, gate.limit)
        let pause = due - Self.reevaluations
        if isNoisy, gate.spent >= pause, bestValue < .infinity {
            batch = .incumbent(gate.admit(min(Self.reevaluations, due - gate.spent)))
            return true
        }
        // A retest that is due keeps an evaluation for itself.
        let room = isNoisy ? max(pause - gate.spent, 1) : max(gate.remaining - (retestIsDue ? 1 : 0), 1)
        if !unanswered.isEmpty {
            let count = gate.admit(min(unanswered.count, room))
            batch = .again(Array(unanswered.prefix(count)))
            unanswered.removeFirst(count)
            return true
        }
        if retestIsDue, bestValue < .infinity {
            retestIsDue = false
            batch = gate.admit(1) == 1 ? .retest : batch
            return true
        }
        if evaluated == generationSize { startGeneration() }
        batch = .generation(evaluated..<evaluated + gate.admit(min(generationSize - evaluated, room)))
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
        case .again, .retest: preconditionFailure("an objective of this process always answers")
        }
    }

    /// The batch as plain points with their seeds, for an evaluator outside this process.
    mutating func request() -> (points: [[Double]], seeds: [UInt64], singly: Bool) {
        if case .generation(let rows) = batch { ask(upTo: rows.upperBound) }
        let points = (0..<batch.count).map(point)
        if case .again = batch { return (points, points.indices.map(seeds(firstNumber).seed), true) }
        return (points, points.indices.map(seeds(firstNumber).seed), false)
    }

    /// Takes the answers to `request`, in its order.
    mutating func store(_ evaluations: [Evaluation]) {
        precondition(evaluations.count == batch.count, "\(evaluations.count) answers to \(batch.count) points")
        incumbentsUnanswered = 0
        for (offset, evaluation) in evaluations.enumerated() {
            seconds += evaluation.seconds
            switch batch {
            case .generation(let rows): store(evaluation, row: rows.lowerBound + offset)
            case .again(let rows): store(evaluation, row: rows[offset])
            case .incumbent:
                // Answers first: what got none stays out of the mean.
                incumbentValues[offset - incumbentsUnanswered] = evaluation.ranked
                incumbentsUnanswered += evaluation.isAnswered ? 0 : 1
            case .retest where evaluation.outcome == .ok:
                retest = SearchResult.Retest(first: bestValue, second: evaluation.value)
            case .retest: failures += 1
            }
            if evaluation.outcome != .ok, failed.count < SearchResult.evidenceLimit {
                failed.append(
                    SearchResult.Failed(number: firstNumber + offset, point: point(offset), evaluation: evaluation))
            }
        }
    }

    private mutating func store(_ evaluation: Evaluation, row: Int) {
        values[row] = evaluation.ranked
        guard !evaluation.isAnswered, tries[row, default: 0] < retries else { return }
        tries[row, default: 0] += 1
        unanswered.append(row)
    }

    /// The coordinates of the batch's point `offset`.
    private func point(_ offset: Int) -> [Double] {
        switch batch {
        case .generation(let rows): points.span.coordinates(row: rows.lowerBound + offset, dimension: dimension)
        case .again(let rows): points.span.coordinates(row: rows[offset], dimension: dimension)
        case .incumbent, .retest: incumbents.span.coordinates(row: 0, dimension: dimension)
        }
    }

    /// Absorbs the batch's values, whatever is not finite as worst.
    mutating func absorb() {
        switch batch {
        case .generation(let rows):
            absorb(rows, from: firstNumber)
            evaluated = rows.upperBound
        case .again(let rows):
            for (offset, row) in rows.enumerated() { absorb(row..<row + 1, from: firstNumber + offset) }
        case .incumbent(let count): absorbIncumbent(count)
        case .retest: recordIfDue(gate.spent)
        }
        guard evaluated == generationSize, unanswered.isEmpty, !isTold else { return }
        isTold = true
        let points = self.points
        let values = self.values
        search.tell(points.span, values: values.span)
    }

    consuming func result(end: SearchEnd) -> SearchResult {
        let value = isNoisy ? trace.end?.best ?? bestValue : bestValue
        let best = SearchResult.Best(point: incumbents.span.coordinates(row: 0, dimension: dimension), value: value)
        return SearchResult(
            trace: trace, best: bestValue < .infinity ? best : nil, evaluations: gate.spent, failures: failures,
            failed: failed, retest: retest, evaluationSeconds: seconds, end: end,
            improvements: keepsImprovements && isNoisy ? trace.checkpoints : improvements)
    }

    // MARK: Steps

    /// Number of the batch's first evaluation.
    private var firstNumber: Int { gate.spent - batch.count }

    private func seeds(_ number: Int) -> EvaluationSeeds { EvaluationSeeds(stream, first: number) }

    /// Rows that are evaluated together: 32 KB, but no fewer than 8, for objectives that work on several at once.
    private var partSize: Int { max(8, 512 / blocks) }

    private mutating func startGeneration() {
        if search.generationSize != generationSize { resize(to: search.generationSize) }
        (asked, evaluated, isTold) = (0, 0, false)
        if !tries.isEmpty { tries = [:] }
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
    private mutating func absorb(_ rows: Range<Int>, from number: Int) {
        var spent = number
        var first = rows.lowerBound
        while first < rows.upperBound {
            let stretch = first..<min(first + min(nextCheckpoint, gate.limit) - spent, rows.upperBound)
            take(stretch, from: spent)
            spent += stretch.count
            first = stretch.upperBound
            recordIfDue(spent)
        }
    }

    private mutating func recordIfDue(_ spent: Int) {
        if spent == nextCheckpoint || spent == gate.limit { record(bestValue, at: spent) }
    }

    /// Records the mean of the answers; the point is worst if one of them is no value, or if there are none.
    private mutating func absorbIncumbent(_ count: Int) {
        let answered = count - incumbentsUnanswered
        failures += incumbentsUnanswered
        var sum = 0.0
        for offset in 0..<answered {
            failures += incumbentValues[offset].isFinite ? 0 : 1
            sum += incumbentValues[offset].isFinite ? incumbentValues[offset] : .infinity
        }
        record(answered > 0 ? sum / Double(answered) : .infinity, at: gate.spent)
    }

    /// Ranks what is not finite worst and keeps the best of `rows`, the first where values tie.
    private mutating func take(_ rows: Range<Int>, from number: Int) {
        var winner: Int?
        for row in rows {
            if !values[row].isFinite {
                failures += 1
                values[row] = .infinity
            } else if values[row] < bestValue {
                (bestValue, winner) = (values[row], row)
                if keepsImprovements, !isNoisy {
                    let evaluation = number + row - rows.lowerBound + 1
                    improvements.append(Trace.Checkpoint(evaluations: evaluation, best: bestValue))
                }
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

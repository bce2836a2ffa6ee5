/// What can be searched: a black-box objective over a box, minimised.
public protocol Problem: Sendable {
    var name: String { get }
    var box: Box { get }
    /// The least value, where it is known (noise aside).
    var optimum: Double? { get }
    /// True if the same point can have two values: searches then re-evaluate their incumbent.
    var isNoisy: Bool { get }
}

extension Problem {
    public var optimum: Double? { nil }
    public var isNoisy: Bool { false }
    public var dimension: Int { box.dimension }
}

/// A problem that is computed in this process.
public protocol PureProblem: Problem {
    associatedtype Evaluator: Objective
    /// One worker's evaluator, with scratch space of its own.
    func makeObjective() -> Evaluator
}

/// Evaluates batches of points without allocating.
public protocol Objective {
    /// The values of `values.count` points.
    ///
    /// - Parameters:
    ///   - points: one padded row a point (see `Lanes`).
    ///   - seeds: one seed a point, for objectives that are noisy.
    ///   - values: one value a point; NaN or infinite where undefined.
    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>)
}

/// A problem whose values come from elsewhere (another program): slow, fallible, many in flight.
public protocol ExternalProblem: Problem {
    /// How often an evaluation without an answer is tried again; every try is charged.
    var retries: Int { get }
    /// Starts what evaluates, `workers` evaluations at a time.
    func start(workers: Int) async throws -> any ExternalEvaluator
}

extension ExternalProblem {
    public var retries: Int { 0 }

    /// Starts what evaluates, works with it, and ends it, however the work ends.
    public func withEvaluator<Value>(
        workers: Int, _ work: (any ExternalEvaluator) async throws -> Value
    ) async throws -> Value {
        let evaluator = try await start(workers: workers)
        do {
            let value = try await work(evaluator)
            await evaluator.stop()
            return value
        } catch {
            await evaluator.stop()
            throw error
        }
    }
}

/// Something outside this process that evaluates points.
public protocol ExternalEvaluator: Sendable {
    /// One evaluation a point, in the order of the points. Failure is an outcome, never an exception.
    ///
    /// - Parameter singly: ask for every point by itself, so that one cannot spoil the others.
    func evaluate(_ points: [[Double]], seeds: [UInt64], singly: Bool) async -> [Evaluation]
    /// Why nothing is evaluated any more, if the objective is out of reach.
    var outage: Outage? { get async }
    /// Ends whatever `start` started; returns when it is gone.
    func stop() async
}

extension ExternalEvaluator {
    public var outage: Outage? { get async { nil } }

    public func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        await evaluate(points, seeds: seeds, singly: false)
    }
}

/// The seeds of consecutive evaluations of one search: a pure function of the search's stream and the evaluation's
/// number.
public struct EvaluationSeeds: Sendable {
    @usableFromInline let stream: RandomStream
    /// Number of the batch's first evaluation within its search, from 0.
    public let first: Int

    @inlinable
    public init(_ stream: RandomStream, first: Int) {
        self.stream = stream
        self.first = first
    }

    /// A stream for the batch's evaluation `offset`.
    @inlinable
    public func stream(_ offset: Int) -> RandomStream { stream.split(.evaluation, first &+ offset) }

    /// A seed for another program: 31 bits, so that any language can hold it.
    public func seed(_ offset: Int) -> UInt64 {
        var own = stream(offset)
        return own.next() >> 33
    }
}

extension PureProblem {
    /// The value at one point: for a look, not for a loop.
    public func value(at point: [Double], seeds: EvaluationSeeds = EvaluationSeeds(RandomStream(seed: 0), first: 0))
        -> Double
    {
        precondition(point.count == dimension, "\(point.count) coordinates for \(dimension) dimensions")
        var objective = makeObjective()
        let row = paddedRow(point)
        var value = [Double.nan]
        var out = value.mutableSpan
        objective.evaluate(row.span, seeds: seeds, into: &out)
        return value[0]
    }
}

import Inner

/// A curve with parameters b1, b2, ... to be fitted to data.
public protocol RegressionModel: Sendable {
    /// The data set, as its file has it.
    static var data: [UInt8] { get }
    /// One line for people: the formula.
    static var summary: String { get }
    /// Where each parameter is searched: what a user could have said before any fit.
    static var box: [ClosedRange<Double>] { get }
    /// The curve at x.
    static func response(_ x: Double, _ b: Span<Double>) -> Double
}

extension RegressionModel {
    static var dataSet: NISTDataSet {
        do {
            return try NISTDataSet(data)
        } catch {
            preconditionFailure("a data set of this package is damaged: \(error)")
        }
    }

    /// `nist/mgh09`
    public static var name: String { "nist/\(Self.self)".lowercased() }
}

/// Least squares: minimise the residual sum of squares, f(b) = sum (y_i - model(x_i, b))^2. The optimum is certified by NIST.
public struct RegressionProblem<Model: RegressionModel>: PureProblem {
    public let dataSet = Model.dataSet
    public let box: Box

    public init() {
        do {
            box = try Box(lower: Model.box.map(\.lowerBound), upper: Model.box.map(\.upperBound))
        } catch {
            preconditionFailure("the box of \(Model.name) is no box: \(error)")
        }
    }

    public var name: String { Model.name }
    public var optimum: Double? { dataSet.residualSumOfSquares }

    public func makeObjective() -> Evaluator { Evaluator(x: dataSet.x, y: dataSet.y, parameters: box.dimension) }

    public struct Evaluator: Objective {
        let x: [Double]
        let y: [Double]
        let parameters: Int

        public mutating func evaluate(
            _ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>
        ) {
            let blocks = blockCount(parameters)
            let (x, y) = (x.span, y.span)
            for row in 0..<values.count {
                values[row] = points.extracting(row * blocks..<(row + 1) * blocks).withUnsafeBytes { bytes in
                    bytes.withMemoryRebound(to: Double.self) { lanes in
                        let b = lanes.extracting(..<parameters).span
                        var sum = 0.0
                        for i in y.indices {
                            let residual = y[i] - Model.response(x[i], b)
                            sum += residual * residual
                        }
                        return sum
                    }
                }
            }
        }
    }
}

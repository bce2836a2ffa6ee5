import Inner

/// Least squares on a reference data set: f(b) = sum (y_i - model(x_i; b))^2, its optimum certified by NIST.
///
/// The box is one that a user could have drawn without knowing the answer, from the model, the data and the start
/// values; each model's file says why.
public struct NISTProblem: PureProblem {
    public let name: String
    public let box: Box
    public let dataSet: NISTDataSet
    private let residualSum: ResidualSum

    /// The residual sum of squares of one model at parameters b.
    typealias ResidualSum = @Sendable (_ b: NISTParameters, _ data: NISTDataSet) -> Double

    /// - Precondition: a well-formed file and one interval a parameter.
    init(_ file: [UInt8], box intervals: [ClosedRange<Double>], _ residualSum: @escaping ResidualSum) {
        do {
            dataSet = try NISTDataSet(String(decoding: file, as: UTF8.self))
            box = try Box(lower: intervals.map(\.lowerBound), upper: intervals.map(\.upperBound))
        } catch {
            preconditionFailure("a built-in data set is damaged: \(error)")
        }
        precondition(
            box.dimension == dataSet.certifiedValues.count,
            "\(dataSet.name) has \(dataSet.certifiedValues.count) parameters and a box of \(box.dimension)")
        name = "nist/\(dataSet.name.lowercased())"
        self.residualSum = residualSum
    }

    public var optimum: Double? { dataSet.certifiedResidualSumOfSquares }

    public func makeObjective() -> some Objective {
        NISTObjective(dataSet: dataSet, blocks: blockCount(dimension), residualSum: residualSum)
    }
}

struct NISTObjective: Objective {
    let dataSet: NISTDataSet
    let blocks: Int
    let residualSum: NISTProblem.ResidualSum

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        for row in values.indices {
            let first = points[row &* blocks]
            let second = blocks > 1 ? points[row &* blocks &+ 1] : .zero
            values[row] = residualSum(NISTParameters(first, second), dataSet)
        }
    }
}

/// One data set of the NIST Statistical Reference Datasets for nonlinear regression, read from its file as published.
///
/// The file says itself on which of its lines the values stand; a line that is not what it should be is an error.
/// - SeeAlso: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml
public struct NISTDataSet: Sendable, Equatable {
    /// As NIST writes it: "MGH09".
    public let name: String
    /// Two points to start from, far and near.
    public let startValues: [[Double]]
    /// The least-squares estimate b1, b2, ..., certified to 11 digits.
    public let certifiedValues: [Double]
    /// The residual sum of squares at the estimate.
    public let certifiedResidualSumOfSquares: Double
    /// Predictor and response of every observation.
    public let x: [Double]
    public let y: [Double]

    /// What is wrong with a file; lines count from 1.
    public enum Flaw: Error, Equatable, Sendable {
        case missing(String)
        case line(Int, text: String, expected: String)
        case count(of: String, stated: Int, found: Int)
    }

    public init(_ text: String) throws(Flaw) {
        let file = NISTFile(text)
        name = try file.field("Dataset Name:")
        let rows = try file.parameters(on: file.lines("Starting Values"))
        startValues = [rows.map(\.start1), rows.map(\.start2)]
        certifiedValues = rows.map(\.certified)
        certifiedResidualSumOfSquares = try file.number("Residual Sum of Squares:")
        let observations = try file.observations(on: file.lines("Data  "))
        y = observations.map(\.y)
        x = observations.map(\.x)
        let stated = try Int(file.number("Number of Observations:"))
        guard x.count == stated else { throw .count(of: "observations", stated: stated, found: x.count) }
    }

    /// sum (y_i - f(x_i))^2.
    /// - Complexity: O(n).
    @inline(__always)
    func residualSumOfSquares(_ predict: (Double) -> Double) -> Double {
        let (xs, ys) = (x, y)
        var sum = 0.0
        for i in xs.indices {
            let residual = ys[i] - predict(xs[i])
            sum += residual * residual
        }
        return sum
    }
}

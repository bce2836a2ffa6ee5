/// An orthonormal basis of the vectors of k numbers that add up to 0: k - 1 columns, the transposed rows of Helmert's matrix.
///
/// v_i = (1, ..., 1, -i, 0, ..., 0) / sqrt(i (i + 1)) with i ones, i = 1 ... k - 1.
/// - Complexity: O(k) a product, both ways.
/// - SeeAlso: Lancaster (1965), The Helmert Matrices, doi:10.1080/00029890.1965.11970483
package struct HelmertBasis: Sendable {
    /// 1 / sqrt(i (i + 1)).
    private let scales: [Double]

    /// - Parameter size: k, at least 1.
    package init(size: Int) {
        precondition(size >= 1, "a vector has at least one number, not \(size)")
        scales = (1..<max(size, 1)).map { 1 / (Double($0) * Double($0 + 1)).squareRoot() }
    }

    /// x_j = sum_i v_ij u_i, number by number from the last, j = k - 1 ... 0.
    @inline(__always)
    package func expand(_ u: (_ i: Int) -> Double, _ write: (_ j: Int, _ x: Double) -> Void) {
        var sum = 0.0
        for i in scales.indices.reversed() {
            let share = scales[i] * u(i)
            write(i + 1, sum - Double(i + 1) * share)
            sum += share
        }
        write(0, sum)
    }

    /// u_i = sum_j v_ij x_j
    package func coordinates(of x: [Double]) -> [Double] {
        var sum = 0.0
        return scales.indices.map { i in
            sum += x[i]
            return scales[i] * (sum - Double(i + 1) * x[i + 1])
        }
    }
}

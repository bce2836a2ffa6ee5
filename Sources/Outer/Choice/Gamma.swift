import Inner
import RealModule

/// A draw from the gamma law with a shape of at least 1 and scale 1, by squeezed rejection: about 1.04 normals.
///
/// - SeeAlso: Marsaglia & Tsang (2000), A simple method for generating gamma variables, doi:10.1145/358407.358414.
package func gamma(shape: Double, using stream: inout RandomStream) -> Double {
    precondition(shape >= 1, "gamma(shape: \(shape)) needs a shape of at least 1")
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
        let x = stream.normal()
        let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
        // 1 - U is never 0.
        let u = 1 - stream.uniform()
        if v > 0, Double.log(u) < 0.5 * x * x + d * (1 - v + Double.log(v)) { return d * v }
    }
}

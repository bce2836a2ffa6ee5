import Inner
import RealModule

/// The value that |t| exceeds with probability `tails`, t of Student's law with `freedom` degrees; six digits from
/// three degrees on.
///
/// - SeeAlso: Hill (1970), Algorithm 396: Student's t-quantiles, doi:10.1145/355598.355600.
package func studentBound(freedom: Int, tails: Double) -> Double {
    precondition(freedom >= 3, "studentBound needs three degrees of freedom, not \(freedom)")
    let n = Double(freedom)
    let a = 1 / (n - 0.5)
    let b = 48 / (a * a)
    var c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    let d = ((94.5 / (b + c) - 3) / b + 1) * (a * Double.pi / 2).squareRoot() * n
    var y = Double.pow(d * tails, 2 / n)
    if y > 0.05 + a {
        let x = normalQuantile(tails / 2)
        y = x * x
        if n < 5 { c += 0.3 * (n - 4.5) * (x + 0.6) }
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = Double.expMinusOne(a * y * y)
    } else {
        let tail = 1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)
        y = (tail * y - 1) * (n + 1) / (n + 2) + 1 / y
    }
    return (n * y).squareRoot()
}

import CSimd
import Inner

/// The quantile of every p, eight at a time: each is what `normalQuantile` gives, to the last bit. What lies outside the
/// central 85 % is computed by itself.
package func normalQuantiles(_ p: [Double]) -> [Double] {
    var quantiles = p
    var out = quantiles.mutableSpan
    for start in stride(from: 0, to: p.count - 7, by: 8) {
        var block = Lanes.zero
        for lane in 0..<8 { block[lane] = out[start &+ lane] }
        let q = knee_sub(block, knee_splat(0.5))
        let r = knee_sub(knee_splat(0.180625), knee_mul(q, q))
        block = knee_div(knee_mul(q, polynomial(r, centralNumerator)), polynomial(r, centralDenominator))
        for lane in 0..<8 { out[start &+ lane] = block[lane] }
    }
    for (index, p) in p.enumerated() where !((p - 0.5).magnitude <= 0.425) || index >= out.count / 8 * 8 {
        out[index] = normalQuantile(p)
    }
    return quantiles
}

@inline(__always)
private func polynomial(_ x: Lanes, _ c: Coefficients) -> Lanes {
    var sum = knee_splat(c[7])
    for power in 1..<8 { sum = knee_add(knee_mul(sum, x), knee_splat(c[7 - power])) }
    return sum
}

extension RandomStream {
    /// So many of N(0, 1): what as many calls of `normal` give.
    package mutating func normals(_ count: Int) -> [Double] {
        normalQuantiles((0..<count).map { _ in (Double(next() &>> 12) + 0.5) * 0x1p-52 })
    }
}

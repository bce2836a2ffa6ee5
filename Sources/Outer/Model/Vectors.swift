import CSimd
import Inner

/// x'y over whole blocks.
@inline(__always)
func dot(_ x: Span<Lanes>, _ xStart: Int, _ y: Span<Lanes>, _ yStart: Int, blocks: Int) -> Double {
    // Two sums hide the latency of the addition.
    var (even, odd) = (knee_splat(0), knee_splat(0))
    var block = 0
    while block + 1 < blocks {
        even = knee_add(even, knee_mul(x[xStart &+ block], y[yStart &+ block]))
        odd = knee_add(odd, knee_mul(x[xStart &+ block &+ 1], y[yStart &+ block &+ 1]))
        block &+= 2
    }
    if block < blocks { even = knee_add(even, knee_mul(x[xStart &+ block], y[yStart &+ block])) }
    return knee_sum(knee_add(even, odd))
}

/// y += a x over whole blocks.
@inline(__always)
func addScaled(_ a: Double, _ x: Span<Lanes>, _ xStart: Int, to y: inout MutableSpan<Lanes>, _ yStart: Int, blocks: Int)
{
    let factor = knee_splat(a)
    for block in 0..<blocks {
        y[yStart &+ block] = knee_add(y[yStart &+ block], knee_mul(factor, x[xStart &+ block]))
    }
}

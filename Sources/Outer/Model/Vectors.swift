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

/// y += a_0 x_0 + ... + a_7 x_7 over whole blocks, one after the other. Eight at once because what takes the time is
/// reading and writing y.
///
/// - Parameter x: tiles: block 0 of all eight, then block 1 of all.
@inline(__always)
func addEight(_ a: Lanes, _ x: Span<Lanes>, _ xStart: Int, to y: inout MutableSpan<Lanes>, _ yStart: Int, blocks: Int) {
    let (a0, a1, a2, a3) = (knee_splat(a[0]), knee_splat(a[1]), knee_splat(a[2]), knee_splat(a[3]))
    let (a4, a5, a6, a7) = (knee_splat(a[4]), knee_splat(a[5]), knee_splat(a[6]), knee_splat(a[7]))
    for block in 0..<blocks {
        let start = 8 &* (xStart &+ block)
        let tile = x.extracting(start..<start &+ 8)
        var sum = knee_add(y[yStart &+ block], knee_mul(a0, tile[0]))
        sum = knee_add(sum, knee_mul(a1, tile[1]))
        sum = knee_add(sum, knee_mul(a2, tile[2]))
        sum = knee_add(sum, knee_mul(a3, tile[3]))
        sum = knee_add(sum, knee_mul(a4, tile[4]))
        sum = knee_add(sum, knee_mul(a5, tile[5]))
        sum = knee_add(sum, knee_mul(a6, tile[6]))
        y[yStart &+ block] = knee_add(sum, knee_mul(a7, tile[7]))
    }
}

/// Lane `lane` of eight blocks that lie `stride` apart.
@inline(__always)
func column(_ x: Span<Lanes>, _ start: Int, _ lane: Int, stride: Int = 1) -> Lanes {
    var column = Lanes.zero
    for row in 0..<8 { column[row] = x[start &+ row &* stride][lane] }
    return column
}

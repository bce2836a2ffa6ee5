import CSimd
import Inner

/// sum z_j^2.
@inline(__always)
func squaredNorm(_ z: Span<Lanes>) -> Double {
    var sum = Lanes.zero
    for block in z.indices { sum = knee_add(sum, knee_mul(z[block], z[block])) }
    return knee_sum(sum)
}

/// Calls `body` with each of the first `dimension` coordinates and its index.
@inline(__always)
func forEachCoordinate(of z: Span<Lanes>, dimension: Int, _ body: (Int, Double) -> Void) {
    for block in z.indices {
        let lanes = z[block]
        let first = block &* 8
        for lane in 0..<min(8, dimension &- first) { body(first &+ lane, lanes[lane]) }
    }
}

/// 1 - cos(2 pi z) = 2 sin^2(pi r),  r = z - round(z): eight lanes at once, exactly 0 at whole numbers and never
/// negative.
///
/// The sine is its Taylor series to r^23, whose remainder on |r| <= 1/2 lies below rounding. Holds for |z| < 2^51.
@inline(__always)
func oneMinusCosine(turns z: Lanes) -> Lanes {
    let toWhole = knee_splat(0x1.8p52)
    let r = knee_sub(z, knee_sub(knee_add(z, toWhole), toWhole))
    let square = knee_mul(r, r)
    var series = knee_splat(-1.0518471716932065e-11)
    series = knee_add(knee_mul(series, square), knee_splat(5.392664662608129e-10))
    series = knee_add(knee_mul(series, square), knee_splat(-2.2948428997269873e-8))
    series = knee_add(knee_mul(series, square), knee_splat(7.952054001475513e-7))
    series = knee_add(knee_mul(series, square), knee_splat(-2.1915353447830217e-5))
    series = knee_add(knee_mul(series, square), knee_splat(4.6630280576761255e-4))
    series = knee_add(knee_mul(series, square), knee_splat(-7.3704309457143504e-3))
    series = knee_add(knee_mul(series, square), knee_splat(8.214588661112823e-2))
    series = knee_add(knee_mul(series, square), knee_splat(-0.5992645293207921))
    series = knee_add(knee_mul(series, square), knee_splat(2.5501640398773455))
    series = knee_add(knee_mul(series, square), knee_splat(-5.16771278004997))
    series = knee_add(knee_mul(series, square), knee_splat(3.141592653589793))
    let sine = knee_mul(series, r)
    return knee_mul(knee_splat(2), knee_mul(sine, sine))
}

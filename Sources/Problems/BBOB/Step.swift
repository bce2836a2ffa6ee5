import CSimd
import Inner

extension BBOB {
    /// One step from x to z, on a few padded rows at once. Padding stays zero.
    enum Step: Sendable {
        /// z - a
        case subtract([Lanes])
        /// z_i <- a_i z_i
        case scale([Lanes])
        case map(LinearMap)
        /// T_osz: small ripples on a logarithmic scale, other ones below 0 than above.
        case oscillate
        /// T_asy: z_i <- z_i^(1 + a_i sqrt(z_i)) where z_i > 0.
        case stretch([Lanes])
        /// Steps: rounds to whole numbers beyond 1/2, to tenths within.
        case round

        func apply(to z: inout [Lanes], spare: inout [Lanes], rows: Int, blocks: Int) {
            switch self {
            case .subtract(let a): rewrite(&z, a, rows) { knee_sub($0, $1) }
            case .scale(let a): rewrite(&z, a, rows) { knee_mul($0, $1) }
            case .stretch(let a): rewrite(&z, a, rows) { stretched($0, by: $1) }
            case .oscillate: rewrite(&z, rows * blocks) { oscillated($0) }
            case .round: rewrite(&z, rows * blocks) { rounded($0) }
            case .map(let map):
                var out = spare.mutableSpan
                map.apply(to: z.span, into: &out, rows: rows, width: blocks)
                swap(&z, &spare)
            }
        }

        @inline(__always)
        private func rewrite(_ z: inout [Lanes], _ count: Int, _ body: (Lanes) -> Lanes) {
            var out = z.mutableSpan
            for block in 0..<count { out[block] = body(out[block]) }
        }

        @inline(__always)
        private func rewrite(_ z: inout [Lanes], _ a: [Lanes], _ rows: Int, _ body: (Lanes, Lanes) -> Lanes) {
            let a = a.span
            var out = z.mutableSpan
            for row in 0..<rows {
                for block in a.indices {
                    let at = row &* a.count &+ block
                    out[at] = body(out[at], a[block])
                }
            }
        }
    }

    /// T_osz(x) = sign(x) exp(y + 0.049 (sin(c1 y) + sin(c2 y))),  y = log|x|;
    /// c1, c2 = 10, 7.9 for x > 0 and 5.5, 3.1 for x < 0.
    @inline(__always)
    static func oscillated(_ x: Lanes) -> Lanes {
        let magnitude = knee_abs(x)
        let y = logarithm(magnitude)
        let isNegative = knee_less(x, .zero)
        let c1 = knee_select(isNegative, knee_splat(5.5), knee_splat(10))
        let c2 = knee_select(isNegative, knee_splat(3.1), knee_splat(7.9))
        let ripple = knee_mul(knee_splat(0.049), knee_add(sine(knee_mul(c1, y)), sine(knee_mul(c2, y))))
        let moved = knee_copysign(exponential(knee_add(y, ripple)), x)
        return knee_select(knee_less(magnitude, knee_splat(0x1p-1022)), .zero, moved)
    }

    /// T_osz of one number.
    static func oscillated(_ x: Double) -> Double { oscillated(knee_splat(x))[0] }

    @inline(__always)
    private static func stretched(_ x: Lanes, by a: Lanes) -> Lanes {
        let exponent = knee_add(knee_splat(1), knee_mul(a, knee_sqrt(knee_max(x, .zero))))
        return knee_select(knee_less(.zero, x), exponential(knee_mul(exponent, logarithm(x))), x)
    }

    @inline(__always)
    private static func rounded(_ x: Lanes) -> Lanes {
        let (half, ten) = (knee_splat(0.5), knee_splat(10))
        let whole = knee_floor(knee_add(x, half))
        let tenth = knee_div(knee_floor(knee_add(knee_mul(ten, x), half)), ten)
        return knee_select(knee_less(half, knee_abs(x)), whole, tenth)
    }
}

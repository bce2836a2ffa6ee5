import CSimd
import Inner

/// A smooth map of all space onto a box, for families that know no bounds.
///
/// Per coordinate, with t = (x - lower) / (upper - lower) and margin a: t stays as it is in a ... 1 - a; towards the bounds
/// it follows the parabola (t + a)^2 / 4a, whose vertex t = -a is the bound; beyond, everything repeats as in a mirror.
/// An optimum at the bound becomes a smooth one, so it takes no more evaluations than one inside.
/// - SeeAlso: Hansen, Akimoto & Baudis, CMA-ES/pycma, doi:10.5281/zenodo.2559634, whose default for bounds is of this kind.
struct MirroredBox: Sendable {
    /// The width of the parabolas, in units of the box's width.
    private static let margin = 0.05

    private let lower: [Lanes]
    private let upper: [Lanes]
    let width: [Lanes]
    /// Where the map is the identity.
    private let innerLower: [Lanes]
    private let innerUpper: [Lanes]

    init(_ box: Box) {
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        width = paddedRow(zip(box.upper, box.lower).map { $0 - $1 })
        let margins = zip(box.lower, box.upper).map { MirroredBox.margin * ($1 - $0) }
        innerLower = paddedRow(zip(box.lower, margins).map { $0 + $1 })
        innerUpper = paddedRow(zip(box.upper, margins).map { $0 - $1 })
    }

    /// The point of the box that eight coordinates stand for.
    @inline(__always)
    func confined(_ x: Lanes, _ block: Int) -> Lanes {
        let isOutside = knee_outside(x, innerLower[block], innerUpper[block])
        return knee_any(isOutside) ? bent(x, block) : x
    }

    private func bent(_ x: Lanes, _ block: Int) -> Lanes {
        var x = x
        for lane in 0..<8 where x[lane] < innerLower[block][lane] || innerUpper[block][lane] < x[lane] {
            let (low, high, width) = (lower[block][lane], upper[block][lane], width[block][lane])
            let t = Self.folded((x[lane] - low) / width)
            let a = Self.margin
            if t < a {
                x[lane] = min(low + (t + a) * (t + a) / (4 * a) * width, high)
            } else if t > 1 - a {
                x[lane] = max(high - (1 + a - t) * (1 + a - t) / (4 * a) * width, low)
            } else {
                x[lane] = low + t * width
            }
        }
        return x
    }

    /// t, mirrored into -a ... 1 + a.
    private static func folded(_ t: Double) -> Double {
        let period = 1 + 2 * margin
        let turns = ((t + margin) / period).rounded(.down)
        let rest = t + margin - turns * period
        return (turns.truncatingRemainder(dividingBy: 2) == 0 ? rest : period - rest) - margin
    }

    /// Coordinates, inside -a ... 1 + a, that stand for a point of the box.
    func preimage(_ point: [Lanes]) -> [Lanes] {
        point.indices.map { block in
            var x = point[block]
            for lane in 0..<8 where x[lane] < innerLower[block][lane] || innerUpper[block][lane] < x[lane] {
                let (low, high, width) = (lower[block][lane], upper[block][lane], width[block][lane])
                let a = Self.margin
                x[lane] =
                    x[lane] < innerLower[block][lane]
                    ? low + (2 * (a * (x[lane] - low) / width).squareRoot() - a) * width
                    : high - (2 * (a * (high - x[lane]) / width).squareRoot() - a) * width
            }
            return x
        }
    }
}

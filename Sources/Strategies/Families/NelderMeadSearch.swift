import CSimd
import Inner

/// One running simplex. A generation is the d + 1 corners of a first simplex, the d new ones of one that shrinks, or a
/// single trial point.
///
/// - Complexity: O(d^2) a trial point.
struct NelderMeadSearch: Search {
    /// What the next generation is.
    private enum Step {
        case simplex, reflection, expansion, outsideContraction, insideContraction, shrinkage
    }

    /// Simplices smaller than this, in units of the box's width, have converged...
    private static let leastSize = 1e-12
    /// ...and so have those smaller than this whose values are equal to within `tolerance`.
    private static let smallSize = 1e-6
    private static let tolerance = 1e-12
    /// Units in the last place that are as good as a width: nine of them are below `leastSize`.
    private static let grains = 0x1p43

    private let coefficients: NelderMead.Coefficients
    private let starts: InitialPoints
    private let edge: Double
    private let lower: [Lanes]
    private let upper: [Lanes]
    private let width: [Lanes]
    private let dimension: Int
    private let blocks: Int
    /// Corners in any order, their values, and their numbers from best to worst.
    private var corners: [Lanes]
    private var values: [Double]
    private var order: [Int]
    /// The mean of all corners but the worst.
    private var centroid: [Lanes]
    /// The best trial point of this iteration.
    private var held: [Lanes]
    private var heldValue = Double.infinity
    private var step = Step.simplex
    private var run = 0
    private var trials = 0

    init(_ family: NelderMead, in box: Box, stream: RandomStream) {
        dimension = box.dimension
        blocks = blockCount(box.dimension)
        coefficients = family.coefficients ?? .adaptive(dimension: box.dimension)
        starts = InitialPoints(in: box, stream: stream)
        edge = family.edge
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        width = paddedRow(zip(box.upper, box.lower).map { $0 - $1 })
        corners = Array(repeating: .zero, count: (dimension + 1) * blocks)
        values = Array(repeating: .infinity, count: dimension + 1)
        order = Array(0...dimension)
        centroid = Array(repeating: .zero, count: blocks)
        held = centroid
    }

    var generationSize: Int {
        switch step {
        case .simplex: dimension + 1
        case .shrinkage: dimension
        case .reflection, .expansion, .outsideContraction, .insideContraction: 1
        }
    }

    private var best: Int { order[0] }
    private var worst: Int { order[dimension] }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        let (rho, chi, gamma) = (coefficients.reflection, coefficients.expansion, coefficients.contraction)
        switch step {
        case .simplex: for row in rows { writeFirstCorner(row, &points) }
        case .shrinkage: for row in rows { writeShrunk(row, &points) }
        case .reflection: writeTrial(rho, &points)
        case .expansion: writeTrial(rho * chi, &points)
        case .outsideContraction: writeTrial(rho * gamma, &points)
        case .insideContraction: writeTrial(-gamma, &points)
        }
    }

    mutating func tell(_ points: Span<Lanes>, values new: Span<Double>) {
        switch step {
        case .simplex:
            for block in corners.indices { corners[block] = points[block] }
            for corner in 0...dimension { (values[corner], order[corner]) = (new[corner], corner) }
            sort()
            begin()
        case .reflection:
            hold(points, new[0])
            judgeReflection()
        case .expansion:
            if new[0] < heldValue { hold(points, new[0]) }
            accept()
        case .outsideContraction: contract(points, new[0], isBetter: new[0] <= heldValue)
        case .insideContraction: contract(points, new[0], isBetter: new[0] < values[worst])
        case .shrinkage:
            for rank in 1...dimension {
                values[order[rank]] = new[rank - 1]
                for block in 0..<blocks { corners[order[rank] * blocks + block] = points[(rank - 1) * blocks + block] }
            }
            sort()
            begin()
        }
    }

    private mutating func hold(_ points: Span<Lanes>, _ value: Double) {
        for block in 0..<blocks { held[block] = points[block] }
        heldValue = value
    }

    private mutating func judgeReflection() {
        if heldValue < values[best] {
            step = .expansion
        } else if heldValue < values[order[dimension - 1]] {
            accept()
        } else {
            step = heldValue < values[worst] ? .outsideContraction : .insideContraction
        }
    }

    private mutating func contract(_ points: Span<Lanes>, _ value: Double, isBetter: Bool) {
        guard isBetter else {
            step = .shrinkage
            return
        }
        hold(points, value)
        accept()
    }

    /// Puts the held point in the place of the worst corner, behind those that are as good.
    private mutating func accept() {
        let corner = worst
        for block in 0..<blocks { corners[corner &* blocks &+ block] = held[block] }
        values[corner] = heldValue
        var rank = dimension
        while rank > 0, heldValue < values[order[rank &- 1]] {
            order[rank] = order[rank &- 1]
            rank &-= 1
        }
        order[rank] = corner
        begin()
    }

    private mutating func sort() {
        for rank in 1...dimension {
            let corner = order[rank]
            var place = rank
            while place > 0, values[corner] < values[order[place &- 1]] {
                order[place] = order[place &- 1]
                place &-= 1
            }
            order[place] = corner
        }
    }

    /// Begins the next iteration, or the next simplex.
    private mutating func begin() {
        trials += 1
        if trials.isMultiple(of: dimension + 1), hasConverged {
            run += 1
            step = .simplex
            return
        }
        step = .reflection
        for block in 0..<blocks {
            var sum = knee_splat(0)
            for rank in 0..<dimension { sum = knee_add(sum, corners[order[rank] &* blocks &+ block]) }
            centroid[block] = knee_div(sum, knee_splat(Double(dimension)))
        }
    }

    /// True if the simplex is as small as it may get. One that has lost a direction shrinks in the others, and ends here
    /// too.
    private var hasConverged: Bool {
        var size = 0.0
        for block in 0..<blocks {
            let here = corners[best &* blocks &+ block]
            var extent = knee_splat(0)
            for corner in 0...dimension {
                extent = knee_max(extent, knee_abs(knee_sub(corners[corner &* blocks &+ block], here)))
            }
            for lane in 0..<min(8, dimension &- block &* 8) {
                size = max(size, extent[lane] / max(width[block][lane], Self.grains * here[lane].ulp))
            }
        }
        let (low, high) = (values[best], values[worst])
        return size <= Self.leastSize || size <= Self.smallSize && (low == high || high - low <= Self.tolerance)
    }

    // MARK: Points

    /// (1 + t) c - t x_worst, or the nearest point of the box.
    private func writeTrial(_ t: Double, _ points: inout MutableSpan<Lanes>) {
        let (keep, away) = (knee_splat(1 + t), knee_splat(t))
        for block in 0..<blocks {
            let x = knee_sub(
                knee_mul(keep, centroid[block]), knee_mul(away, corners[worst &* blocks &+ block]))
            points[block] = confined(x, block)
        }
    }

    /// x_best + sigma (x - x_best) for the corner of rank `row` + 1.
    private func writeShrunk(_ row: Int, _ points: inout MutableSpan<Lanes>) {
        let sigma = knee_splat(coefficients.shrinkage)
        for block in 0..<blocks {
            let here = corners[best &* blocks &+ block]
            let away = knee_sub(corners[order[row &+ 1] &* blocks &+ block], here)
            points[row &* blocks &+ block] = confined(knee_add(here, knee_mul(sigma, away)), block)
        }
    }

    /// The initial point of this run, and one edge beside it along every coordinate, towards the further bound.
    private func writeFirstCorner(_ row: Int, _ points: inout MutableSpan<Lanes>) {
        for block in 0..<blocks { points[row &* blocks &+ block] = starts(run, block: block) }
        guard row > 0 else { return }
        let (block, lane) = ((row &- 1) / 8, (row &- 1) % 8)
        let x = points[row &* blocks &+ block][lane]
        let inwards = x - lower[block][lane] < upper[block][lane] - x ? 1.0 : -1.0
        points[row &* blocks &+ block][lane] = x + inwards * edge * width[block][lane]
    }

    private func confined(_ x: Lanes, _ block: Int) -> Lanes { knee_min(knee_max(x, lower[block]), upper[block]) }
}

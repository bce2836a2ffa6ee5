import Inner
import Strategies
import Testing

/// What every family promises, whatever it is told: points inside the box, equal searches from equal streams, prefixes that
/// do not depend on the budget unless it says so, and the initial points that all families share.
public func expectContract(of family: any SearchFamily, in boxes: [Box] = unequalBoxes) {
    for box in boxes {
        let dimension = box.dimension
        for told in Told.allCases {
            let whole = Played(family, in: box, told: told, generations: 60, seed: 7)
            #expect(whole.areInside, "\(family.name) leaves the box, \(dimension) dimensions, told \(told)")
            #expect(whole.paddingIsZero, "\(family.name) writes into the padding")
            let parts = Played(family, in: box, told: told, generations: 60, seed: 7, rowsAtOnce: 3)
            #expect(whole.points == parts.points, "\(family.name) depends on how a generation is asked for")
            let other = Played(family, in: box, told: told, generations: 60, seed: 8)
            #expect(whole.points != other.points, "\(family.name) does not look at its stream")
            let longer = Played(family, in: box, told: told, generations: 60, seed: 7, horizon: 1_000_000)
            #expect(
                family.isHorizonBound || longer.points == whole.points,
                "\(family.name) looks at its horizon and does not say so")
        }
        let first = Played(family, in: box, told: .bowl, generations: 1, seed: 7).points[0].first
        let shared = Played(.uniformRandom, in: box, told: .bowl, generations: 1, seed: 7).points[0].first
        #expect(first == shared || !startsAtInitialPoint(family), "\(family.name) begins elsewhere")
    }
}

/// Boxes of 1 ... 13 dimensions, no two of whose sides are equal.
public let unequalBoxes: [Box] = [1, 2, 3, 8, 13].map { dimension in
    guard
        let box = try? Box(
            lower: (0..<dimension).map { -1 - Double($0) }, upper: (0..<dimension).map { 0.5 + Double($0) })
    else { preconditionFailure("a box by construction") }
    return box
}

/// A sample of a distribution about the initial point has no point there; a low-discrepancy sequence begins where it begins,
/// and mixtures of experts begin in their hull.
private func startsAtInitialPoint(_ family: any SearchFamily) -> Bool {
    !["cmaes", "quasiRandom", "expertSwarm", "tensorSwarm", "hullRandom", "hullCMAES"].contains(family.name)
}

/// What a search is told of its points.
private enum Told: CaseIterable {
    /// A bowl's values.
    case bowl
    /// That none has a value.
    case nothing
    /// That all are as good as each other.
    case plateau
    /// A slope that leads out of the box.
    case slope
    /// A bowl, every third point of which has no value.
    case holes

    func value(_ point: [Double], row: Int) -> Double {
        switch self {
        case .bowl: point.reduce(0) { $0 + ($1 - 0.1) * ($1 - 0.1) }
        case .nothing: .infinity
        case .plateau: 1
        case .slope: point.reduce(0, -)
        case .holes: row % 3 == 0 ? .infinity : point.reduce(0) { $0 + $1 * $1 }
        }
    }
}

/// The generations of a search that was played with.
private struct Played {
    /// Every generation's rows.
    var points: [[[Double]]] = []
    var areInside = true
    var paddingIsZero = true

    init(
        _ family: any SearchFamily, in box: Box, told: Told, generations: Int, seed: UInt64, rowsAtOnce: Int = .max,
        horizon: Int = 5000
    ) {
        var search = family.makeSearch(in: box, horizon: horizon, stream: RandomStream(seed: seed))
        let blocks = blockCount(box.dimension)
        var rows: [Lanes] = []
        for _ in 0..<generations {
            let size = search.generationSize
            if rows.count != size * blocks { rows = Array(repeating: .zero, count: size * blocks) }
            var first = 0
            while first < size {
                let part = first..<min(size, first + min(rowsAtOnce, size))
                var buffer = rows.mutableSpan
                search.ask(part, into: &buffer)
                first = part.upperBound
            }
            let generation = (0..<size).map { rows.span.coordinates(row: $0, dimension: box.dimension) }
            areInside = areInside && generation.allSatisfy(box.contains)
            paddingIsZero = paddingIsZero && Support.paddingIsZero(rows, dimension: box.dimension)
            points.append(generation)
            let values = generation.enumerated().map { told.value($1, row: $0) }
            search.tell(rows.span, values: values.span)
        }
    }
}

import Inner

/// The standard swarm once more, slowly and plainly: arrays of numbers, one coordinate at a time, reflecting walls.
///
/// v <- w v + c r1 (p - x) + c r2 (g - x), |v_j| held below the width of the box;  x <- x + v.
struct ScalarSwarm {
    enum Hearing: Sendable { case everybody, neighbours }

    let lower: [Double]
    let upper: [Double]
    let hearing: Hearing
    let weight: Double
    let acceleration: Double
    let stream: RandomStream
    var x: [[Double]] = []
    var v: [[Double]] = []
    var best: [[Double]] = []
    var bestValues: [Double] = []
    var generation = 0

    init(size: Int, box: Box, hearing: Hearing, weight: Double, acceleration: Double, stream: RandomStream) {
        (lower, upper) = (box.lower, box.upper)
        (self.hearing, self.weight, self.acceleration, self.stream) = (hearing, weight, acceleration, stream)
        for particle in 0..<size {
            let (here, there) = (uniformPoint(0, particle), uniformPoint(1, particle))
            x.append(here)
            v.append(zip(there, here).map { 0.5 * ($0 - $1) })
        }
        best = x
        bestValues = Array(repeating: .infinity, count: size)
    }

    private func uniformPoint(_ which: Int, _ particle: Int) -> [Double] {
        var draws = RandomStream(seed: stream.split(.initial, which).key(of: particle))
        return lower.indices.map { j in
            let u = Double(draws.next() >> 12) * 0x1p-52
            return min(lower[j] + u * (upper[j] - lower[j]), upper[j])
        }
    }

    /// The next generation's positions.
    mutating func ask() -> [[Double]] {
        if generation > 0 { for particle in x.indices { move(particle) } }
        generation += 1
        return x
    }

    mutating func tell(_ values: [Double]) {
        for particle in x.indices where values[particle] < bestValues[particle] {
            (best[particle], bestValues[particle]) = (x[particle], values[particle])
        }
        guides = x.indices.map(guide)
    }

    private var guides: [Int] = []

    private func guide(of particle: Int) -> Int {
        let n = x.count
        let heard = hearing == .everybody ? Array(0..<n) : [(particle + 1) % n, (particle + n - 1) % n]
        return heard.reduce(particle) { bestValues[$1] < bestValues[$0] ? $1 : $0 }
    }

    private mutating func move(_ particle: Int) {
        var draws = RandomStream(seed: stream.split(.move, generation).key(of: particle))
        let (p, g) = (best[particle], best[guides[particle]])
        for j in lower.indices {
            let draw = draws.next()
            let (r1, r2) = (Double(draw >> 32) * 0x1p-32, Double(draw & 0xFFFF_FFFF) * 0x1p-32)
            let (here, width) = (x[particle][j], upper[j] - lower[j])
            let wish = weight * v[particle][j] + acceleration * r1 * (p[j] - here) + acceleration * r2 * (g[j] - here)
            let speed = max(min(wish, width), -width)
            (x[particle][j], v[particle][j]) = reflected(here + speed, speed, j)
        }
    }

    private func reflected(_ x: Double, _ v: Double, _ j: Int) -> (Double, Double) {
        guard x < lower[j] || x > upper[j] else { return (x, v) }
        let wall = x < lower[j] ? lower[j] : upper[j]
        return (max(min(wall + wall - x, upper[j]), lower[j]), -v)
    }
}

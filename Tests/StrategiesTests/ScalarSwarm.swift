import Inner
import Strategies

/// The swarm once more, slowly and plainly: arrays of numbers, one coordinate at a time.
struct ScalarSwarm {
    enum Hearing: CaseIterable, Sendable { case everybody, ring, torus }
    enum Rule: Sendable { case inertiaWeight(Double, acceleration: Double), constriction, fullyInformed, bareBones }
    enum Wall: CaseIterable, Sendable { case reflect, clamp, resample }

    let lower: [Double]
    let upper: [Double]
    let hearing: Hearing
    let rule: Rule
    let wall: Wall
    let stream: RandomStream
    var x: [[Double]] = []
    var v: [[Double]] = []
    var best: [[Double]] = []
    var bestValues: [Double] = []
    var guides: [Int] = []
    var generation = 0

    init(size: Int, box: Box, hearing: Hearing, rule: Rule, wall: Wall, stream: RandomStream) {
        (lower, upper) = (box.lower, box.upper)
        (self.hearing, self.rule, self.wall, self.stream) = (hearing, rule, wall, stream)
        for particle in 0..<size {
            let (here, there) = (uniformPoint(.initial, 0, particle), uniformPoint(.initial, 1, particle))
            x.append(here)
            v.append(zip(there, here).map { 0.5 * ($0 - $1) })
        }
        best = x
        bestValues = Array(repeating: .infinity, count: size)
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
        guides = x.indices.map { particle in
            informants(of: particle).reduce(particle) { bestValues[$1] < bestValues[$0] ? $1 : $0 }
        }
    }

    // MARK: Who is heard

    private func informants(of particle: Int) -> [Int] {
        let n = x.count
        switch hearing {
        case .everybody: return Array(0..<n)
        case .ring: return [particle, (particle + 1) % n, (particle + n - 1) % n]
        case .torus:
            let rows = (1...n).last { $0 * $0 <= n && n % $0 == 0 } ?? 1
            let columns = n / rows
            let (row, column) = (particle / columns, particle % columns)
            let neighbours = [
                (row, (column + 1) % columns), (row, (column + columns - 1) % columns),
                ((row + 1) % rows, column), ((row + rows - 1) % rows, column),
            ]
            return neighbours.map { $0 * columns + $1 }.reduce([particle]) { $0.contains($1) ? $0 : $0 + [$1] }
        }
    }

    // MARK: Moves

    private mutating func move(_ particle: Int) {
        for j in lower.indices {
            let moved = moved(particle, j)
            (x[particle][j], v[particle][j]) = confined(moved.x, moved.v, particle, j)
            let isCreeping = generation % 32 == 0 && v[particle][j].magnitude < 0x1p-900 * (upper[j] - lower[j])
            if isCreeping { v[particle][j] = 0 }
        }
    }

    private func moved(_ particle: Int, _ j: Int) -> (x: Double, v: Double) {
        let chi = ConstrictionRule.factor(4.1)
        switch rule {
        case .inertiaWeight(let weight, let acceleration): return attracted(weight, acceleration, particle, j)
        case .constriction: return attracted(chi, chi * 4.1 / 2, particle, j)
        case .fullyInformed:
            let heard = informants(of: particle)
            let padded = (lower.count + 7) / 8 * 8
            var pull = 0.0
            for (number, informant) in heard.enumerated() {
                let r = fraction(draw(.move, generation, particle, number * padded + j))
                pull += 4.1 / Double(heard.count) * r * (best[informant][j] - x[particle][j])
            }
            return stepped(chi * (v[particle][j] + pull), particle, j)
        case .bareBones:
            let (p, g) = (best[particle][j], best[guides[particle]][j])
            var normals = RandomStream(seed: stream.split(.move, generation).key(of: particle))
            for _ in 0..<j { _ = normals.normal() }
            return (0.5 * (p + g) + (p - g).magnitude * normals.normal(), v[particle][j])
        }
    }

    /// a v + c r1 (p - x) + c r2 (g - x).
    private func attracted(_ a: Double, _ c: Double, _ particle: Int, _ j: Int) -> (x: Double, v: Double) {
        let draw = draw(.move, generation, particle, j)
        let (r1, r2) = (Double(draw >> 32) * 0x1p-32, Double(draw & 0xFFFF_FFFF) * 0x1p-32)
        let (p, g, here) = (best[particle][j], best[guides[particle]][j], x[particle][j])
        return stepped(a * v[particle][j] + c * r1 * (p - here) + c * r2 * (g - here), particle, j)
    }

    /// x + v with |v| held below the width of the box.
    private func stepped(_ wish: Double, _ particle: Int, _ j: Int) -> (x: Double, v: Double) {
        let width = upper[j] - lower[j]
        let speed = max(min(wish, width), -width)
        return (x[particle][j] + speed, speed)
    }

    // MARK: Walls

    private func confined(_ x: Double, _ v: Double, _ particle: Int, _ j: Int) -> (Double, Double) {
        guard x < lower[j] || x > upper[j] else { return (x, v) }
        let nearest = x < lower[j] ? lower[j] : upper[j]
        switch wall {
        case .reflect: return (max(min(nearest + nearest - x, upper[j]), lower[j]), -v)
        case .clamp: return (nearest, 0)
        case .resample: return (uniformPoint(.confine, generation, particle)[j], 0)
        }
    }

    // MARK: Chance

    private func uniformPoint(_ purpose: RandomStream.Purpose, _ index: Int, _ particle: Int) -> [Double] {
        lower.indices.map { j in
            let u = fraction(draw(purpose, index, particle, j))
            return min(lower[j] + u * (upper[j] - lower[j]), upper[j])
        }
    }

    /// Draw `number`, from 0, of a particle's substream.
    private func draw(_ purpose: RandomStream.Purpose, _ index: Int, _ particle: Int, _ number: Int) -> UInt64 {
        let key = stream.split(purpose, index).key(of: particle)
        return RandomStream.mix(key &+ UInt64(number + 1) &* RandomStream.gamma)
    }

    /// The upper 52 bits as U[0, 1).
    private func fraction(_ draw: UInt64) -> Double { Double(draw >> 12) * 0x1p-52 }
}

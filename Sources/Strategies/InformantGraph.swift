/// Who informs whom in a swarm of n particles: for every particle the list of its informants, itself included.
///
/// Stored as one contiguous list with an offset a particle. A graph in which everybody informs everybody stores
/// nothing.
public struct InformantGraph: Sendable, Equatable {
    public let size: Int
    public private(set) var isComplete = false
    private var offsets: [Int]
    private var members: [Int] = []
    private var informants: [Int] = []
    private var informed: [Int] = []

    /// A graph of `size` particles that inform only themselves.
    public init(size: Int) {
        precondition(size >= 1, "a swarm needs at least one particle, not \(size)")
        self.size = size
        offsets = Array(0...size)
        members = Array(0..<size)
    }

    /// Everybody informs everybody.
    public mutating func connectAll() { isComplete = true }

    /// Replaces the graph. `edges` calls its argument once for every pair (informant, informed); a particle's link to
    /// itself is added here. Allocates only when a graph has more links than any before it.
    public mutating func connect(_ edges: (_ link: (Int, Int) -> Void) -> Void) {
        isComplete = false
        var (informants, informed): ([Int], [Int]) = ([], [])
        swap(&informants, &self.informants)
        swap(&informed, &self.informed)
        informants.removeAll(keepingCapacity: true)
        informed.removeAll(keepingCapacity: true)
        for particle in 0..<size {
            informants.append(particle)
            informed.append(particle)
        }
        edges { informant, particle in
            informants.append(informant)
            informed.append(particle)
        }
        swap(&informants, &self.informants)
        swap(&informed, &self.informed)
        sortByInformed()
    }

    /// The informants of `particle`.
    public func forEachInformant(of particle: Int, _ body: (Int) -> Void) {
        if isComplete {
            for informant in 0..<size { body(informant) }
        } else {
            for index in offsets[particle]..<offsets[particle + 1] { body(members[index]) }
        }
    }

    public func informantCount(of particle: Int) -> Int {
        isComplete ? size : offsets[particle + 1] - offsets[particle]
    }

    /// For every particle the informant with the least value; the particle itself, or else the first, where values tie.
    public func bestInformants(_ values: [Double], into guides: inout [Int]) {
        if isComplete {
            var best = 0
            for particle in 1..<max(size, 1) where values[particle] < values[best] { best = particle }
            for particle in 0..<size { guides[particle] = values[best] < values[particle] ? best : particle }
        } else {
            for particle in 0..<size {
                var best = particle
                for index in offsets[particle]..<offsets[particle + 1] where values[members[index]] < values[best] {
                    best = members[index]
                }
                guides[particle] = best
            }
        }
    }

    /// A counting sort of the links.
    private mutating func sortByInformed() {
        if members.count != informants.count {
            members.removeAll(keepingCapacity: true)
            members.append(contentsOf: informants)
        }
        for particle in 0...size { offsets[particle] = 0 }
        for particle in informed { offsets[particle + 1] += 1 }
        for particle in 0..<size { offsets[particle + 1] += offsets[particle] }
        for index in informed.indices.reversed() {
            // Filling backwards from each particle's end keeps the order of the links and leaves `offsets` at the
            // starts.
            offsets[informed[index] + 1] -= 1
            members[offsets[informed[index] + 1]] = informants[index]
        }
        for particle in 0..<size { offsets[particle] = offsets[particle + 1] }
        offsets[size] = informants.count
    }
}

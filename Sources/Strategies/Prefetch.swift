import CSimd
import Inner

/// Fetches rows into the cache a memory page before they are needed: a hint to the CPU, which reads nothing.
///
/// The CPU's own prefetching ends at every page, which a swarm of many dimensions crosses all the time.
struct Prefetch {
    private let start: UnsafeRawPointer

    /// - Precondition: there are rows.
    @inline(__always)
    init(_ rows: borrowing Span<Lanes>) {
        start = rows.withUnsafeBufferPointer { rows in
            guard let start = rows.baseAddress else { preconditionFailure("no rows to fetch") }
            return UnsafeRawPointer(start)
        }
    }

    /// Fetches the block that lies 4 KB behind `block`.
    @inline(__always)
    func callAsFunction(_ block: Int) { knee_prefetch(start + (block &* MemoryLayout<Lanes>.stride &+ 4096)) }
}

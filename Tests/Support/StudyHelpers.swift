import Inner
import Outer
import Synchronization

/// Small, real swarms: 12 configurations, some of them bound to their horizon, x 4 budgets.
public func smallSpace() throws(SelectionError) -> ArmSpace {
    var factors = ArmSpace.Factors()
    factors.swarmSizes = [4, 9, 16]
    factors.inertias = ["0.7298", "linear"]
    factors.topologies = ["global", "random"]
    return try ArmSpace(factors, floor: 16, ceiling: 128)
}

/// The same launches after a wait of up to `milliseconds`, another one each time.
public func delayed(_ launch: @escaping Launch, milliseconds: Int = 3) -> Launch {
    { arm, grid, stream in
        try? await Task.sleep(for: .microseconds(Int.random(in: 0...1000 * milliseconds)))
        return await launch(arm, grid, stream)
    }
}

/// Keeps what a study records, in the order it came.
public final class Recorder: Sendable {
    private let log = Mutex<[Pull]>([])

    public init() {}

    public var pulls: [Pull] { log.withLock { $0 } }

    /// - Returns: how many pulls there are now.
    @discardableResult
    public func record(_ pull: Pull) -> Int {
        log.withLock {
            $0.append(pull)
            return $0.count
        }
    }
}

import Inner
import Synchronization

/// Ends what takes too long or holds too much memory: one look at everything that runs, many times a second.
///
/// Memory is what is resident, summed over the process group, rather than RLIMIT_AS: an address space limit also counts
/// what is only reserved (runtimes reserve far more than they use), fails inside the program, where it looks like any
/// other error, and holds for each process by itself.
final class Overseer: Sendable {
    /// Bytes a group may hold.
    private let memory: Int?
    private let time: TimeLimit
    private let state = Mutex(State())

    private struct State {
        var watches: [ObjectIdentifier: Watch] = [:]
        var looking: Task<Void, Never>?
        var looks = 0
    }

    /// Between two looks at the clock; memory is looked at every second time.
    private static let interval = Duration.milliseconds(20)

    init(memory: Int?, time: TimeLimit) {
        self.memory = memory
        self.time = time
    }

    /// Watches over one process, or one request to it, until `dismiss`.
    func watch() -> Watch {
        let watch = Watch()
        state.withLock { state in
            state.watches[ObjectIdentifier(watch)] = watch
            if state.looking == nil { state.looking = Task { await self.look() } }
        }
        return watch
    }

    func dismiss(_ watch: Watch) {
        state.withLock { state in
            state.watches[ObjectIdentifier(watch)] = nil
            if state.watches.isEmpty {
                state.looking?.cancel()
                state.looking = nil
            }
        }
    }

    private func look() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            let (watches, isMemorysTurn) = state.withLock { state in
                state.looks += 1
                return (Array(state.watches.values), state.looks % 2 == 0)
            }
            let now = ContinuousClock.now
            for watch in watches { watch.check(now, time) }
            if let memory, isMemorysTurn { check(watches, memory) }
        }
    }

    private func check(_ watches: [Watch], _ limit: Int) {
        let resident = residentMemory()
        for watch in watches {
            guard let group = watch.group, let bytes = resident[group], bytes > limit else { continue }
            watch.breach(.memory(bytes: bytes, limit: limit))
        }
    }
}

/// One process, or one request to it, that has limits.
final class Watch: Sendable {
    private struct State {
        var group: Int32?
        var request: (points: Int, start: ContinuousClock.Instant)?
        var breach: Breach?
        var end: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The process group that is running, once it is.
    var group: Int32? {
        get { state.withLock(\.group) }
        set { state.withLock { $0.group = newValue } }
    }

    /// The first limit that was broken.
    var breach: Breach? { state.withLock(\.breach) }

    /// Says what to do about a broken limit; at once if one is broken already.
    func onBreach(_ end: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.end = end
            return state.breach != nil
        }
        if isLate { end() }
    }

    /// Starts the clock of a request for so many points.
    func start(points: Int) { state.withLock { $0.request = (points, .now) } }

    /// Stops the clock.
    func stop() { state.withLock { $0.request = nil } }

    func breach(_ breach: Breach) {
        let end = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.breach == nil else { return nil }
            state.breach = breach
            return state.end
        }
        end?()
    }

    /// What a request may take is asked anew at every look: what others take in the meantime counts.
    func check(_ now: ContinuousClock.Instant, _ time: TimeLimit) {
        guard let request = state.withLock(\.request), let allowed = time.allowed(points: request.points) else {
            return
        }
        if now - request.start >= .seconds(allowed) { breach(.time(seconds: allowed)) }
    }
}

/// A limit that an evaluation broke; it was ended.
enum Breach: Equatable, Sendable {
    case time(seconds: Double)
    case memory(bytes: Int, limit: Int)
    case output(limit: Int, stream: String)

    var outcome: Outcome {
        switch self {
        case .time: .timedOut
        case .memory: .overMemory
        case .output: .failed
        }
    }

    var finding: String {
        switch self {
        case .time(let seconds): "ended after \(seconds.formatted) seconds"
        case .memory(let bytes, let limit): "ended at \(bytes.megabytes) of memory, \(limit.megabytes) are allowed"
        case .output(let limit, let stream): "ended at more than \(limit.megabytes) on \(stream)"
        }
    }
}

extension Double {
    fileprivate var formatted: String { self == rounded() && magnitude < 1e15 ? String(Int(self)) : description }
}

extension Int {
    fileprivate var megabytes: String {
        self % (1 << 20) == 0 || self >= 100 << 20 ? "\(self >> 20) MiB" : "\(self) bytes"
    }
}

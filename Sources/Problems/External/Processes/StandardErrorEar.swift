import Subprocess
import Synchronization

/// Hears what a process says on standard error, so that it never waits, and keeps the head of it.
final class StandardErrorEar: Sendable {
    private let limit: Int
    private let watch: Watch
    private let heard = Mutex((head: StreamHead(), count: 0))

    /// - Parameter limit: bytes that may come between two calls of `allowMore`.
    init(limit: Int, _ watch: Watch) {
        self.limit = limit
        self.watch = watch
    }

    func allowMore() { heard.withLock { $0.count = 0 } }

    /// What was said since it was last taken.
    func take() -> StreamHead {
        heard.withLock { heard in
            defer { heard.head = StreamHead() }
            return heard.head
        }
    }

    /// Returns when nothing more can come.
    func listen(to output: SubprocessOutputSequence) async {
        do {
            for try await buffer in output {
                let isTooMuch = heard.withLock { heard in
                    heard.count += buffer.count
                    buffer.withUnsafeBytes { heard.head.take($0) }
                    return heard.count > limit
                }
                if isTooMuch { watch.breach(.output(limit: limit, stream: "standard error")) }
            }
        } catch {}
    }
}

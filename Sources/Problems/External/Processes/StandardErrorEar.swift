import Subprocess
import Synchronization

/// Hears what a process says on standard error, so that it never waits, and keeps the head of it.
final class StandardErrorEar: Sendable {
    private let limit: Int
    private let watch: Watch
    private let heard = Mutex((head: StreamHead(), count: 0, isListening: false))

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

    /// What was said, for a failure: waits a moment for what is still on its way, or for a start that takes its time.
    func takeLate() async -> StreamHead {
        for _ in 0..<100 where !heard.withLock(\.isListening) { try? await Task.sleep(for: .milliseconds(2)) }
        try? await Task.sleep(for: .milliseconds(2))
        return take()
    }

    /// Returns when nothing more can come.
    func listen(to output: SubprocessOutputSequence) async {
        heard.withLock { $0.isListening = true }
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

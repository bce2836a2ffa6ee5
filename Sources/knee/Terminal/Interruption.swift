import Dispatch
import Foundation
import Synchronization

/// Runs work that Ctrl-C, or a polite kill, cancels. A second signal leaves at once.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await work() }
    let count = Mutex(0)
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            let times = count.withLock { count in
                count += 1
                return count
            }
            // What is recorded is committed: leaving at once loses only the searches in flight.
            if times > 1 { _exit(Exit.interrupted.rawValue) }
            task.cancel()
        }
        source.resume()
        return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
}

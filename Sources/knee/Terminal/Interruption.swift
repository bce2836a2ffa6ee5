import Dispatch
import Foundation
import Problems
import Synchronization

/// Runs work that Ctrl-C, a polite kill or the terminal's end cancels. A second signal leaves at once.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let running = Mutex<Task<Value, any Error>?>(nil)
    let count = Mutex(0)
    // Who started the program under nohup wants it to outlive the terminal.
    let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    let registered = DispatchGroup()
    let sources = numbers.map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            let times = count.withLock { count in
                count += 1
                return count
            }
            // What is recorded is committed: leaving at once loses only the searches in flight.
            if times > 1 {
                Terminal.note("\nleft at once; what was recorded is kept, and can be resumed.")
                RunningGroups.kill()
                _exit(Exit.interrupted.rawValue)
            }
            running.withLock(\.self)?.cancel()
        }
        registered.enter()
        source.setRegistrationHandler { registered.leave() }
        source.resume()
        return source
    }
    defer {
        for source in sources { source.cancel() }
        // The work is done and recorded: what is left is to print it.
        for number in numbers { signal(number, SIG_DFL) }
    }
    // Until its source is registered a signal is lost: nothing begins before.
    await withCheckedContinuation { begin in registered.notify(queue: .global()) { begin.resume() } }
    let task = Task { try await work() }
    running.withLock { $0 = task }
    // One that came in between has found nothing to cancel.
    if count.withLock(\.self) > 0 { task.cancel() }
    return try await task.value
}

private func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // A handler is a function or one of two small numbers, of which SIG_IGN is 1.
    return withUnsafeBytes(of: action) { $0.loadUnaligned(as: UInt.self) } == 1
}

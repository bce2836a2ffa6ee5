import Foundation
import Synchronization

/// The pipes to and from a running process: requests go in, lines come out.
///
/// A request is written by whoever asks, as far as the pipe takes it. If the process was quick the time before, the asker
/// waits some milliseconds for the answer: a change of threads would take longer than such an answer. Otherwise a thread
/// of the pipe's own reads, and writes what was left, so that Swift's pool of threads never blocks for long.
final class LinePipe: Sendable {
    /// The process's ends, to be handed over to it.
    let standardInput: Int32
    let standardOutput: Int32

    private let input: Int32
    private let output: Int32
    private let wakeReader: Int32
    private let wakeWriter: Int32
    private let limit: Int
    private let watch: Watch
    private let state = Mutex(State())

    enum Reply: Sendable {
        case line([UInt8])
        /// Nothing more will come.
        case ended
        /// It was over before anything of the request was read.
        case unsent
    }

    fileprivate struct State {
        /// The request, and how much of it is written.
        var request: [UInt8] = []
        var written = 0
        /// What was read: whole lines, and the beginning of the next.
        var lines: [[UInt8]] = []
        var rest: [UInt8] = []
        /// Bytes that may still come for this request.
        var left = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var waiting: CheckedContinuation<Reply, Never>?
        /// When the request was made, and whether the answer before came within `quick`.
        var asked = ContinuousClock.now
        var isQuick = false
        var mourning: CheckedContinuation<Void, Never>?
        var isHandedOver = false
        /// Told to read what is there and then no more.
        var isClosing = false
        /// Nothing comes or goes any more; then, once our ends are closed too, it is gone.
        var isClosed = false
        var isGone = false
        /// What the process had left in its pipe then.
        var unread = 0
    }

    private static let quick = Duration.milliseconds(1)
    /// Milliseconds that are waited for a quick answer. The system's next tick comes before they are over: to be woken
    /// sooner than by that, it would set a timer of the CPU anew for each answer.
    private static let patience: Int32 = 5

    /// - Parameter limit: bytes that may come for one request.
    /// - Returns: nil if the system has no pipes left.
    init?(limit: Int, _ watch: Watch) {
        guard let toProcess = makePipe() else { return nil }
        guard let fromProcess = makePipe() else {
            closeAll(toProcess)
            return nil
        }
        guard let wake = makePipe() else {
            closeAll(toProcess)
            closeAll(fromProcess)
            return nil
        }
        (standardInput, input) = toProcess
        (output, standardOutput) = fromProcess
        (wakeReader, wakeWriter) = wake
        for end in [input, output, wakeReader, wakeWriter] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        self.limit = limit
        self.watch = watch
        Thread.detachNewThread { self.serve() }
    }

    // MARK: Whoever asks

    /// Sends a request and returns the next line.
    func ask(_ bytes: [UInt8]) async -> Reply {
        let isWorthWaiting = state.withLock { state in
            // Who answers before it has read a request to its end has lost the thread.
            if state.written < state.request.count { state.isClosed = true }
            (state.request, state.written, state.left, state.asked) = (bytes, 0, limit, .now)
            if !state.isClosed { write(&state) }
            return state.isQuick && state.written == bytes.count && !state.isClosed
        }
        if isWorthWaiting, let reply = awaitShortly() { return reply }
        return await listen()
    }

    /// The next line.
    func listen() async -> Reply {
        // Most are there already, or never come: then nobody has to wait.
        if let reply = state.withLock({ $0.takeReply(before: Self.quick) }) { return reply }
        return await withCheckedContinuation { waiting in
            let reply = state.withLock { state in
                let reply = state.takeReply(before: Self.quick)
                if reply == nil { state.waiting = waiting }
                return reply
            }
            if let reply { waiting.resume(returning: reply) } else { wake() }
        }
    }

    /// Reads until there is a line, nothing more can come, or the patience is over.
    ///
    /// - Returns: nil if nobody knows yet.
    private func awaitShortly() -> Reply? {
        var polled = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, Self.patience) > 0 {
            let (received, reply, isLate) = state.withLock { state in
                let received = receive(&state)
                let reply = state.takeReply(before: Self.quick)
                return (received, reply, reply == nil && !state.mayBeQuick(Self.quick))
            }
            if received == .tooMuch { reportTooMuch() }
            if reply != nil || isLate { return reply }
        }
        return nil
    }

    /// Closes the process's ends here, once it has them, or never will; only once.
    func handOver() {
        let isFirst = state.withLock { state in
            defer { state.isHandedOver = true }
            return !state.isHandedOver
        }
        guard isFirst else { return }
        for end in [standardInput, standardOutput] { _ = Foundation.close(end) }
    }

    /// The process has ended: reads what is there and then no more, whoever else may hold the pipe.
    func close() {
        state.withLock { $0.isClosing = true }
        wake()
    }

    var isClosing: Bool { state.withLock(\.isClosing) }

    /// Returns when the pipes are closed.
    func awaitGone() async {
        await withCheckedContinuation { mourning in
            let isGone = state.withLock { state in
                if !state.isGone { state.mourning = mourning }
                return state.isGone
            }
            if isGone { mourning.resume() }
        }
    }

    private func wake() {
        var byte: UInt8 = 0
        _ = Foundation.write(wakeWriter, &byte, 1)
    }

    /// Whoever wakes the thread holds this object: until here its end of that pipe is nobody else's.
    deinit { _ = Foundation.close(wakeWriter) }

    // MARK: The thread

    /// Listens while somebody waits, and writes what is left.
    private func serve() {
        var bin = [UInt8](repeating: 0, count: 64)
        while !state.withLock(\.isClosed) {
            let (isAwaited, hasMore) = state.withLock { ($0.waiting != nil, $0.written < $0.request.count) }
            var polled = [
                pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isAwaited ? output : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: hasMore ? input : -1, events: Int16(POLLOUT), revents: 0),
            ]
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { break }
            if polled[0].revents != 0 { _ = read(wakeReader, &bin, bin.count) }
            let isClosing = state.withLock(\.isClosing)
            if polled[1].revents != 0 || isClosing { receive(untilEmpty: isClosing) }
            if isClosing { break }
            if polled[2].revents != 0 { state.withLock { write(&$0) } }
        }
        end()
    }

    /// Reads once, or until nothing is there, and hands the first line to whoever waits.
    private func receive(untilEmpty: Bool) {
        var received = Received.nothing
        repeat {
            let (waiting, reply) = state.withLock { state in
                received = receive(&state)
                return state.takeWaiting(before: Self.quick)
            }
            // Not under the lock, which whoever waits will want at once.
            if let reply { waiting?.resume(returning: reply) }
        } while untilEmpty && received == .some
        if received == .tooMuch { reportTooMuch() }
    }

    private enum Received { case nothing, some, tooMuch }

    /// Reads once.
    private func receive(_ state: inout State) -> Received {
        // Once it is gone the descriptor may be somebody else's.
        guard !state.isGone else { return .nothing }
        let count = state.buffer.withUnsafeMutableBytes { read(output, $0.baseAddress, $0.count) }
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { state.isClosed = true }
            return .nothing
        }
        state.left -= count
        guard state.left >= 0 else {
            state.isClosed = true
            return .tooMuch
        }
        state.split(count)
        return .some
    }

    private func reportTooMuch() { watch.breach(.output(limit: limit, stream: "standard output")) }

    /// Writes as much of the request as the pipe takes. Nobody at its other end is the end of it all.
    private func write(_ state: inout State) {
        while state.written < state.request.count {
            let count = state.request.withUnsafeBytes {
                Foundation.write(input, $0.baseAddress! + state.written, $0.count - state.written)
            }
            if count > 0 {
                state.written += count
            } else if errno != EINTR {
                if errno != EAGAIN { state.isClosed = true }
                return
            }
        }
    }

    private func end() {
        let (waiting, mourning, reply) = state.withLock { state in
            state.unread = unreadBytes(input)
            for end in [input, output, wakeReader] { _ = Foundation.close(end) }
            (state.isClosed, state.isGone) = (true, true)
            defer { (state.waiting, state.mourning) = (nil, nil) }
            return (state.waiting, state.mourning, state.reply)
        }
        waiting?.resume(returning: reply)
        mourning?.resume()
    }
}

extension LinePipe.State {
    /// What is left to say once all is over.
    fileprivate var reply: LinePipe.Reply { !request.isEmpty && written <= unread ? .unsent : .ended }

    /// True while an answer may come soon.
    fileprivate func mayBeQuick(_ quick: Duration) -> Bool { !isClosed && !isClosing && .now - asked < quick }

    /// Cuts the first bytes of the buffer into lines; blank ones say nothing.
    fileprivate mutating func split(_ count: Int) {
        var start = 0
        while let end = lineEnd(in: start..<count) {
            rest += buffer[start..<end]
            if !isBlank(rest) { lines.append(rest) }
            rest = []
            start = end + 1
        }
        rest += buffer[start..<count]
    }

    private func lineEnd(in range: Range<Int>) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            return memchr(base + range.lowerBound, Int32(UInt8(ascii: "\n")), range.count).map { base.distance(to: $0) }
        }
    }

    /// The next line if it is there, which notes whether it was quick; the end if there will be none, once it is known
    /// what was left unread.
    fileprivate mutating func takeReply(before quick: Duration) -> LinePipe.Reply? {
        guard !lines.isEmpty else { return isGone ? reply : nil }
        isQuick = .now - asked < quick
        return .line(lines.removeFirst())
    }

    /// Whoever waits, who then waits no more, and the next line, if there are both.
    fileprivate mutating func takeWaiting(
        before quick: Duration
    ) -> (waiting: CheckedContinuation<LinePipe.Reply, Never>?, reply: LinePipe.Reply?) {
        guard let waiting, !lines.isEmpty, let reply = takeReply(before: quick) else { return (nil, nil) }
        self.waiting = nil
        return (waiting, reply)
    }
}

/// Bytes in a pipe that nobody has read; 0 where the system does not tell at the end that writes.
private func unreadBytes(_ writer: Int32) -> Int {
    var count: Int32 = 0
    #if os(Linux)
        let request = UInt(0x541B)  // FIONREAD, a macro that Swift does not see
    #else
        let request = UInt(FIONREAD)
    #endif
    return ioctl(writer, request, &count) == 0 ? Int(count) : 0
}

/// The reading and the writing end of a pipe that no other program inherits.
private func makePipe() -> (reader: Int32, writer: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}

private func closeAll(_ ends: (reader: Int32, writer: Int32)) {
    _ = close(ends.reader)
    _ = close(ends.writer)
}

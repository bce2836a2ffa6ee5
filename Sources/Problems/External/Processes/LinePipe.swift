import Foundation
import Synchronization

/// The pipes to and from a running process: requests go in, lines come out.
///
/// A request is written by whoever asks, as far as the pipe takes it; a thread of its own reads, and writes the rest. So
/// an answer costs one change of threads, and nothing in Swift's pool of threads ever blocks.
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
        /// It was over before anything of the request was written.
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
        var waiting: CheckedContinuation<Reply, Never>?
        var mourning: CheckedContinuation<Void, Never>?
        var isHandedOver = false
        /// Told to read what is there and then no more.
        var isClosing = false
        /// Nothing comes or goes any more; then, once our ends are closed too, it is gone.
        var isClosed = false
        var isGone = false
    }

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
        state.withLock { $0.left = limit }
        Thread.detachNewThread { self.serve() }
    }

    // MARK: Whoever asks

    /// Sends a request and returns the next line.
    func ask(_ bytes: [UInt8]) async -> Reply {
        let isOver = state.withLock { state in
            (state.request, state.written, state.left) = (bytes, 0, limit)
            if !state.isClosed { write(&state) }
            return state.isClosed
        }
        if isOver { return .unsent }
        if state.withLock({ $0.written < $0.request.count }) { wake() }
        return await listen()
    }

    /// The next line.
    func listen() async -> Reply {
        await withCheckedContinuation { waiting in
            state.withLock { state in
                if !state.lines.isEmpty {
                    waiting.resume(returning: .line(state.lines.removeFirst()))
                } else if state.isClosed {
                    waiting.resume(returning: state.reply)
                } else {
                    state.waiting = waiting
                }
            }
        }
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

    // MARK: The thread

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !state.withLock(\.isClosed) {
            let hasMore = state.withLock { $0.written < $0.request.count }
            var polled = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: hasMore ? input : -1, events: Int16(POLLOUT), revents: 0),
            ]
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { break }
            if polled[1].revents != 0 { _ = read(wakeReader, &buffer, buffer.count) }
            let isClosing = state.withLock(\.isClosing)
            if polled[0].revents != 0 || isClosing { receive(&buffer, untilEmpty: isClosing) }
            if isClosing { break }
            if polled[2].revents != 0 { state.withLock { write(&$0) } }
        }
        end()
    }

    /// Reads once, or until nothing is there.
    private func receive(_ buffer: inout [UInt8], untilEmpty: Bool) {
        repeat {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else {
                if count == 0 || (errno != EAGAIN && errno != EINTR) { state.withLock { $0.isClosed = true } }
                return
            }
            let isTooMuch = state.withLock { state in
                state.left -= count
                guard state.left >= 0 else {
                    state.isClosed = true
                    return true
                }
                state.take(buffer[..<count])
                return false
            }
            if isTooMuch {
                watch.breach(.output(limit: limit, stream: "standard output"))
                return
            }
        } while untilEmpty
    }

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
        for end in [input, output, wakeReader, wakeWriter] { _ = Foundation.close(end) }
        let (waiting, mourning, reply) = state.withLock { state in
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
    fileprivate var reply: LinePipe.Reply { !request.isEmpty && written == 0 ? .unsent : .ended }

    /// Cuts what was read into lines, and hands the first to whoever waits.
    fileprivate mutating func take(_ bytes: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(rest + bytes[start..<end])
            rest = []
            start = end + 1
        }
        rest += bytes[start...]
        if let waiting, !lines.isEmpty {
            waiting.resume(returning: .line(lines.removeFirst()))
            self.waiting = nil
        }
    }
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

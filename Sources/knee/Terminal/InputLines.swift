import Foundation

/// Standard input line by line, in a way that can be cancelled while nothing comes.
struct InputLines {
    private var bytes: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Milliseconds between two looks whether the task was cancelled.
    private static let patience: Int32 = 50

    /// True if the next line, or the end, is there already.
    var isReady: Bool {
        mutating get {
            while !isAtEnd, lineEnd == nil, poll(0) { read() }
            return isAtEnd || lineEnd != nil
        }
    }

    /// The next line without its end; nil after the last.
    ///
    /// - Throws: `CancellationError`.
    mutating func next() async throws -> String? {
        while lineEnd == nil, !isAtEnd {
            try Task.checkCancellation()
            if poll(Self.patience) { read() } else { await Task.yield() }
        }
        guard start < bytes.count || lineEnd != nil else { return nil }
        let end = lineEnd ?? bytes.count
        let line = String(decoding: bytes[start..<end], as: UTF8.self)
        start = min(end + 1, bytes.count)
        if start > 1 << 16 {
            bytes.removeFirst(start)
            start = 0
        }
        return line
    }

    private var lineEnd: Int? { bytes[start...].firstIndex(of: UInt8(ascii: "\n")) }

    private func poll(_ milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return Foundation.poll(&polled, 1, milliseconds) > 0
    }

    private mutating func read() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
        if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { isAtEnd = true }
    }
}

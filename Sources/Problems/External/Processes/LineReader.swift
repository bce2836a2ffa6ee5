import Subprocess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads a program's output line by line, no more than so many bytes for one request.
struct LineReader {
    private var buffers: SubprocessOutputSequence.AsyncIterator
    private var bytes: [UInt8] = []
    /// Of `bytes`: where the next line begins, and up to where its end was looked for.
    private var start = 0
    private var searched = 0
    private let limit: Int
    private var left: Int

    /// - Parameter limit: bytes that may come between two calls of `allowMore`.
    init(_ output: SubprocessOutputSequence, limit: Int) {
        buffers = output.makeAsyncIterator()
        self.limit = limit
        left = limit
    }

    enum End: Error {
        /// Nothing more will come.
        case output
        case limit(bytes: Int)
    }

    mutating func allowMore() { left = limit }

    /// The next line without its end.
    mutating func next() async throws(End) -> [UInt8] {
        while true {
            if let end = lineEnd() {
                let line = Array(bytes[start..<end])
                (start, searched) = (end + 1, end + 1)
                return line
            }
            if start > 0 {
                bytes.removeFirst(start)
                (searched, start) = (searched - start, 0)
            }
            let read: SubprocessOutputSequence.Buffer?
            do { read = try await buffers.next() } catch { throw .output }
            guard let buffer = read else { throw .output }
            left -= buffer.count
            guard left >= 0 else { throw .limit(bytes: limit) }
            buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
    }

    private mutating func lineEnd() -> Int? {
        let (from, count) = (searched, bytes.count)
        searched = count
        return bytes.withUnsafeBytes { all in
            guard count > from, let found = memchr(all.baseAddress! + from, 0x0A, count - from) else { return nil }
            return UnsafeRawPointer(found) - all.baseAddress!
        }
    }
}

/// One line of a program's output.
struct OutputLine: Sendable {
    var bytes: [UInt8] = []
    /// True if the line was longer than allowed; `bytes` then holds its start.
    var isCut = false

    /// Without the blanks at its ends.
    var text: String { trimmed(bytes) }
}

/// Cuts buffers as they arrive into lines.
struct LineSplitter: Sendable {
    /// Bytes of a line that are kept.
    let limit: Int
    private var line = OutputLine()

    init(limit: Int) { self.limit = limit }

    /// Hands over every line that `bytes` completes.
    mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (OutputLine) -> Void) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            append(rest[..<end])
            finish(body)
            rest = rest[(end + 1)...]
        }
        append(rest)
    }

    /// Hands over the last line if it has no end.
    mutating func finish(_ body: (OutputLine) -> Void) {
        body(line)
        line = OutputLine()
    }

    private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
        let room = limit - line.bytes.count
        line.bytes.append(contentsOf: bytes.prefix(room))
        if bytes.count > room { line.isCut = true }
    }
}

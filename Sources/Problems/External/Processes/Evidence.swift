import Subprocess

/// The first bytes of a stream; what follows is read and dropped, so that its writer never waits.
struct StreamHead: Sendable {
    /// Bytes kept.
    static let limit = 2048

    private(set) var bytes: [UInt8] = []

    mutating func take(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more.prefix(Self.limit - bytes.count))
    }

    /// As text without the blanks at its ends.
    var text: String { trimmed(bytes) }
}

func described(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exit code \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
}

/// A finding, and what the program said on standard error if it said something.
func evidence(_ finding: String, _ standardError: StreamHead) -> String {
    let text = standardError.text
    return text.isEmpty ? finding : "\(finding); standard error: \(text)"
}

/// Text in quotes, cut where it gets long.
func quoted(_ text: String) -> String { "\"\(clipped(text, to: 200))\"" }

/// At most `limit` characters, the last one an ellipsis if text was cut.
func clipped(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy(isBlank) }

/// The text of a line without the blanks at its ends.
func trimmed(_ bytes: [UInt8]) -> String {
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
}

func trimmed(_ text: Substring) -> String { trimmed(Array(text.utf8)) }

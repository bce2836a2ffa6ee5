/// A line on standard error that says where work stands: alive on a terminal, else a plain one a minute.
enum LiveLine {
    /// Shows the line while `work` runs.
    ///
    /// - Parameter line: what it says, in at most so many columns.
    static func show<Value>(
        _ line: @escaping @Sendable (_ width: Int) -> String, while work: () async throws -> Value
    ) async rethrows -> Value {
        let isLive = Terminal.isLive
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: isLive ? .milliseconds(200) : .seconds(60))
                Terminal.write(isLive ? wipe + line(Terminal.width - 1) : line(200) + "\n")
            }
        }
        defer {
            ticker.cancel()
            if isLive { Terminal.write(wipe) }
        }
        return try await work()
    }

    /// A line that stays.
    static func note(_ text: String) { Terminal.note((Terminal.isLive ? wipe : "") + text) }

    private static let wipe = "\r\u{1B}[K"
}

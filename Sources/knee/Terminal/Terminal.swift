import Foundation

/// Standard error as a terminal: notes, and how wide a line may be.
enum Terminal {
    /// True if a person watches standard error.
    static var isLive: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

    /// Columns of the terminal; 80 where that is unknown.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// What a user types to call this program again: the path, if it was called by one.
    static var program: String {
        let typed = CommandLine.arguments[0]
        return typed.contains("/") ? typed : "knee"
    }

    /// One line on standard error.
    static func note(_ text: String) { write(text + "\n") }

    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

@preconcurrency import Foundation

/// Standard output, where reports go.
enum Output {
    private static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Hands over what was printed.
    ///
    /// - Throws: `Failure` if it cannot be written, unless the reader went away.
    static func flush() throws {
        guard fflush(stdout) != 0, errno != EPIPE else { return }
        throw Failure(output: "not all of the output could be written: \(String(cString: strerror(errno))).")
    }

    /// Columns of the terminal; 80 where there is none.
    static var width: Int {
        var size = winsize()
        guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// A person watches, the terminal knows colours, and they are not unwanted (https://no-color.org).
    static var isInColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isTerminal && environment["TERM"] != "dumb" && environment["NO_COLOR", default: ""].isEmpty
    }
}

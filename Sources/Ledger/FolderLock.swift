import Foundation

/// One program at a time opens a ledger for writing: SQLite does not wait for its turn while a file becomes a database
/// with a journal.
enum FolderLock {
    /// Locks the folder rather than the file: closing a second handle of the file would drop SQLite's own locks.
    ///
    /// - SeeAlso: flock(2); "How To Corrupt An SQLite Database File", section 2.2.
    static func hold<T>(_ folder: String, _ body: () throws -> T) throws -> T {
        let handle = open(folder, O_RDONLY | O_CLOEXEC)
        // A folder that may be written but not listed cannot be locked; two who open one file there may collide.
        guard handle >= 0 else { return try body() }
        defer { close(handle) }
        waitForTurn(handle)
        return try body()
    }

    /// Gives up after 30 s, as SQLite does: another kind of program may lock the folder for its own ends.
    private static func waitForTurn(_ handle: Int32) {
        for _ in 0..<3000 {
            guard flock(handle, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR else { return }
            usleep(10_000)
        }
    }
}

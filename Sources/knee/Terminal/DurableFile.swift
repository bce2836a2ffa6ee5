import Foundation

/// Files that are there wholly or not at all: written under a temporary name, synchronised, renamed.
enum DurableFile {
    /// - Parameter makingFolder: whether its folder is made if it is missing.
    /// - Throws: `Failure` if the file cannot be written.
    static func write(_ text: String, to path: String, makingFolder: Bool = false) throws {
        if makingFolder { try makeFolder(of: path) }
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let file = FileHandle(forWritingAtPath: temporary)
        else { throw Failure(usage: "\(path) cannot be written.") }
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.synchronize()
            try file.close()
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw Failure(usage: "\(path) cannot be written: \(error.localizedDescription)")
        }
        guard rename(temporary, path) == 0 else {
            try? FileManager.default.removeItem(atPath: temporary)
            throw Failure(usage: "\(path) cannot be written.")
        }
    }

    private static func makeFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch { throw Failure(usage: "\(path) cannot be written: its folder cannot be made.") }
    }
}

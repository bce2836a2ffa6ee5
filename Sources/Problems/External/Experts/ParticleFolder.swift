import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder for the files of mixtures while they are evaluated. Removed with its last user; what a process that was killed
/// has left behind is removed by the next one: its lock is gone with it, wherever it ran.
final class ParticleFolder: Sendable {
    let path: String
    /// Of the file `lock`, which is locked while the folder is used.
    private let descriptor: Int32

    private static let prefix = "knee-particles-"

    init() throws(ExternalError) {
        let parent = FileManager.default.temporaryDirectory.path
        Self.clean(parent)
        path = "\(parent)/\(Self.prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
        guard mkdir(path, 0o700) == 0 else { throw .particleFolder(path: path) }
        descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .particleFolder(path: path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    /// Removes the folders that nobody uses any more.
    private static func clean(_ parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let lock = open("\(parent)/\(name)/lock", O_RDWR | O_CLOEXEC)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
            close(lock)
        }
    }
}

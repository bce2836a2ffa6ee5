import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder for the files of mixtures while they are evaluated. Removed with its last user; what a process that was killed
/// has left behind is removed by the next one.
final class ParticleFolder: Sendable {
    let path: String

    private static let prefix = "knee-particles-"

    init() throws(ExternalError) {
        let parent = FileManager.default.temporaryDirectory.path
        Self.clean(parent)
        path = "\(parent)/\(Self.prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
        guard mkdir(path, 0o700) == 0 else { throw .particleFolder(path: path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Removes the folders of processes that are no more.
    private static func clean(_ parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            guard let process = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }
}

import Foundation

/// Finds out whether a folder lies on a network file system, where SQLite's locks cannot be trusted.
package enum NetworkFileSystem {
    private static let types: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "9p", "fuse.sshfs",
        "fuse.glusterfs",
    ]

    /// The network file system that `folder` lies on; nil if it is local, or if this system does not tell.
    ///
    /// - SeeAlso: proc_pid_mountinfo(5)
    static func type(under folder: String) -> String? {
        guard let table = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8) else { return nil }
        return type(of: URL(fileURLWithPath: folder).resolvingSymlinksInPath().path, in: table)
    }

    /// The same with the mount table as an argument: the longest mount point that holds the path decides, the later one
    /// if two are equally long.
    package static func type(of path: String, in table: String) -> String? {
        var (longest, found) = ("", "")
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { continue }
            let point = words[4].replacingOccurrences(of: "\\040", with: " ")
            let holds = path == point || point == "/" || path.hasPrefix(point + "/")
            if holds, point.count >= longest.count { (longest, found) = (point, String(words[dash + 1])) }
        }
        return types.contains(found) ? found : nil
    }
}

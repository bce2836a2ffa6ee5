import Foundation

/// Finds the file that a command's first word names, as a shell would.
enum ExecutableFile {
    /// - Returns: a path.
    /// - Throws: `ExternalError.notFound` or `.notExecutable`.
    static func find(_ name: String) throws(ExternalError) -> String {
        if name.contains("/") {
            guard let isExecutable = check(name) else { throw .notFound(name) }
            guard isExecutable else { throw .notExecutable(name) }
            return name
        }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for folder in folders.split(separator: ":") where check("\(folder)/\(name)") == true {
            return "\(folder)/\(name)"
        }
        throw .notFound(name)
    }

    /// Whether the file can be run; nil if there is no such file.
    private static func check(_ path: String) -> Bool? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        return !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
    }
}

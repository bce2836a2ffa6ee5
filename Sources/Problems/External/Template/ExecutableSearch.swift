import Subprocess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The path of the program that `command` names: itself if it has a slash, else the first such in `PATH`.
///
/// - Throws: `.notExecutable` with the first file that has the name but may not run, `.notFound` if there is none.
func findExecutable(_ command: String) throws(ExternalError) -> String {
    let candidates = command.contains("/") ? [command] : searchPath().map { "\($0)/\(command)" }
    if let path = candidates.first(where: isExecutableFile) { return path }
    if let path = candidates.first(where: { access($0, F_OK) == 0 }) { throw .notExecutable(path: path) }
    throw .notFound(command: command)
}

/// The directories of `PATH`; an empty entry is the working directory.
private func searchPath() -> [String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return path.split(separator: ":", omittingEmptySubsequences: false).map { $0.isEmpty ? "." : String($0) }
}

private func isExecutableFile(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return access(path, X_OK) == 0
}

/// True if there is a file or folder of this name, seen from where this process runs.
func isFile(_ name: String) -> Bool { access(name, F_OK) == 0 }

/// The path from the root; a path that begins there stays as it is.
func fullPath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + path
}

import Subprocess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What surrounds a process: the variables it sees and the folder it runs in.
struct ProcessSetting: Sendable {
    let environment: [Environment.Key: String]
    /// Nil: where this program runs.
    let folder: String?

    /// What a shell has to be told first, `cd FOLDER && `, and what stands before the command, `env NAME=VALUE ` for the variables
    /// that are not simply handed on.
    let enterByHand: String
    let variablesByHand: String

    var hasOwnFolder: Bool { folder != nil }

    /// Makes the folder of a worker, `parent/worker-SLOT`, if there is a parent.
    ///
    /// - Parameter names: variables to hand on beside the usual ones, or `NAME=VALUE`.
    init(slot: Int, allowing names: [String], in parent: String?) throws(ExternalError) {
        environment = try Self.environment(slot: slot, allowing: names)
        let assignments = names.filter { $0.contains("=") }.map(ShellWord.assignment).joined(separator: " ")
        variablesByHand = assignments.isEmpty ? "" : "env \(assignments) "
        guard let parent else {
            (folder, enterByHand) = (nil, "")
            return
        }
        let own = fullPath(parent) + "/worker-\(slot)"
        guard !parent.isEmpty, Self.makeFolder(fullPath(parent)), Self.makeFolder(own) else {
            throw .workFolder(path: own)
        }
        (folder, enterByHand) = (own, "cd \(ShellWord.quoted(own)) && ")
    }

    /// What every program sees if it is set here: enough to find programs, a home, a language and a temporary folder.
    static let usual = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "TZ",
        "TMPDIR",
        "TERM",
    ]

    /// The usual variables, those of `names`, and `KNEE_WORKER`, the number of the slot.
    ///
    /// - Throws: `.variable` for a name that cannot be one.
    static func environment(slot: Int, allowing names: [String]) throws(ExternalError) -> [Environment.Key: String] {
        var environment: [Environment.Key: String] = [:]
        for name in usual { environment[Environment.Key(stringLiteral: name)] = variable(name) }
        for entry in names {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil, !entry.utf8.contains(0)
            else { throw .variable(entry) }
            let value = parts.count == 2 ? parts[1] : variable(name)
            if let value { environment[Environment.Key(stringLiteral: name)] = value }
        }
        environment["KNEE_WORKER"] = String(slot)
        return environment
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func makeFolder(_ path: String) -> Bool {
        var status = stat()
        if mkdir(path, 0o777) == 0 { return true }
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

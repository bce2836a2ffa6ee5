import Foundation

/// A process, so named that another one of the same number is not taken for it.
public struct ProcessIdentity: Sendable, Equatable {
    public let pid: Int32
    /// Which start of which system, and which of its process namespaces, the number is from.
    let boot: String
    let namespace: String
    /// When the process started, in ticks since then.
    let started: String
    public let host: String

    public enum State: Sendable { case runs, gone, outOfSight }

    /// This process.
    public static var own: ProcessIdentity {
        let pid = ProcessInfo.processInfo.processIdentifier
        return ProcessIdentity(
            pid: pid, boot: currentBoot, namespace: currentNamespace, started: startTime(of: pid) ?? "",
            host: ProcessInfo.processInfo.hostName)
    }

    /// Whether it still runs. One of another container cannot be seen; one from before a restart of the system, or from
    /// another system whose file was copied here, is gone.
    public var state: State {
        guard boot == Self.currentBoot else { return .gone }
        guard namespace == Self.currentNamespace else { return .outOfSight }
        #if os(Linux)
            return Self.startTime(of: pid) == started ? .runs : .gone
        #else
            return kill(pid, 0) == 0 || errno == EPERM ? .runs : .gone
        #endif
    }

    private static var currentBoot: String {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }

    private static var currentNamespace: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    }

    /// Field 22 of /proc/PID/stat; nil if there is no such process, or only what is left of one that has ended.
    ///
    /// - SeeAlso: proc_pid_stat(5). The name in field 2 may hold spaces and brackets.
    private static func startTime(of pid: Int32) -> String? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let name = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
        return String(fields[19])
    }
}

import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The process groups that run, for an end without farewell.
public enum RunningGroups {
    private static let groups = Mutex<Set<Int32>>([])

    static func add(_ group: Int32) { groups.withLock { _ = $0.insert(group) } }
    static func remove(_ group: Int32) { groups.withLock { _ = $0.remove(group) } }

    /// Kills them all, at once. What evaluates then is lost.
    public static func kill() {
        groups.withLock { for group in $0 { _ = signal(group) } }
    }

    private static func signal(_ group: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.kill(-group, SIGKILL)
        #else
            Glibc.kill(-group, SIGKILL)
        #endif
    }
}

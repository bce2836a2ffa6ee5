#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Descriptors enough for all workers, before the first is started: running short later looks like anything.
enum DescriptorLimit {
    /// Pipes, a process descriptor and what a start needs for a moment.
    private static let perWorker = 16
    /// What the program has open otherwise.
    private static let others = 64

    /// Raises the limit of this process if need be.
    ///
    /// - Parameter files: that are open besides.
    /// - Throws: `.tooManyWorkers` if the system does not allow as many.
    static func provide(forWorkers workers: Int, files: Int = 0) throws(ExternalError) {
        let needed = rlim_t(workers * perWorker + others + files)
        var limit = rlimit()
        guard getrlimit(descriptors, &limit) == 0, limit.rlim_cur < needed else { return }
        let allowed = limit.rlim_max
        limit.rlim_cur = min(needed, allowed)
        guard needed <= allowed, setrlimit(descriptors, &limit) == 0 else {
            throw .tooManyWorkers(workers, needed: Int(needed), allowed: Int(clamping: allowed))
        }
    }

    #if canImport(Darwin)
        private static let descriptors = RLIMIT_NOFILE
    #else
        private static let descriptors = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif
}

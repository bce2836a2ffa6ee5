import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that is written under a temporary name, in any order and by any number of threads, and then renamed: under its
/// own name it is whole or not there. Removed unless `finish` is reached.
///
/// Not flushed to the disk: after a failure of power it may be neither.
final class OutputFile: Sendable {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private let isFinished = Atomic(false)

    private static let number = Atomic(0)

    init(_ path: String) throws(ExpertError) {
        // Never into a file that is there, whoever left it.
        while true {
            let number = Self.number.wrappingAdd(1, ordering: .relaxed).oldValue
            let temporary = "\(path).\(number).\(getpid()).tmp"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor < 0 && errno == EEXIST { continue }
            guard descriptor >= 0 else { throw .system(path: path, call: "open", code: errno) }
            (self.path, self.temporary, self.descriptor) = (path, temporary, descriptor)
            return
        }
    }

    deinit {
        close(descriptor)
        if !isFinished.load(ordering: .relaxed) { unlink(temporary) }
    }

    /// Has room for this many bytes, where the file system can tell: a full disk is found before the work.
    func reserve(_ bytes: Int) throws(ExpertError) {
        #if os(Linux)
            guard posix_fallocate(descriptor, 0, off_t(bytes)) == ENOSPC else { return }
            throw .system(path: path, call: "posix_fallocate", code: ENOSPC)
        #endif
    }

    func write(_ bytes: RawSpan, at offset: Int) throws(ExpertError) {
        var written = 0
        while written < bytes.byteCount {
            let count = bytes.withUnsafeBytes { bytes in
                let rest = bytes[written...]
                return pwrite(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, off_t(offset + written))
            }
            guard count >= 0 || errno == EINTR else { throw .system(path: path, call: "pwrite", code: errno) }
            written += max(0, count)
        }
    }

    /// Gives the file its name.
    func finish() throws(ExpertError) {
        guard rename(temporary, path) == 0 else { throw .system(path: path, call: "rename", code: errno) }
        isFinished.store(true, ordering: .relaxed)
    }
}

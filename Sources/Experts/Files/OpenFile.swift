#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that is open for reading, by any number of threads.
///
/// Read, not mapped into memory: then memory is what the reader's buffers take, while of a mapping, neighbours of what was
/// touched stay; and a file that is cut off meanwhile is an error instead of the end of the process.
final class OpenFile: Sendable {
    let path: String
    let identity: FileIdentity
    /// Its bytes, when it was opened.
    let count: Int
    private let descriptor: Int32

    /// - Throws: `ExpertError` if there is no file, or none that can be read.
    init(_ path: String) throws(ExpertError) {
        // Without O_NONBLOCK, opening a pipe would wait for someone who writes.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path: path, call: "open", code: errno) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let code = errno
        (self.path, self.descriptor) = (path, descriptor)
        (identity, count) = (FileIdentity(status), Int(status.st_size))
        guard isKnown else { throw .system(path: path, call: "fstat", code: code) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    }

    deinit { close(descriptor) }

    /// Reads these bytes.
    ///
    /// - Throws: `ExpertError.lost` if the file has become shorter.
    func read(_ range: Range<Int>, into buffer: UnsafeMutableRawPointer) throws(ExpertError) {
        var done = 0
        while done < range.count {
            let count = pread(descriptor, buffer + done, range.count - done, off_t(range.lowerBound + done))
            guard count != 0 else { throw .lost(path: path) }
            guard count > 0 || errno == EINTR else { throw .system(path: path, call: "pread", code: errno) }
            done += max(0, count)
        }
    }

    func bytes(_ range: Range<Int>) throws(ExpertError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
        defer { buffer.deallocate() }
        if let start = buffer.baseAddress { try read(range, into: start) }
        return Array(buffer)
    }
}

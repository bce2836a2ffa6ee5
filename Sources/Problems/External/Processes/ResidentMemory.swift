#if os(Linux)
    import Glibc

    /// True where `residentMemory` knows.
    let canMeasureMemory = true

    /// Resident bytes of every process group: the sum over its processes, shared pages in each.
    ///
    /// - SeeAlso: proc_pid_stat(5): field 5 is the process group, field 24 the pages resident.
    func residentMemory() -> [Int32: Int] {
        guard let folder = opendir("/proc") else { return [:] }
        defer { closedir(folder) }
        let page = sysconf(Int32(_SC_PAGESIZE))
        var groups: [Int32: Int] = [:]
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.utf8.first.map({ (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }) == true,
                let (group, pages) = statistics(of: name)
            else { continue }
            groups[group, default: 0] += pages * page
        }
        return groups
    }

    private func statistics(of process: String) -> (group: Int32, pages: Int)? {
        let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return nil }
        // The second field, the program's name in parentheses, may hold anything.
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        guard let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 21,
            let group = Int32(fields[2]), let pages = Int(fields[21])
        else { return nil }
        return (group, pages)
    }
#else
    let canMeasureMemory = false

    func residentMemory() -> [Int32: Int] { [:] }
#endif

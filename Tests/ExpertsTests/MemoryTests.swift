#if os(Linux)
    import Experts
    import Foundation
    import Testing

    /// Bytes that a line of this process's status says, in kB.
    private func status(_ line: String) throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let found = text.split(separator: "\n").first { $0.hasPrefix("\(line):") }
        let number = found?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return 1024 * (try #require(number))
    }

    private let tensorBytes = 5 << 20

    /// Ten experts of 5 MB.
    private func largePool(_ scratch: Scratch) throws -> ExpertPool {
        try ExpertPool(
            (0..<10).map { expert in
                let bytes = [UInt8](repeating: UInt8(expert), count: tensorBytes)
                return try scratch.write(
                    [Tensor(name: "w", type: .float16, shape: [tensorBytes / 2], bytes: bytes)], as: "\(expert)")
            })
    }

    /// Resident bytes that something adds at its height.
    private func peak(of work: () throws -> Void) throws -> Int {
        let file = try #require(fopen("/proc/self/clear_refs", "w"))
        fputs("5", file)
        fclose(file)
        let before = try status("VmRSS")
        try work()
        return try status("VmHWM") - before
    }

    @Suite("Memory of combinations")
    struct MemoryTests {
        /// In a process of its own: there no other test takes memory.
        @Test("a combination of ten experts takes less than three times the memory of one, and so do the checks")
        func bound() async {
            await #expect(processExitsWith: .success) {
                let scratch = try Scratch()
                let pool = try largePool(scratch)
                let merging = try peak {
                    try pool.materialise([Double](repeating: 0.1, count: 10), to: scratch.file("merged"), workers: 2)
                }
                precondition(merging < 3 * tensorBytes, "\(merging) bytes")
                let checking = try peak { _ = (try pool.nonFiniteWeights(), try pool.identicalExperts()) }
                precondition(checking < 3 * tensorBytes, "\(checking) bytes")
                // A broken twin: the whole pool in memory would be seen.
                let keeping = try peak {
                    let all = try pool.experts.map { try $0.bytes($0.tensors[0]) }
                    precondition(all.count == 10)
                }
                precondition(keeping > 6 * tensorBytes, "\(keeping) bytes")
            }
        }
    }
#endif

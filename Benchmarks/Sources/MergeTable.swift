import ArgumentParser
import Experts
import Foundation
import Inner

/// How fast experts are combined, against reading all of them and writing as much as one.
///
/// Both read files that the page cache holds, on one thread unless told otherwise; what is counted are the bytes read.
struct MergeTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Speed and memory of combining experts, against reading and writing files.")

    @Option(help: "Experts of a pool.") var experts = 10
    @Option(help: "Megabytes of an expert.") var megabytes = 200
    @Option(help: "Times that everything is measured, in turn.") var rounds = 9
    @Option(help: "Where the pool is written, and removed again; a folder of the system's unless told.") var folder =
        NSTemporaryDirectory()

    func run() async throws {
        print(
            "| \(experts) experts of \(megabytes) MB | read and written, GB/s | combined | over reading |",
            terminator: "")
        print(" with two workers | peak memory, MB |")
        print("|---|---|---|---|---|---|")
        for type in [ElementType.float32, .float16, .bfloat16] {
            let files = try MergeFiles(in: folder, experts: experts, bytes: megabytes * 1_000_000, type: type)
            defer { files.remove() }
            try report(files, type)
        }
    }

    private func report(_ files: MergeFiles, _ type: ElementType) throws {
        let pool = try ExpertPool(files.paths)
        let coefficients = (0..<experts).map { (0.5 + Double($0)) * 2 / Double(experts * experts) }
        func merge(workers: Int) throws { try pool.materialise(coefficients, to: files.output, workers: workers) }
        try files.stream()
        let peak = try peakMemory { try merge(workers: 1) }
        var (streaming, merging, sharing, ratios): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for _ in 0..<rounds {
            streaming.append(try speed(files) { try files.stream() })
            merging.append(try speed(files) { try merge(workers: 1) })
            sharing.append(try speed(files) { try merge(workers: 2) })
            ratios.append(merging[merging.count - 1] / streaming[streaming.count - 1])
        }
        let medians = [streaming, merging, ratios, sharing].map { Sample($0).median }
        let (read, one, ratio, two) = (medians[0], medians[1], medians[2], medians[3])
        print(
            String(
                format: "| %@ | %.2f | %.2f | %.2f (%.2f - %.2f) | %.2f | %@ |", type.rawValue, read, one, ratio,
                Sample(ratios).quantile(0.1), Sample(ratios).quantile(0.9), two,
                peak.map { String(format: "%.1f", Double($0) / 1e6) } ?? "-"))
    }

    /// GB/s that are read.
    private func speed(_ files: MergeFiles, _ work: () throws -> Void) rethrows -> Double {
        files.removeOutput()
        return Double(files.bytes) / 1e9 / (try measured(work))
    }

    /// Resident bytes of the whole process at the height of something; nil where that cannot be known.
    private func peakMemory(_ work: () throws -> Void) rethrows -> Int? {
        // Starts VmHWM anew.
        guard let file = fopen("/proc/self/clear_refs", "w") else { return nil }
        fputs("5", file)
        fclose(file)
        try work()
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split { !$0.isNumber }.first.flatMap { Int($0) }.map { 1024 * $0 }
    }
}

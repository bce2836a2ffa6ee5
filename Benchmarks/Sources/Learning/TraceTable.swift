import Foundation
import Inner
import Outer

/// Stored searches of one problem: the best value at every checkpoint of every configuration and seed, all run to the
/// ceiling. Its prefixes are the shorter budgets.
///
/// A file holds a key, which names everything the values depend on, and then, configuration by configuration, one
/// little-endian double a seed and checkpoint. It grows by whole configurations, so what is missing can be added later.
struct TraceTable: Sendable {
    let space: ArmSpace
    /// Seeds to launch from, and seeds to judge by; the second come after the first.
    let trainSeeds: Int
    let heldOutSeeds: Int
    private var values: [Double] = []

    private let key: UInt64

    var seeds: Int { trainSeeds + heldOutSeeds }
    private var rowCount: Int { seeds * space.checkpointCount }
    /// Configurations that are there.
    var configurations: Int { values.count / rowCount }
    var isComplete: Bool { configurations == space.configurations.count }

    /// An empty table.
    init(_ problem: TableProblem, trainSeeds: Int, heldOutSeeds: Int) throws {
        space = try problem.space()
        (self.trainSeeds, self.heldOutSeeds) = (trainSeeds, heldOutSeeds)
        var key = Digest()
        key.add("traces 1 \(problem.label)")
        for number in [space.floor, space.levels, trainSeeds, heldOutSeeds] { key.add(number) }
        for each in space.configurations {
            key.add("\(each.swarmSize) \(each.inertia) \(each.topology) \(each.rule) \(each.boundary)")
        }
        self.key = UInt64(key.hex, radix: 16)!
    }

    static func path(in folder: String, _ problem: TableProblem) -> String { folder + "/\(problem.label).traces" }

    /// Takes over what a file holds.
    mutating func read(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path), data.count >= 8 else { return }
        let words = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
        }
        guard words[0] == key else { throw TraceTableError.otherTable(path) }
        let whole = (words.count - 1) / rowCount * rowCount
        values = words.dropFirst().prefix(whole).map(Double.init(bitPattern:))
    }

    /// Searches the configurations that are missing and writes each to the file as it is done.
    mutating func fill(_ problem: TableProblem, path: String, workers: Int) async throws {
        try bytes([key] + values.map(\.bitPattern)).write(to: URL(filePath: path))
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? file.close() }
        try file.seekToEnd()
        while !isComplete {
            let row = try await row(configurations, problem.problem, workers: workers)
            try file.write(contentsOf: bytes(row.map(\.bitPattern)))
            values += row
        }
    }

    private func bytes(_ words: [UInt64]) -> Data {
        words.map(\.littleEndian).withUnsafeBytes { Data($0) }
    }

    /// All seeds of a configuration, dealt to the workers in turn.
    private func row(_ configuration: Int, _ problem: any PureProblem, workers: Int) async throws -> [Double] {
        let family = try space.configurations[configuration].searchFamily()
        let (seeds, count, grid, ceiling) = (seeds, space.checkpointCount, space.grid, space.ceiling)
        return await withTaskGroup(of: (Int, [Double]).self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let own = stride(from: worker, to: seeds, by: workers).flatMap { seed in
                        let stream = RandomStream(seed: 9_000_000 + UInt64(seed)).split(.search, configuration)
                        let result = run(family, on: problem, budget: ceiling, checkpoints: grid, stream: stream)
                        return result.trace.checkpoints.filter { grid.index(of: $0.evaluations) != nil }.map(\.best)
                    }
                    return (worker, own)
                }
            }
            var row = [Double](repeating: .infinity, count: seeds * count)
            for await (worker, own) in group {
                for (place, value) in own.enumerated() {
                    row[(worker + place / count * workers) * count + place % count] = value
                }
            }
            return row
        }
    }

    /// The trace of a run of an arm: the beginning of a stored search.
    func trace(_ arm: Arm, seed: Int) -> Trace {
        Trace(
            (0...space.checkpoint(ofLevel: arm.level)).map {
                Trace.Checkpoint(
                    evaluations: space.grid.evaluations(at: $0),
                    best: self[arm.configurationIndex, seed, checkpoint: $0])
            })
    }

    /// The values of every arm of a space with the table's configurations and least budget, over a range of seeds.
    func values(of space: ArmSpace, seeds: Range<Int>) -> [[Double]] {
        (0..<space.count).map { arm in
            let (configuration, level) = arm.quotientAndRemainder(dividingBy: space.levels)
            return seeds.map { self[configuration, $0, checkpoint: space.checkpoint(ofLevel: level)] }
        }
    }

    /// What a search had at every budget up to a level.
    func values(configuration: Int, levels: Int, seed: Int) -> [Double] {
        (0..<levels).map { self[configuration, seed, checkpoint: space.checkpoint(ofLevel: $0)] }
    }

    private subscript(configuration: Int, seed: Int, checkpoint checkpoint: Int) -> Double {
        values[configuration * rowCount + seed * space.checkpointCount + checkpoint]
    }
}

enum TraceTableError: Error, CustomStringConvertible {
    case otherTable(String)
    case incomplete(String)

    var description: String {
        switch self {
        case .otherTable(let path): "\(path) holds another table: remove it, or give another folder"
        case .incomplete(let path): "\(path) is not complete: run 'benchmarks table' with the same options first"
        }
    }
}

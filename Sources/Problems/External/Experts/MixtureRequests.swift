import Dispatch
import Experts
import Foundation
import Inner
import Synchronization

/// Requests for the values of mixtures, by file or by coefficients.
final class MixtureRequests: JSONLinesRequests {
    let greeting: [UInt8]?
    private let pool: ExpertPool
    private let spec: ExpertsSpec
    private let split: ExampleSplit
    private let folder: ParticleFolder
    /// The files of every request that is not answered yet.
    private let files = Mutex<[Int: [String]]>([:])

    private static let lastNumber = Atomic(0)

    init(_ pool: ExpertPool, _ spec: ExpertsSpec, _ split: ExampleSplit, _ folder: ParticleFolder) {
        (self.pool, self.spec, self.split, self.folder) = (pool, spec, split, folder)
        greeting = Self.greeting(spec)
    }

    func request(id: Int, _ points: [[Double]], seeds: [UInt64], wants: String?) async throws(RequestFailure) -> [UInt8]
    {
        switch wants {
        case nil, "path": return Self.line(id: id, split, paths: try await materialise(points, for: id), seeds: seeds)
        case "coefficients": return Self.line(id: id, split, coefficients: points, seeds: seeds)
        case let other?:
            throw RequestFailure(evidence: "it wants \(quoted(other)), which is neither \"path\" nor \"coefficients\"")
        }
    }

    func end(id: Int) {
        for path in files.withLock({ $0.removeValue(forKey: id) }) ?? [] { unlink(path) }
    }

    /// Writes the mixtures, on a thread that may wait for disks.
    private func materialise(_ points: [[Double]], for id: Int) async throws(RequestFailure) -> [String] {
        let number = Self.lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
        let paths = points.indices.map { "\(folder.path)/\(number)-\($0).safetensors" }
        files.withLock { $0[id, default: []] += paths }
        let failure = await withCheckedContinuation { (done: CheckedContinuation<ExpertError?, Never>) in
            DispatchQueue.global().async { [pool, spec] in
                do throws(ExpertError) {
                    for (path, point) in zip(paths, points) {
                        try pool.materialise(point, as: spec.merge, to: path)
                    }
                    done.resume(returning: nil)
                } catch { done.resume(returning: error) }
            }
        }
        if let failure { throw RequestFailure(evidence: "the mixture could not be written: \(Self.words(failure))") }
        return paths
    }

    private static func words(_ error: ExpertError) -> String {
        guard case .system(let path, let call, let code) = error else { return "\(error)" }
        return "\(call) of \(path) failed, \(String(cString: strerror(code)))"
    }

    // MARK: Lines

    private struct Greeting: Encodable {
        let experts: [String], merge: String, examples: Int
    }

    private struct Request: Encodable {
        let id: Int, split: String, path: [String]?, coefficients: [[Double]]?, seed: [UInt64]
    }

    static func greeting(_ spec: ExpertsSpec) -> [UInt8] {
        encoded(Greeting(experts: spec.files, merge: spec.merge.rawValue, examples: spec.examples))
    }

    static func line(
        id: Int, _ split: ExampleSplit, paths: [String]? = nil, coefficients: [[Double]]? = nil, seeds: [UInt64]
    ) -> [UInt8] {
        encoded(Request(id: id, split: split.rawValue, path: paths, coefficients: coefficients, seed: seeds))
    }

    private static func encoded(_ message: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        guard let line = try? encoder.encode(message) else { preconditionFailure("finite numbers and text encode") }
        return Array(line) + [UInt8(ascii: "\n")]
    }
}

import Experts
import Foundation
import Inner
import Testing

/// A folder of this test, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "knee-experts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ tensors: [Tensor], metadata: [String: String] = [:], as name: String) throws -> String {
        try SafetensorsFile.write(tensors, metadata: metadata, to: file(name))
        return file(name)
    }

    /// A pool of one file for each list of tensors.
    func pool(_ experts: [[Tensor]]) throws -> ExpertPool {
        try ExpertPool(experts.enumerated().map { try write($1, as: "expert-\($0).safetensors") })
    }

    /// What the combination of a pool's experts contains.
    func merged(_ pool: ExpertPool, _ coefficients: [Double], as rule: MergeRule = .linear, workers: Int = 1) throws
        -> SafetensorsFile
    {
        try pool.materialise(coefficients, as: rule, to: file("merged.safetensors"), workers: workers)
        return try SafetensorsFile(file("merged.safetensors"))
    }

    /// Names in the folder.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}

func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
}

func contents(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

extension SafetensorsFile {
    func bytes(of name: String) throws -> [UInt8] { try bytes(#require(tensor(named: name))) }
}

let mergeable: [ElementType] = [.float64, .float32, .float16, .bfloat16]

/// Tensors of every mergeable type, with numbers from [-1, 1).
func randomExpert(seed: UInt64, shape: [Int] = [5, 9]) -> [Tensor] {
    var stream = RandomStream(seed: seed)
    return mergeable.map { type in
        let values = (0..<shape.reduce(1, *)).map { _ in 2 * stream.uniform() - 1 }
        return Tensor(name: "layer.\(type.rawValue)", type: type, shape: shape, values: values)
    }
}

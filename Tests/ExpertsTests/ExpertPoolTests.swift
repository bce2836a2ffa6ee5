import Experts
import Foundation
import Testing

@Suite("Pools of experts")
struct ExpertPoolTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func weights(_ name: String, _ values: [Double], _ type: ElementType = .float32, shape: [Int]? = nil)
        -> Tensor
    {
        Tensor(name: name, type: type, shape: shape ?? [values.count], values: values)
    }

    private func integers(_ values: [UInt8]) -> Tensor {
        Tensor(name: "counts", type: .uint8, shape: [values.count], bytes: values)
    }

    @Test("the first tensor that differs is named, with the file and how it differs")
    func differences() throws {
        let first = [weights("a", [1, 2]), weights("b", [3])]
        let path = scratch.file("expert-1.safetensors")
        let others: [([Tensor], String, ExpertError.Difference)] = [
            ([first[0]], "b", .missing),
            (first + [weights("c", [1])], "c", .additional),
            ([first[0], weights("b", [3], .float16)], "b", .type(.float16, first: .float32)),
            ([weights("a", [1, 2], shape: [2, 1]), first[1]], "a", .shape([2, 1], first: [2])),
        ]
        for (tensors, name, difference) in others {
            #expect(throws: ExpertError.differs(path: path, tensor: name, difference)) {
                try scratch.pool([first, tensors])
            }
        }
        #expect(throws: ExpertError.noExperts) { try ExpertPool([]) }
        #expect(try scratch.pool([first]).isPoint)
        #expect(try !scratch.pool([first, first]).isPoint)
    }

    @Test("integers are carried over if all experts agree on them, and else refused")
    func carried() throws {
        let equal = try scratch.pool([
            [weights("a", [1]), integers([1, 2, 3])], [weights("a", [2]), integers([1, 2, 3])],
        ])
        #expect(try scratch.merged(equal, [2, 3]).bytes(of: "counts") == [1, 2, 3])
        #expect(try scratch.merged(equal, [0, 1]).bytes(of: "counts") == [1, 2, 3])
        let path = scratch.file("expert-1.safetensors")
        #expect(throws: ExpertError.unmergeable(path: path, tensor: "counts", type: .uint8)) {
            try scratch.pool([[integers([1, 2, 3])], [integers([1, 2, 4])]])
        }
    }

    @Test("weights that are infinite or no numbers are counted by file and tensor, in every type", arguments: mergeable)
    func nonFinite(type: ElementType) throws {
        let pool = try scratch.pool([
            [weights("a", [1, 2, 3], type), weights("b", [65504, -65504, 0], type)],
            [weights("a", [1, .nan, -.infinity], type), weights("b", [.infinity, 0, 1], type)],
        ])
        let path = scratch.file("expert-1.safetensors")
        #expect(
            try pool.nonFiniteWeights() == [
                NonFiniteWeights(path: path, tensor: "a", count: 2),
                NonFiniteWeights(path: path, tensor: "b", count: 1),
            ])
    }

    @Test("identical experts are found, whatever the layout of their files; a single bit tells experts apart")
    func identical() throws {
        let large = randomExpert(seed: 1, shape: [100_000])
        let other: [Tensor] =
            large.dropLast() + [
                Tensor(name: "layer.BF16", type: .bfloat16, shape: [100_000], bytes: large[3].bytes.dropLast() + [99])
            ]
        let pool = try scratch.pool([large, other, large, randomExpert(seed: 2, shape: [100_000]), other])
        #expect(try pool.identicalExperts() == [[0, 2], [1, 4]])
        #expect(try scratch.pool([large, other]).identicalExperts() == [])
        #expect(try scratch.pool([large]).identicalExperts() == [])
        let file = fixture("expert-0.safetensors")
        let expert = try SafetensorsFile(file)
        let copied = try scratch.write(
            try expert.tensors.map {
                Tensor(name: $0.name, type: $0.type, shape: $0.shape, bytes: try expert.bytes($0))
            }, as: "copied")
        #expect(try ExpertPool([file, copied]).identicalExperts() == [[0, 1]])
    }

    @Test("the experts of a folder are its safetensors files and its adapters, by name")
    func folder() throws {
        for path in ["b.safetensors", "a.safetensors", "note.txt", "lora/adapter_model.safetensors", "other/x.bin"] {
            let url = URL(fileURLWithPath: scratch.file(path))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: url)
        }
        #expect(
            ExpertPool.files(in: scratch.path)
                == ["a.safetensors", "b.safetensors", "lora/adapter_model.safetensors"].map(scratch.file))
        #expect(ExpertPool.files(in: scratch.file("none")) == [])
    }
}

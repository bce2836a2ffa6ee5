import Experts
import Foundation
import Inner
import Testing

@Suite("Combinations of experts")
struct MergeTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("a combination has the bits that NumPy computes in the documented precision")
    func numpy() throws {
        let pool = try ExpertPool((0..<3).map { fixture("expert-\($0).safetensors") })
        let expected = try SafetensorsFile(fixture("merged.safetensors"))
        let merged = try scratch.merged(pool, [0.7, -0.15, 0.45])
        for tensor in expected.tensors {
            #expect(try merged.bytes(of: tensor.name) == expected.bytes(tensor), "\(tensor.name)")
        }
        #expect(merged.header.metadata == ["format": "pt", "knee.coefficients": "0.7 -0.15 0.45"])
    }

    /// A broken twin of the test above: sums in the other order round otherwise somewhere.
    @Test("the order of the experts is seen in the last bits")
    func order() throws {
        let pool = try ExpertPool((0..<3).reversed().map { fixture("expert-\($0).safetensors") })
        let expected = try SafetensorsFile(fixture("merged.safetensors"))
        let merged = try scratch.merged(pool, [0.45, -0.15, 0.7])
        #expect(try merged.bytes(of: "layer.F32") != expected.bytes(of: "layer.F32"))
    }

    @Test("an expert that is the whole combination is the same in every bit, not numbers and signed zeros included")
    func unit() throws {
        var stream = RandomStream(seed: 1)
        let experts = (0..<3).map { _ in
            mergeable.map { type in
                let bytes = (0..<5000 * type.bits / 8).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
                return Tensor(name: type.rawValue, type: type, shape: [5, 1000], bytes: bytes)
            }
        }
        let pool = try scratch.pool(experts)
        for (index, expert) in experts.enumerated() {
            let merged = try scratch.merged(pool, experts.indices.map { $0 == index ? 1 : 0 })
            for tensor in expert { #expect(try merged.bytes(of: tensor.name) == tensor.bytes) }
        }
    }

    @Test("combinations are linear: those of doubles exactly as computed one by one, the others within a rounding")
    func linear() throws {
        let experts = (0..<4).map { randomExpert(seed: UInt64($0)) }
        let pool = try scratch.pool(experts)
        let coefficients = [0.5, 2, -1.75, 0.3]
        let merged = try scratch.merged(pool, coefficients)
        let unit: [ElementType: Double] = [
            .float64: 0, .float32: 6 * 0x1p-24, .float16: 0x1p-11 + 6 * 0x1p-24, .bfloat16: 0x1p-8 + 6 * 0x1p-24,
        ]
        for entry in merged.tensors {
            let parts = try pool.experts.map { try $0.values(of: entry.name) }
            for (index, value) in try merged.values(of: entry.name).enumerated() {
                let terms = zip(coefficients, parts).map { $0 * $1[index] }
                let sum = terms.dropFirst().reduce(terms[0], +)
                let size = terms.reduce(0) { $0 + abs($1) }
                #expect(abs(value - sum) <= unit[entry.type, default: 0] * size, "\(entry.name) \(index)")
            }
        }
    }

    @Test("identical experts, combined by coefficients whose sum is 1, are given back within rounding")
    func identical() throws {
        let expert = randomExpert(seed: 8)
        let pool = try scratch.pool([expert, expert, expert])
        let merged = try scratch.merged(pool, [0.2, 0.5, 0.3])
        let unit: [ElementType: Double] = [
            .float64: 4 * 0x1p-53, .float32: 4 * 0x1p-24, .float16: 0x1p-10, .bfloat16: 0x1p-7,
        ]
        for tensor in expert {
            let values = try pool.experts[0].values(of: tensor.name)
            for (value, original) in zip(try merged.values(of: tensor.name), values) {
                #expect(abs(value - original) <= unit[tensor.type, default: 0] * abs(original) + 0x1p-24)
            }
        }
    }

    @Test("the same coefficients give the same bytes: again, with two threads, and in tensors larger than a window")
    func sameBytes() throws {
        let pool = try scratch.pool((0..<3).map { randomExpert(seed: UInt64($0), shape: [3, 50_001]) })
        var files: [[UInt8]] = []
        for workers in [1, 1, 2, 3] {
            try pool.materialise([0.1, 0.6, 0.3], to: scratch.file("merged"), workers: workers)
            files.append(try contents(scratch.file("merged")))
        }
        #expect(Set(files).count == 1)
        let merged = try SafetensorsFile(scratch.file("merged"))
        for tensor in merged.tensors {
            let parts = try pool.experts.map { try $0.values(of: tensor.name) }
            let values = try merged.values(of: tensor.name)
            let far = values.indices.filter {
                abs(values[$0] - 0.1 * parts[0][$0] - 0.6 * parts[1][$0] - 0.3 * parts[2][$0]) > 0x1p-8
            }
            #expect(far.isEmpty, "\(tensor.name)")
        }
    }

    @Test("tensors lie anywhere: numbers that begin at odd bytes are combined the same")
    func unaligned() throws {
        let values = (0..<40).map { Double($0) / 16 }
        let weights = Tensor(name: "w", type: .float32, shape: [40], values: values)
        let text =
            #"{"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"F32","shape":[40],"data_offsets":[1,161]}}"#
        let bytes = [UInt8(text.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(text.utf8) + [7] + weights.bytes
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.file("odd")))
        let pool = try ExpertPool([scratch.file("odd"), scratch.file("odd")])
        let merged = try scratch.merged(pool, [0.5, 1])
        #expect(try merged.values(of: "w") == values.map { 1.5 * $0 })
        #expect(try merged.bytes(of: "b") == [7])
    }

    @Test("without any weight there are zeros; an expert of weight 0 is not looked at, whatever it holds")
    func zeros() throws {
        let bad = Tensor(name: "w", type: .float16, shape: [2], values: [.nan, .infinity])
        let good = Tensor(name: "w", type: .float16, shape: [2], values: [1, -2])
        let pool = try scratch.pool([[bad], [good]])
        #expect(try scratch.merged(pool, [0, 0.5]).values(of: "w") == [0.5, -1])
        #expect(try scratch.merged(pool, [0, 0]).bytes(of: "w") == [0, 0, 0, 0])
        #expect(try scratch.merged(pool, [0.5, 0.5]).values(of: "w")[0].isNaN)
    }

    @Test("coefficients that are not one an expert, or not finite in single precision, are refused")
    func badCoefficients() throws {
        let pool = try scratch.pool([randomExpert(seed: 1), randomExpert(seed: 2)])
        #expect(throws: ExpertError.coefficientCount(1, experts: 2)) { try scratch.merged(pool, [1]) }
        for value in [Double.infinity, 1e39] {
            #expect(throws: ExpertError.coefficient(index: 1, value: value)) { try scratch.merged(pool, [0, value]) }
        }
        #expect(try scratch.names.count == 2)
    }

    @Test("nothing is written over an expert, by whatever name it is called")
    func overExpert() throws {
        let pool = try scratch.pool([randomExpert(seed: 1), randomExpert(seed: 2)])
        let expert = scratch.file("expert-1.safetensors")
        let before = try contents(expert)
        try FileManager.default.createSymbolicLink(atPath: scratch.file("soft"), withDestinationPath: expert)
        try FileManager.default.linkItem(atPath: expert, toPath: scratch.file("hard"))
        for path in [expert, scratch.file("./expert-1.safetensors"), scratch.file("soft"), scratch.file("hard")] {
            #expect(throws: ExpertError.wouldOverwrite(expert: expert)) {
                try pool.materialise([0.5, 0.5], to: path)
            }
        }
        #expect(try contents(expert) == before)
        #expect(try scratch.names == ["expert-0.safetensors", "expert-1.safetensors", "hard", "soft"])
    }

    @Test("where a file cannot be written, it is said why, and nothing is left")
    func unwritable() throws {
        let pool = try scratch.pool([randomExpert(seed: 1), randomExpert(seed: 2)])
        let nowhere = scratch.file("none/merged")
        #expect(throws: ExpertError.system(path: nowhere, call: "open", code: ENOENT)) {
            try pool.materialise([0.5, 0.5], to: nowhere)
        }
        let folder = scratch.file("folder")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(throws: ExpertError.system(path: folder, call: "rename", code: EISDIR)) {
            try pool.materialise([0.5, 0.5], to: folder)
        }
        #expect(try scratch.names == ["expert-0.safetensors", "expert-1.safetensors", "folder"])
    }

    #if os(Linux)
        @Test("an expert that becomes shorter while it is open is an error, and nothing is left")
        func shortened() throws {
            let pool = try scratch.pool((0..<2).map { randomExpert(seed: UInt64($0), shape: [100, 1000]) })
            #expect(truncate(scratch.file("expert-1.safetensors"), 8192) == 0)
            for workers in 1...2 {
                #expect(throws: ExpertError.lost(path: scratch.file("expert-1.safetensors"))) {
                    try pool.materialise([0.5, 0.5], to: scratch.file("merged"), workers: workers)
                }
            }
            #expect(throws: ExpertError.lost(path: scratch.file("expert-1.safetensors"))) {
                try pool.nonFiniteWeights()
            }
            #expect(try scratch.names == ["expert-0.safetensors", "expert-1.safetensors"])
        }
    #endif
}

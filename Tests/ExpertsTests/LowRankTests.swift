import Experts
import Testing

@Suite("Low-rank adapters")
struct LowRankTests {
    private let scratch: Scratch
    private let names = (a: "model.layers.0.q_proj.lora_A.weight", b: "model.layers.0.q_proj.lora_B.weight")
    private let out = 6
    private let rank = 2
    private let into = 5

    init() throws { scratch = try Scratch() }

    /// An adapter whose numbers are small multiples of 1/8: their products and sums are exact in single precision.
    private func adapter(_ seed: Int) -> [Tensor] {
        func values(_ count: Int, _ step: Int) -> [Double] {
            (0..<count).map { Double((($0 + seed) * step) % 17 - 8) / 8 }
        }
        return [
            Tensor(name: names.a, type: .float32, shape: [rank, into], values: values(rank * into, 5)),
            Tensor(name: names.b, type: .float32, shape: [out, rank], values: values(out * rank, 7)),
            Tensor(name: "head.weight", type: .float32, shape: [3], values: values(3, 3)),
        ]
    }

    /// B A
    private func product(_ file: SafetensorsFile) throws -> [Double] {
        let (a, b) = (try file.values(of: names.a), try file.values(of: names.b))
        let rank = try #require(file.tensor(named: names.a)).shape[0]
        return (0..<out * into).map { cell in
            let (row, column) = (cell / into, cell % into)
            return (0..<rank).reduce(0) { $0 + b[row * rank + $1] * a[$1 * into + column] }
        }
    }

    @Test("as products, B A of the combination is the combination of the B A, exactly, at rank k r")
    func products() throws {
        let pool = try scratch.pool((1...3).map { adapter($0) })
        let coefficients = [0.5, -2, 0]
        let merged = try scratch.merged(pool, coefficients, as: .loraProduct)
        #expect(merged.tensor(named: names.a)?.shape == [3 * rank, into])
        #expect(merged.tensor(named: names.b)?.shape == [out, 3 * rank])
        let parts = try pool.experts.map(product)
        let expected = parts[0].indices.map { cell in (0..<3).reduce(0) { $0 + coefficients[$1] * parts[$1][cell] } }
        #expect(try product(merged) == expected)
        let heads = try pool.experts.map { try $0.values(of: "head.weight") }
        #expect(try merged.values(of: "head.weight") == (0..<3).map { 0.5 * heads[0][$0] - 2 * heads[1][$0] })
    }

    /// The broken twin of products: a sum of A and a sum of B have mixed products as well.
    @Test("one by one, A and B are combined linearly, and their product is another")
    func separately() throws {
        let pool = try scratch.pool((1...2).map { adapter($0) })
        let merged = try scratch.merged(pool, [0.5, 0.5])
        for name in [names.a, names.b] {
            let parts = try pool.experts.map { try $0.values(of: name) }
            #expect(try merged.values(of: name) == zip(parts[0], parts[1]).map { ($0 + $1) / 2 })
        }
        let parts = try pool.experts.map(product)
        #expect(try product(merged) != zip(parts[0], parts[1]).map { ($0 + $1) / 2 })
    }

    @Test("products of adapters larger than a window are the same with one thread and with two")
    func large() throws {
        let (out, rank, into) = (9_001, 16, 1_500)
        func values(_ count: Int, _ step: Int, _ seed: Int) -> [Double] {
            (0..<count).map { Double(($0 * step + seed) % 100) }
        }
        let experts: [[Tensor]] = (0..<3).map { seed in
            let (a, b) = (values(rank * into, 1, seed), values(out * rank, 3, seed))
            return [
                Tensor(name: names.a, type: .bfloat16, shape: [rank, into], values: a),
                Tensor(name: names.b, type: .bfloat16, shape: [out, rank], values: b),
            ]
        }
        let pool = try scratch.pool(experts)
        let coefficients = [1, 2, 0.5]
        let merged = try scratch.merged(pool, coefficients, as: .loraProduct)
        let first = try contents(merged.path)
        #expect(try merged.bytes(of: names.a) == experts.flatMap { $0[0].bytes })
        let b = try merged.values(of: names.b)
        let wrong = b.indices.filter { index in
            let (row, column) = (index / (3 * rank), index % (3 * rank))
            let (expert, place) = (column / rank, row * rank + column % rank)
            let weight = Double((place * 3 + expert) % 100)
            return b[index] != coefficients[expert] * weight
        }
        #expect(wrong.isEmpty)
        #expect(try contents(scratch.merged(pool, coefficients, as: .loraProduct, workers: 2).path) == first)
    }

    @Test("tensors that make no product are named, with the reason")
    func flaws() throws {
        let a = Tensor(name: "q.lora_A.weight", type: .float32, shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
        let b = Tensor(name: "q.lora_B.weight", type: .float32, shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
        let magnitude = Tensor(name: "q.lora_magnitude_vector", type: .float32, shape: [1], values: [1])
        let cases: [([Tensor], ExpertError)] = [
            ([a], .notLowRank(tensor: a.name, .noPartner(b.name))),
            ([b], .notLowRank(tensor: b.name, .noPartner(a.name))),
            ([a, b], .notLowRank(tensor: a.name, .shapes(a: [2, 3], b: [2, 3]))),
            ([magnitude], .notLowRank(tensor: magnitude.name, .magnitude)),
        ]
        for (tensors, error) in cases {
            let pool = try scratch.pool([tensors, tensors])
            #expect(throws: error) { try scratch.merged(pool, [0.5, 0.5], as: .loraProduct) }
            #expect(throws: Never.self) { try scratch.merged(pool, [0.5, 0.5]) }
        }
    }

    @Test("adapters of embeddings are pairs too")
    func embeddings() throws {
        let tensors = [
            Tensor(name: "e.lora_embedding_A", type: .float16, shape: [1, 2], values: [1, 2]),
            Tensor(name: "e.lora_embedding_B", type: .float16, shape: [2, 1], values: [3, 4]),
        ]
        let merged = try scratch.merged(scratch.pool([tensors, tensors]), [1, 0.5], as: .loraProduct)
        #expect(try merged.values(of: "e.lora_embedding_A") == [1, 2, 1, 2])
        #expect(try merged.values(of: "e.lora_embedding_B") == [3, 1.5, 4, 2])
    }
}

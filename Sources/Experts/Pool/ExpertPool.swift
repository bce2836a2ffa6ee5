import Foundation

/// Experts that can be combined: files whose tensors have the same names, shapes and types.
///
/// Nothing of them stays in memory; what is asked of all their weights reads them through, a window at a time.
public struct ExpertPool: Sendable {
    public let experts: [SafetensorsFile]
    /// Of every expert, its tensors in the order of the first.
    let tensors: [[TensorEntry]]

    /// Only one expert: all there is to compose is the expert itself.
    public var isPoint: Bool { experts.count == 1 }

    /// - Parameter paths: the files, in the order of their coefficients.
    /// - Throws: `ExpertError`: no file at all, one that cannot be read, or one that differs from the first.
    public init(_ paths: [String]) throws(ExpertError) {
        var files: [SafetensorsFile] = []
        for path in paths { files.append(try SafetensorsFile(path)) }
        guard let first = files.first else { throw .noExperts }
        var tensors: [[TensorEntry]] = []
        for file in files { tensors.append(try Self.counterparts(first, in: file)) }
        (experts, self.tensors) = (files, tensors)
        try checkCarried()
    }

    /// The expert files of a folder, by name: `*.safetensors`, and `adapter_model.safetensors` of its folders.
    public static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            let path = "\(folder)/\(name)"
            let adapter = "\(path)/adapter_model.safetensors"
            return name.hasSuffix(".safetensors")
                ? path : FileManager.default.fileExists(atPath: adapter) ? adapter : nil
        }
    }

    private static func counterparts(_ first: SafetensorsFile, in file: SafetensorsFile) throws(ExpertError)
        -> [TensorEntry]
    {
        var counterparts: [TensorEntry] = []
        for tensor in first.tensors {
            func differs(_ difference: ExpertError.Difference) -> ExpertError {
                .differs(path: file.path, tensor: tensor.name, difference)
            }
            guard let counterpart = file.tensor(named: tensor.name) else { throw differs(.missing) }
            guard counterpart.type == tensor.type else { throw differs(.type(counterpart.type, first: tensor.type)) }
            guard counterpart.shape == tensor.shape else {
                throw differs(.shape(counterpart.shape, first: tensor.shape))
            }
            counterparts.append(counterpart)
        }
        if let additional = file.tensors.first(where: { first.tensor(named: $0.name) == nil }) {
            throw .differs(path: file.path, tensor: additional.name, .additional)
        }
        return counterparts
    }

    private func checkCarried() throws(ExpertError) {
        for (tensor, entry) in tensors[0].enumerated() where !entry.type.isMergeable {
            for window in windows(entry.range.count) {
                let groups = try equalGroups(of: Array(experts.indices), tensor: tensor, window)
                if groups.count > 1 {
                    throw .unmergeable(path: experts[groups[1][0]].path, tensor: entry.name, type: entry.type)
                }
            }
        }
    }

    /// Groups of experts, counted from 0, that are the same in every byte of every tensor; empty if all differ.
    public func identicalExperts() throws(ExpertError) -> [[Int]] {
        var groups = [Array(experts.indices)]
        for (tensor, entry) in tensors[0].enumerated() {
            for window in windows(entry.range.count) {
                var parts: [[Int]] = []
                for group in groups { parts += try equalGroups(of: group, tensor: tensor, window) }
                groups = parts
                groups.removeAll { $0.count == 1 }
                if groups.isEmpty { return [] }
            }
        }
        return groups.filter { $0.count > 1 }
    }

    /// The experts of a group, by whether these bytes of a tensor are the same.
    private func equalGroups(of group: [Int], tensor: Int, _ window: Range<Int>) throws(ExpertError) -> [[Int]] {
        var parts: [(bytes: [UInt8], experts: [Int])] = []
        for expert in group {
            let bytes = try experts[expert].file.bytes(place(window, expert, tensor))
            if let part = parts.firstIndex(where: { $0.bytes == bytes }) {
                parts[part].experts.append(expert)
            } else {
                parts.append((bytes, [expert]))
            }
        }
        return parts.map(\.experts)
    }

    /// Every tensor that has weights which are infinite or no numbers, and how many.
    public func nonFiniteWeights() throws(ExpertError) -> [NonFiniteWeights] {
        let room = UnsafeMutableRawPointer.allocate(byteCount: windowBytes, alignment: 64)
        defer { room.deallocate() }
        var found: [NonFiniteWeights] = []
        for expert in experts.indices {
            for (tensor, entry) in tensors[expert].enumerated() {
                guard let weight = entry.type.weight else { continue }
                var count = 0
                for window in windows(entry.range.count) {
                    try read(window, expert, tensor, into: room)
                    count += weight.nonFiniteCount(room, count: window.count * 8 / entry.type.bits)
                }
                if count > 0 { found.append(.init(path: experts[expert].path, tensor: entry.name, count: count)) }
            }
        }
        return found
    }

    /// Where bytes of an expert's tensor lie in its file.
    func place(_ bytes: Range<Int>, _ expert: Int, _ tensor: Int) -> Range<Int> {
        experts[expert].place(bytes, in: tensors[expert][tensor])
    }

    func read(_ bytes: Range<Int>, _ expert: Int, _ tensor: Int, into room: UnsafeMutableRawPointer)
        throws(ExpertError)
    {
        try experts[expert].file.read(place(bytes, expert, tensor), into: room)
    }
}

/// Bytes that are read or written at a time.
let windowBytes = 1 << 18
/// Bytes of an expert, and experts, that are added up at a time: with their sums, they stay in the cache of a core.
let pieceBytes = 1 << 16
let expertsAtOnce = 4

func windows(_ bytes: Int, each: Int = windowBytes) -> [Range<Int>] {
    stride(from: 0, to: bytes, by: each).map { $0..<min(bytes, $0 + each) }
}

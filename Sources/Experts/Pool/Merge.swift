import Dispatch
import Synchronization

/// A combination of experts as steps, each of which writes a part of the file: in any order, with the same bytes.
struct Merge {
    let header: SafetensorsHeader
    private let pool: ExpertPool
    /// Experts that take part, and how much.
    private let coefficients: [Double]
    private var steps: [Step] = []
    private var longestStep = windowBytes

    /// What to write, and to which byte of the file.
    private enum Step {
        /// Bytes of one expert, as they are.
        case copy(expert: Int, tensor: Int, bytes: Range<Int>, to: Int)
        /// The weighted sum over the experts.
        case combine(tensor: Int, bytes: Range<Int>, to: Int)
        /// Rows of all experts side by side, weighted.
        case besides(tensor: Int, rows: Range<Int>, to: Int)
    }

    /// - Parameter coefficients: one an expert, finite in single precision.
    /// - Throws: `ExpertError.notLowRank` if products are asked of tensors that make none.
    init(_ pool: ExpertPool, _ coefficients: [Double], _ rule: MergeRule) throws(ExpertError) {
        (self.pool, self.coefficients) = (pool, coefficients)
        let entries = pool.tensors[0]
        let roles = try rule == .loraProduct ? lowRankRoles(entries) : entries.map { _ in nil }
        var metadata = pool.experts[0].header.metadata
        metadata["knee.coefficients"] = coefficients.map { "\($0)" }.joined(separator: " ")
        do {
            header = try SafetensorsHeader(
                metadata: metadata,
                layingOut: zip(entries, roles).map { ($0.name, $0.type, Self.shape($0, $1, pool.experts.count)) })
        } catch {
            throw .flawed(path: pool.experts[0].path, error)
        }
        let places = Dictionary(uniqueKeysWithValues: header.tensors.map { ($0.name, $0.range.lowerBound) })
        for (tensor, entry) in entries.enumerated() where !entry.range.isEmpty {
            let place = header.dataStart + places[entry.name, default: 0]
            switch roles[tensor] {
            case .down: stack(tensor, entry, at: place)
            case .up: setBesides(tensor, entry, at: place)
            case nil: add(tensor, entry, at: place)
            }
        }
    }

    private static func shape(_ entry: TensorEntry, _ role: LowRankRole?, _ experts: Int) -> [Int] {
        switch role {
        case .down: [entry.shape[0] * experts, entry.shape[1]]
        case .up: [entry.shape[0], entry.shape[1] * experts]
        case nil: entry.shape
        }
    }

    private mutating func stack(_ tensor: Int, _ entry: TensorEntry, at place: Int) {
        let bytes = entry.range.count
        for expert in coefficients.indices {
            for window in windows(bytes) {
                let to = place + expert * bytes + window.lowerBound
                steps.append(.copy(expert: expert, tensor: tensor, bytes: window, to: to))
            }
        }
    }

    private mutating func setBesides(_ tensor: Int, _ entry: TensorEntry, at place: Int) {
        let count = entry.shape[0]
        let row = entry.range.count / count * coefficients.count
        let rows = max(1, windowBytes / row)
        longestStep = max(longestStep, row)
        for start in stride(from: 0, to: count, by: rows) {
            steps.append(.besides(tensor: tensor, rows: start..<min(count, start + rows), to: place + start * row))
        }
    }

    private mutating func add(_ tensor: Int, _ entry: TensorEntry, at place: Int) {
        let copied = entry.type.isMergeable ? sole : 0
        for window in windows(entry.range.count) {
            let to = place + window.lowerBound
            steps.append(
                copied.map { .copy(expert: $0, tensor: tensor, bytes: window, to: to) }
                    ?? .combine(tensor: tensor, bytes: window, to: to))
        }
    }

    /// Experts whose coefficients are not 0.
    private var partaking: [Int] { coefficients.indices.filter { coefficients[$0] != 0 } }

    /// The expert that is the whole combination.
    private var sole: Int? {
        let partaking = partaking
        return partaking.count == 1 && coefficients[partaking[0]] == 1 ? partaking[0] : nil
    }

    /// What a worker works in.
    private struct Room {
        /// Pieces of a few experts, or one longer part of one.
        let read: UnsafeMutableRawPointer
        let sums: UnsafeMutableRawPointer
        let written: UnsafeMutableRawPointer

        init(bytes: Int) {
            // The last group of numbers may be longer than what there is of them.
            let bytes = bytes + weightGroup * 8
            read = .allocate(byteCount: max(bytes, expertsAtOnce * pieceBytes), alignment: 64)
            // Single precision for numbers of half the size.
            sums = .allocate(byteCount: 2 * bytes, alignment: 64)
            written = .allocate(byteCount: bytes, alignment: 64)
        }

        func deallocate() { for buffer in [read, sums, written] { buffer.deallocate() } }

        /// What is to be written.
        func result(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: written, count: count) }
    }

    /// Writes header and tensors.
    func write(to output: OutputFile, workers: Int) throws(ExpertError) {
        try output.reserve(header.dataStart + header.dataBytes)
        try output.write(header.encoded.span.bytes, at: 0)
        let failure = Mutex(ExpertError?.none)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let room = Room(bytes: longestStep)
            defer { room.deallocate() }
            do throws(ExpertError) {
                for step in stride(from: worker, to: steps.count, by: workers) {
                    if failure.withLock({ $0 != nil }) { return }
                    try perform(steps[step], in: room, output)
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func perform(_ step: Step, in room: Room, _ output: OutputFile) throws(ExpertError) {
        switch step {
        case .copy(let expert, let tensor, let bytes, let to):
            try pool.read(bytes, expert, tensor, into: room.written)
            try output.write(room.result(bytes.count).bytes, at: to)
        case .combine(let tensor, let bytes, let to):
            for piece in windows(bytes.count, each: pieceBytes) {
                let place = bytes.lowerBound + piece.lowerBound
                try combine(tensor, place..<place + piece.count, in: room, at: piece.lowerBound)
            }
            try output.write(room.result(bytes.count).bytes, at: to)
        case .besides(let tensor, let rows, let to):
            let row = pool.tensors[0][tensor].range.count / pool.tensors[0][tensor].shape[0]
            try setBesides(tensor, rows, row, in: room)
            try output.write(room.result(rows.count * row * coefficients.count).bytes, at: to)
        }
    }

    private func combine(_ tensor: Int, _ bytes: Range<Int>, in room: Room, at place: Int) throws(ExpertError) {
        let type = pool.tensors[0][tensor].type
        let count = bytes.count * 8 / type.bits
        let partaking = partaking
        guard !partaking.isEmpty else {
            (room.written + place).initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count)
            return
        }
        type.weight?.clear(room.sums, count: count)
        for first in stride(from: 0, to: partaking.count, by: expertsAtOnce) {
            let experts = partaking[first..<min(first + expertsAtOnce, partaking.count)]
            var pieces: [UnsafeRawPointer?] = []
            for expert in experts {
                let piece = room.read + pieces.count * pieceBytes
                try pool.read(bytes, expert, tensor, into: piece)
                pieces.append(UnsafeRawPointer(piece))
            }
            type.weight?.add(pieces, times: experts.map { coefficients[$0] }, count: count, to: room.sums)
        }
        type.weight?.round(room.sums, count: count, into: room.written + place)
    }

    private func setBesides(_ tensor: Int, _ rows: Range<Int>, _ row: Int, in room: Room) throws(ExpertError) {
        let type = pool.tensors[0][tensor].type
        let bytes = rows.lowerBound * row..<rows.upperBound * row
        let count = bytes.count * 8 / type.bits
        room.written.initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count * coefficients.count)
        for expert in partaking {
            try pool.read(bytes, expert, tensor, into: room.read)
            type.weight?.clear(room.sums, count: count)
            type.weight?.add([UnsafeRawPointer(room.read)], times: [coefficients[expert]], count: count, to: room.sums)
            // What was read is of no use any more.
            type.weight?.round(room.sums, count: count, into: room.read)
            for index in 0..<rows.count {
                let place = (index * coefficients.count + expert) * row
                (room.written + place).copyMemory(from: room.read + index * row, byteCount: row)
            }
        }
    }
}

import Experts
import Foundation
import Inner

/// Expert files of a benchmark, in a folder of their own.
struct MergeFiles {
    let paths: [String]
    /// Where a combination is written to.
    let output: String
    /// Of all files together.
    let bytes: Int
    private let folder: String

    /// Bytes that are read at a time.
    private static let window = 1 << 18

    /// Writes the files: tensors of 4 MB, of normal numbers.
    init(in parent: String, experts: Int, bytes: Int, type: ElementType) throws {
        folder = URL(filePath: parent).appending(path: "knee-merge-\(UUID().uuidString)").path
        let folder = folder
        let needed = bytes * (experts + 1)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let free = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? NSNumber
        if let free, free.intValue < needed + needed / 4 {
            try FileManager.default.removeItem(atPath: folder)
            throw CocoaError(.fileWriteOutOfSpace)
        }
        paths = (0..<experts).map { "\(folder)/expert-\($0).safetensors" }
        output = "\(folder)/merged.safetensors"
        self.bytes = bytes * experts
        let tensorCount = max(1, bytes / 4_000_000)
        let count = bytes / tensorCount / (type.bits / 8)
        for (expert, path) in paths.enumerated() {
            var stream = RandomStream(seed: UInt64(expert))
            let values = (0..<min(count, 1 << 18)).map { _ in 0.02 * stream.normal() }
            let tile = Tensor(name: "", type: type, shape: [values.count], values: values).bytes
            var content: [UInt8] = []
            while content.count < count * type.bits / 8 { content += tile }
            content.removeLast(content.count - count * type.bits / 8)
            let tensors = (0..<tensorCount).map {
                Tensor(name: "layer.\($0)", type: type, shape: [count], bytes: content)
            }
            try SafetensorsFile.write(tensors, to: path)
        }
    }

    func removeOutput() { unlink(output) }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Reads every file through one buffer, and writes as much as one file holds.
    func stream() throws {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.window, alignment: 64)
        defer { buffer.deallocate() }
        let target = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard target >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(target) }
        for (number, path) in paths.enumerated() {
            let source = open(path, O_RDONLY)
            guard source >= 0 else { throw CocoaError(.fileReadUnknown) }
            defer { close(source) }
            var place = 0
            while case let count = pread(source, buffer, Self.window, off_t(place)), count > 0 {
                if number == 0, pwrite(target, buffer, count, off_t(place)) != count {
                    throw CocoaError(.fileWriteUnknown)
                }
                place += count
            }
        }
    }
}

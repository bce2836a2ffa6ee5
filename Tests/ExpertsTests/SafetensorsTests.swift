import Experts
import Foundation
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
    @Test("a file of the format's own package is read: every kind of type, name, shape and metadata")
    func read() throws {
        let file = try SafetensorsFile(fixture("types.safetensors"))
        #expect(file.header.metadata == ["format": "pt", "note": "tab\t \"quote\" ü"])
        #expect(file.tensors.count == 10)
        for type in mergeable {
            let tensor = try #require(file.tensor(named: "weights.\(type.rawValue)"))
            #expect(tensor.type == type && tensor.shape == [2, 3])
            #expect(try file.values(of: tensor.name) == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
        }
        #expect(try file.values(of: "scalar") == [1.5])
        #expect(file.tensor(named: "scalar")?.shape == [])
        #expect(try file.values(of: "empty") == [])
        let quoted = "a \"quoted\"\\ näme\n\u{1F426}"
        #expect(try file.bytes(of: quoted) == (0..<6).flatMap { [$0, 0] })
        #expect(file.tensor(named: "flags")?.type == .bool)
        #expect(throws: ExpertError.noNumbers(path: file.path, tensor: "counts")) { try file.values(of: "counts") }
        #expect(throws: ExpertError.noNumbers(path: file.path, tensor: "none")) { try file.values(of: "none") }
    }

    @Test("what is written is read again, aligned, and the same bytes whatever the order of the tensors")
    func write() throws {
        let scratch = try Scratch()
        let file = try SafetensorsFile(fixture("types.safetensors"))
        let tensors = try file.tensors.map {
            Tensor(name: $0.name, type: $0.type, shape: $0.shape, bytes: try file.bytes($0))
        }
        let metadata = file.header.metadata.merging(["\u{1}\\": "\u{1F}\"/"]) { $1 }
        let path = try scratch.write(tensors, metadata: metadata, as: "a.safetensors")
        let again = try SafetensorsFile(path)
        #expect(again.header.metadata == metadata && again.tensors.count == tensors.count)
        #expect(again.header.dataStart.isMultiple(of: 8))
        for tensor in tensors {
            let entry = try #require(again.tensor(named: tensor.name))
            #expect(entry.type == tensor.type && entry.shape == tensor.shape)
            #expect(try again.bytes(entry) == tensor.bytes)
            #expect((entry.range.lowerBound * 8).isMultiple(of: entry.type.bits))
        }
        let reversed = try scratch.write(tensors.reversed(), metadata: metadata, as: "b.safetensors")
        #expect(try contents(path) == contents(reversed))
        #expect(try scratch.names == ["a.safetensors", "b.safetensors"])
    }

    @Test("a name that occurs twice is not written, nor one that is reserved")
    func writeTwice() throws {
        let scratch = try Scratch()
        let tensor = Tensor(name: "w", type: .float32, shape: [1], values: [1])
        let path = scratch.file("a")
        #expect(throws: ExpertError.flawed(path: path, .duplicate(name: "w"))) {
            try scratch.write([tensor, tensor], as: "a")
        }
        #expect(throws: ExpertError.flawed(path: path, .duplicate(name: "__metadata__"))) {
            try scratch.write([Tensor(name: "__metadata__", type: .float32, shape: [0], values: [])], as: "a")
        }
        #expect(try scratch.names == [])
    }
}

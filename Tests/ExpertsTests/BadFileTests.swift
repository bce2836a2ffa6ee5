import Experts
import Foundation
import Inner
import Testing

@Suite("Bad safetensors files")
struct BadFileTests {
    /// A file with this header, and data behind it.
    private func file(_ header: String, dataBytes: Int = 0) -> [UInt8] {
        let length = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
            + [UInt8](repeating: 0, count: dataBytes)
    }

    private func flaw(_ bytes: [UInt8]) -> SafetensorsFlaw? {
        do throws(SafetensorsFlaw) {
            _ = try SafetensorsHeader(parsing: bytes.span)
            return nil
        } catch {
            return error
        }
    }

    private func flaw(_ header: String, dataBytes: Int = 0) -> SafetensorsFlaw? {
        flaw(file(header, dataBytes: dataBytes))
    }

    private func tensor(_ type: String, _ shape: String, _ begin: Int, _ end: Int) -> String {
        #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#
    }

    @Test("every flaw is told with its evidence")
    func flaws() {
        let most = "a whole number from 0 to \(Int.max)"
        #expect(flaw("{}") == nil && flaw("{ }   ") == nil)
        #expect(flaw(#"{"__metadata__":{}}"#) == nil)
        #expect(flaw([1, 2, 3]) == .truncated(bytes: 3, needed: 8))
        #expect(flaw(Array(file("{}").prefix(9))) == .truncated(bytes: 9, needed: 10))
        #expect(flaw([1, 0xE1, 0xF5, 5, 0, 0, 0, 0]) == .headerTooLong(bytes: 100_000_001))
        #expect(flaw([UInt8](repeating: 255, count: 8)) == .headerTooLong(bytes: .max))
        #expect(flaw("") == .unreadable(byte: 0, expected: "{"))
        #expect(flaw(" {}") == .unreadable(byte: 0, expected: "{"))
        #expect(flaw("{}x") == .unreadable(byte: 2, expected: "the end"))
        #expect(flaw(#"{"a":1}"#) == .unreadable(byte: 5, expected: "{"))
        #expect(flaw(#"{"a":{},}"#) == .missingField(tensor: "a", field: "dtype"))
        #expect(flaw(#"{"a":{"dtype":"F32","data_offsets":[0,0]}}"#) == .missingField(tensor: "a", field: "shape"))
        #expect(flaw(#"{"a":{"dtype":"F32","shape":[]}}"#) == .missingField(tensor: "a", field: "data_offsets"))
        #expect(
            flaw(#"{"a":{"size":1}}"#) == .unreadable(byte: 13, expected: "dtype, shape or data_offsets, not size"))
        #expect(flaw(#"{"__metadata__":{"a":1}}"#) == .unreadable(byte: 21, expected: "\""))
        #expect(flaw(#"{"__metadata__":{"a":"1","a":"2"}}"#) == .duplicate(name: "__metadata__: a"))
        #expect(flaw(#"{"__metadata__":{},"__metadata__":{}}"#) == .duplicate(name: "__metadata__"))
        #expect(flaw(#"{"a":{"dtype":"F32","dtype":"F32"}}"#) == .duplicate(name: "a: dtype"))
        let byte = tensor("U8", "[1]", 0, 1)
        #expect(flaw(#"{"a":\#(byte),"\u0061":\#(byte)}"#, dataBytes: 1) == .duplicate(name: "a"))
        #expect(flaw(#"{"a":\#(tensor("F31", "[1]", 0, 4))}"#) == .unknownType(tensor: "a", type: "F31"))
        #expect(flaw(#"{"a":\#(tensor("F32", "[2]", 4, 0))}"#) == .reversed(tensor: "a", begin: 4, end: 0))
        #expect(
            flaw(#"{"a":\#(tensor("F32", "[2]", 0, 8))}"#, dataBytes: 7)
                == .outOfRange(tensor: "a", begin: 0, end: 8, dataBytes: 7))
        #expect(
            flaw(#"{"a":\#(tensor("F32", "[2,1]", 0, 7))}"#, dataBytes: 7)
                == .wrongSize(tensor: "a", bytes: 7, needed: 8))
        let huge = 1 << 40
        #expect(
            flaw(#"{"a":\#(tensor("F32", "[\(huge),\(huge),0]", 0, 0))}"#)
                == .tooLarge(tensor: "a", shape: [huge, huge, 0]))
        #expect(flaw(#"{"a":\#(tensor("F4", "[3]", 0, 1))}"#, dataBytes: 1) == .partialByte(tensor: "a", bits: 12))
        #expect(flaw(#"{"a":\#(tensor("F4", "[4]", 0, 2))}"#, dataBytes: 2) == nil)
        #expect(
            flaw(#"{"a":\#(byte),"b":\#(tensor("U8", "[1]", 2, 3))}"#, dataBytes: 3)
                == .hole(tensor: "b", begin: 2, previousEnd: 1))
        #expect(
            flaw(#"{"b":\#(tensor("U8", "[2]", 1, 3)),"a":\#(tensor("U8", "[2]", 0, 2))}"#, dataBytes: 3)
                == .overlap(tensor: "b", begin: 1, previousEnd: 2))
        #expect(flaw(#"{"a":\#(byte)}"#, dataBytes: 3) == .uncovered(bytes: 2, dataBytes: 3))
        for number in ["-1", "01", "1.0", "1e3", "9223372036854775808", "x"] {
            let found = flaw(#"{"a":{"dtype":"U8","shape":[\#(number)],"data_offsets":[0,1]}}"#, dataBytes: 1)
            guard case .unreadable? = found else {
                Issue.record("\(number): \(String(describing: found))")
                continue
            }
            if number == "-1" { #expect(found == .unreadable(byte: 28, expected: most)) }
        }
        for string in [#"\x"#, #"\u12"#, #"\ud800"#, #"\ud800\u0041"#, #"\udc00"#, "\n", #"\"#] {
            guard case .unreadable? = flaw(#"{"__metadata__":{"a":"\#(string)"}}"#) else {
                Issue.record("\(string) is a string")
                continue
            }
        }
    }

    /// The header of a small file, and where it ends.
    private func small() throws -> (bytes: [UInt8], headerEnd: Int) {
        let bytes = try contents(fixture("types.safetensors"))
        return (bytes, try SafetensorsHeader(parsing: bytes.span).dataStart)
    }

    @Test("a file that is cut off at any byte is an error")
    func truncation() throws {
        let (bytes, _) = try small()
        for count in bytes.indices { #expect(flaw(Array(bytes[..<count])) != nil, "\(count) bytes") }
    }

    @Test("with any byte of the header changed, to anything, there is an error or a header that keeps to the format")
    func changes() throws {
        let (bytes, headerEnd) = try small()
        var (changed, accepted) = (bytes, 0)
        for place in 0..<headerEnd {
            for change: UInt8 in [1, 2, 4, 8, 16, 32, 64, 128, 3, 255] {
                changed[place] = bytes[place] ^ change
                if let header = try? SafetensorsHeader(parsing: changed.span) {
                    accepted += 1
                    #expect(header.dataStart + header.dataBytes == bytes.count)
                }
            }
            changed[place] = bytes[place]
        }
        #expect(accepted > 0, "another letter in a name is a good header")
    }

    @Test("random bytes behind an opening brace are an error")
    func randomHeaders() {
        var stream = RandomStream(seed: 4)
        let alphabet = Array(#"{}[]",:\u019 aeDdF32"#.utf8)
        for _ in 0..<20_000 {
            let text = (0..<24).map { _ in alphabet[Int(stream.uniform() * Double(alphabet.count))] }
            #expect(flaw([25, 0, 0, 0, 0, 0, 0, 0, UInt8(ascii: "{")] + text) != nil)
        }
    }

    @Test("a folder, a pipe, an empty file and none are told apart")
    func noFile() throws {
        let scratch = try Scratch()
        #expect(throws: ExpertError.notAFile(path: scratch.path)) { try SafetensorsFile(scratch.path) }
        #expect(throws: ExpertError.system(path: scratch.file("none"), call: "open", code: ENOENT)) {
            try SafetensorsFile(scratch.file("none"))
        }
        try Data().write(to: URL(fileURLWithPath: scratch.file("empty")))
        #expect(throws: ExpertError.flawed(path: scratch.file("empty"), .truncated(bytes: 0, needed: 8))) {
            try SafetensorsFile(scratch.file("empty"))
        }
        #expect(mkfifo(scratch.file("pipe"), 0o600) == 0)
        #expect(throws: ExpertError.notAFile(path: scratch.file("pipe"))) { try SafetensorsFile(scratch.file("pipe")) }
    }
}

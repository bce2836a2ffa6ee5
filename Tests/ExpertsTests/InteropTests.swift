import Experts
import Foundation
import Testing

@Suite("Expert files, read by others", .enabled(if: isInterop, "KNEE_INTEROP=1 installs safetensors from PyPI"))
struct InteropTests {
    private struct Found: Decodable {
        let name: String, dtype: String, shape: [Int], bytes: [UInt8]
    }

    private struct Answer: Decodable { let tensors: [Found], metadata: [String: String] }

    @Test("the format's own package reads what is written, tensors and metadata")
    func read() throws {
        let scratch = try Scratch()
        let source = try SafetensorsFile(fixture("types.safetensors"))
        let tensors = try source.tensors.map {
            Tensor(name: $0.name, type: $0.type, shape: $0.shape, bytes: try source.bytes($0))
        }
        let metadata = ["format": "pt", "a \"key\"\u{7}": "ü\n\\"]
        let pool = try ExpertPool([
            try scratch.write(tensors, metadata: metadata, as: "a"), try scratch.write(tensors, as: "b"),
        ])
        let merged = try scratch.merged(pool, [0.5, 0.25])
        let script = """
            import json
            from safetensors import deserialize, safe_open
            data = open("merged.safetensors", "rb").read()
            tensors = [dict(name=name, dtype=t["dtype"], shape=t["shape"], bytes=list(t["data"]))
                       for name, t in deserialize(data)]
            with safe_open("merged.safetensors", "np") as file:
                metadata = file.metadata()
            json.dump(dict(tensors=tensors, metadata=metadata), open("answer.json", "w"))
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: scratch.file("read.py")))
        let commands = """
            set -e
            cd '\(scratch.path)'
            python3 -m venv venv
            venv/bin/pip install -q safetensors==0.8.0 numpy==2.4.6
            venv/bin/python read.py >log 2>&1 || { cat log >&2; exit 1; }
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", commands]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let answer = try JSONDecoder().decode(
            Answer.self, from: Data(contentsOf: URL(fileURLWithPath: scratch.file("answer.json"))))
        #expect(answer.metadata == metadata.merging(["knee.coefficients": "0.5 0.25"]) { $1 })
        #expect(answer.tensors.count == tensors.count)
        for found in answer.tensors {
            let tensor = try #require(merged.tensor(named: found.name))
            #expect(found.dtype == tensor.type.rawValue && found.shape == tensor.shape)
            #expect(try merged.bytes(tensor) == found.bytes)
        }
    }
}

private let isInterop = ProcessInfo.processInfo.environment["KNEE_INTEROP"] == "1"

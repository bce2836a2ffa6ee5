import Foundation
import Testing

@Suite("Progress")
struct ProgressTests {
    private let program: Program

    init() throws { program = try Program() }

    @Test("on a terminal there is one live line: bar, share, searches, rate, ETA, best arm, within its width")
    func live() throws {
        let leader = posix_openpt(O_RDWR | O_NOCTTY)
        try #require(leader >= 0 && grantpt(leader) == 0 && unlockpt(leader) == 0)
        let name = String(cString: try #require(ptsname(leader)))
        let terminal = try #require(FileHandle(forUpdatingAtPath: name))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.executable)
        process.arguments = ["learn", "nist/enso", "--max-evaluations", "300k", "--ceiling", "18k"]
        process.environment = ["TERM": "xterm", "PATH": "/usr/bin:/bin"]
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        process.standardError = terminal
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try terminal.close()
        var seen: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            // The other side closes when the program ends: Linux then answers with an error.
            let count = read(leader, &buffer, buffer.count)
            guard count > 0 else { break }
            seen += buffer[..<count]
        }
        process.waitUntilExit()
        close(leader)
        let frames = String(decoding: seen, as: UTF8.self).components(separatedBy: "\r\u{1B}[K")
        #expect(frames.count > 3)
        let line = try #require(frames.dropLast().last)
        for part in ["[=", " %", " searches", " evaluations/s", "ETA ", "best "] {
            #expect(line.contains(part), "\(line)")
        }
        #expect(frames.dropFirst().allSatisfy { $0.count < 80 })
        #expect(frames.last == "", "the line is wiped away at the end")
    }

    @Test("elsewhere nothing is drawn, and --quiet says nothing at all")
    func plain() throws {
        let command = ["learn", "sphere", "--dimension", "2", "--max-pulls", "20", "--ceiling", "1k"]
        let plain = try program.start(command).finish()
        #expect(plain.errors == "study sphere-1 in runs/knee.sqlite\n")
        #expect(try program.start(command + ["--quiet"]).finish().errors.isEmpty)
    }
}

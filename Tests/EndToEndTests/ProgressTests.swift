import Foundation
import Testing

#if os(Linux)
    @Suite("Progress")
    struct ProgressTests {
        private let program: Program

        init() throws { program = try Program() }

        @Test(
            "on a terminal there is one live line: bar, share, searches, rate, ETA and the whole best arm, in 80 columns",
            arguments: [
                ["--max-evaluations", "16M"], ["--max-pulls", "100"], ["--max-pulls", "100", "--max-time", "1h"],
            ])
        func live(limits: [String]) throws {
            // The longest label of the usual arms.
            let arm = [
                "--swarm-sizes", "128", "--inertias", "0.7298", "--topologies", "vonNeumann", "--floor", "160k",
                "--ceiling", "160k",
            ]
            let frames = try frames(["learn", "nist/misra1a", "--spend-all", "--confirm", "0"] + limits + arm)
            #expect(frames.count > 3)
            let line = try #require(frames.dropLast().last)
            #expect(
                line.contains(
                    /^\[=[= ]+\] \d+%  \d+ pulls  [\d.]+[kM]?\/s  ETA \w+  best 128 x 1,250, w 0\.7298, vonNeumann$/),
                "\(line)")
            #expect(frames.dropFirst().allSatisfy { $0.count < 80 })
            #expect(frames.last == "", "the line is wiped away at the end")
        }

        /// What a program draws on a terminal of 80 columns, a frame at a time.
        private func frames(_ arguments: [String]) throws -> [String] {
            let (leader, terminal) = try pseudoTerminal()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Program.executable)
            process.arguments = arguments
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
            return String(decoding: seen, as: UTF8.self).components(separatedBy: "\r\u{1B}[K")
        }

        /// The two sides of a new terminal, of 80 columns.
        ///
        /// - SeeAlso: ioctl_tty(2); Swift sees neither posix_openpt nor these requests' names.
        private func pseudoTerminal() throws -> (leader: Int32, terminal: FileHandle) {
            let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
            let leader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (locked, index): (Int32, Int32) = (0, 0)
            try #require(leader >= 0 && ioctl(leader, unlock, &locked) == 0 && ioctl(leader, number, &index) == 0)
            return (leader, try #require(FileHandle(forUpdatingAtPath: "/dev/pts/\(index)")))
        }

        @Test("elsewhere nothing is drawn, and --quiet says nothing at all")
        func plain() throws {
            let command = ["learn", "sphere", "--dimension", "2", "--max-pulls", "20", "--ceiling", "1k"]
            let plain = try program.start(command).finish()
            #expect(
                plain.errors.contains(
                    /^study sphere-1 in runs\/knee\.sqlite\nconfirming: \d+ fresh searches of [\d,]+ evaluations\n$/),
                "\(plain.errors)")
            #expect(try program.start(command + ["--quiet"]).finish().errors.isEmpty)
        }
    }
#endif

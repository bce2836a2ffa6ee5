#if os(Linux)
    import Foundation
    import Testing

    @Suite("Standard output")
    struct OutputTests {
        private func end(_ arguments: [String], writingTo output: Any) throws -> (code: Int32, errors: String) {
            let (process, errors) = (Process(), Pipe())
            process.executableURL = URL(fileURLWithPath: Program.executable)
            process.arguments = arguments
            (process.standardOutput, process.standardError) = (output, errors)
            try process.run()
            let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus, told)
        }

        @Test("what cannot be written is told, with an exit code", arguments: [["list", "problems"], ["--help"]])
        func lost(arguments: [String]) throws {
            for (place, code) in [("/dev/full", 1), ("/dev/null", 0)] as [(String, Int32)] {
                let ended = try end(arguments, writingTo: FileHandle(forWritingTo: URL(fileURLWithPath: place)))
                #expect(ended.code == code, "\(place)")
                #expect(ended.errors.contains("not all of the output could be written") == (code == 1), "\(ended)")
            }
        }

        @Test("a reader that goes away is no error")
        func reader() throws {
            let output = Pipe()
            try output.fileHandleForReading.close()
            let ended = try end(["list", "problems"], writingTo: output)
            #expect(ended.code == 0 && ended.errors.isEmpty, "\(ended)")
        }
    }
#endif

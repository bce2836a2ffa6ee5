import Foundation

/// A program that is sent ready-made lines with bare system calls, and whose answers nobody reads: what is left of asking
/// when all of our own work is gone.
final class BarePipe {
    private let process = Process()
    private let requests: Int32
    private let answers: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(_ words: [String]) throws {
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        requests = dup(input.fileHandleForWriting.fileDescriptor)
        answers = dup(output.fileHandleForReading.fileDescriptor)
    }

    /// The program ends when nothing more can come.
    deinit {
        close(requests)
        close(answers)
    }

    /// Sends a line and waits for one.
    func exchange(_ line: [UInt8]) {
        var sent = 0
        while sent < line.count {
            let count = line.withUnsafeBytes { write(requests, $0.baseAddress! + sent, line.count - sent) }
            precondition(count > 0, "the program has ended")
            sent += count
        }
        var polled = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
        var count = 0
        repeat {
            poll(&polled, 1, -1)
            count = buffer.withUnsafeMutableBytes { read(answers, $0.baseAddress, $0.count) }
            precondition(count > 0, "the program has ended")
        } while buffer[count - 1] != UInt8(ascii: "\n")
    }
}

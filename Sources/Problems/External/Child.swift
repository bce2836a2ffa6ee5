import Foundation
import Subprocess

/// What all child processes have in common.
enum Child {
    /// Bytes of an answer line, or of a whole output, that are kept.
    static let outputLimit = 16 << 20
    /// Bytes of evidence that are kept.
    static let evidenceLimit = 2048

    /// A process group of its own, so that Ctrl-C in the terminal reaches only this program, and so that what the child starts can
    /// be ended with it: TERM, then KILL.
    static var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = teardown
        return options
    }

    static let teardown: [TeardownStep] = [
        .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]

    /// Ends whatever a finished child has left in its group.
    static func sweep(_ leader: ProcessIdentifier) { kill(-leader.value, SIGKILL) }

    /// The first `limit` bytes of a stream, which is read to its end.
    static func collect(_ stream: SubprocessOutputSequence, limit: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in stream where bytes.count < limit {
                buffer.withUnsafeBytes { bytes += $0.prefix(limit - bytes.count) }
            }
        } catch {
            // A stream that breaks ends: what came before is what there is.
        }
        return bytes
    }

    /// `exit code 3; standard error: ...`
    static func evidence(_ status: TerminationStatus, standardError: [UInt8]) -> String {
        let end =
            switch status {
            case .exited(let code): "exit code \(code)"
            case .signaled(let signal): "signal \(signal)"
            }
        let text = clipped(String(decoding: standardError, as: UTF8.self))
        return text.isEmpty ? end : "\(end); standard error: \(text)"
    }

    /// At most as much as is kept, without blanks around it.
    static func clipped(_ text: some StringProtocol) -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.utf8.count <= evidenceLimit ? trimmed : String(trimmed.prefix(evidenceLimit)) + "..."
    }
}

/// Lines of a stream as bytes.
struct LineReader {
    private var stream: SubprocessOutputSequence.AsyncIterator
    private var pending: [UInt8] = []
    private var scanned = 0

    init(_ stream: SubprocessOutputSequence) { self.stream = stream.makeAsyncIterator() }

    /// The next line without its end; nil at the end of the stream, or if a line passes all bounds.
    mutating func next() async -> [UInt8]? {
        while pending.count <= Child.outputLimit {
            if let end = pending[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<end])
                pending.removeSubrange(...end)
                scanned = 0
                return line
            }
            scanned = pending.count
            guard let buffer = try? await stream.next() else { return nil }
            buffer.withUnsafeBytes { pending += $0 }
        }
        return nil
    }
}

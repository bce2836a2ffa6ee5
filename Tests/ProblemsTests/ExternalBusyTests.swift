import Foundation
import Inner
import Problems
import Testing

/// A program that somebody is still writing is started when that is over, unless it takes too long.
@Suite(.timeLimit(.minutes(1))) struct ExternalBusyTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A script that answers one request with 1, and a descriptor that holds it open for writing.
    private func busyScript(_ protocolName: String) throws -> (file: String, writer: Int32) {
        let answer = protocolName == "plain" ? "echo 1" : #"read -r line; echo '{"id":1,"value":[1]}'"#
        let file = try scratch.script(answer)
        let writer = open(file, O_WRONLY | O_CLOEXEC)
        try #require(writer >= 0)
        return (file, writer)
    }

    @Test(arguments: ["plain", "jsonl"]) func whatIsWrittenAMomentLongerIsStarted(_ protocolName: String) async throws {
        let (file, writer) = try busyScript(protocolName)
        Thread.detachNewThread {
            usleep(50_000)
            close(writer)
        }
        #expect(try await evaluate(problem([file], protocolName: protocolName), [[0, 0]])[0].told == "1.0")
    }

    #if os(Linux)  // elsewhere the system starts what is open for writing
        @Test(arguments: ["plain", "jsonl"]) func whatStaysOpenIsAFailure(_ protocolName: String) async throws {
            let (file, writer) = try busyScript(protocolName)
            defer { close(writer) }
            let evaluation = try await evaluate(problem([file], protocolName: protocolName), [[0, 0]])[0]
            #expect(evaluation.outcome == .failed)
            #expect(evaluation.evidence?.contains("not started: ") == true)
            #expect(evaluation.evidence?.contains("Text file busy") == true)
        }

        @Test func whoseTimeIsUpMeanwhileIsTimedOut() async throws {
            let (file, writer) = try busyScript("plain")
            defer { close(writer) }
            let hasty = try problem([file]) { $0.limits.time = .seconds(0.1) }
            #expect(try await evaluate(hasty, [[0, 0]])[0].told == "timedOut: ended after 0.1 seconds")
        }
    #endif
}

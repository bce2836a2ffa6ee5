import Foundation
import Inner
import Problems
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExternalJSONLinesTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A worker that logs its start and every request, and runs `answer` on a request's `$id`, `$line` and `$echo`: the
    /// first coordinates of the points, as they were written.
    private func worker(before: String = "", answer: String) throws -> String {
        try scratch.script(
            #"""
            echo $$ >> "$here/pids"
            \#(before)
            while read -r line; do
                echo "$line" >> "$here/requests"
                id=${line#*:}; id=${id%%,*}
                echo=$(echo "$line" | sed -e 's/.*"x":\[//' -e 's/\],"seed".*//' -e 's/\],\[/\n/g' |
                    sed -e 's/[][]//g' -e 's/,.*//' | paste -sd, -)
                \#(answer)
            done
            """#)
    }

    private let echo = #"echo "{\"id\":$id,\"value\":[$echo]}""#

    private func start(_ file: String, workers: Int = 1, batch: Int = 64) async throws -> any ExternalEvaluator {
        try await problem([file, "{dim}"], protocolName: "jsonl", batch: batch).start(workers: workers)
    }

    /// The outcome and evidence of two batches, two points each, one after the other.
    private func twice(before: String = "", answer: String) async throws -> [Evaluation] {
        let evaluator = try await start(worker(before: before, answer: answer))
        let first = await evaluator.evaluate(numberedPoints(2))
        let second = await evaluator.evaluate(numberedPoints(2))
        await evaluator.stop()
        #expect(first[0].told == first[1].told && second[0].told == second[1].told)
        return [first[0], second[0]]
    }

    @Test func aBatchIsALineEachWay() async throws {
        let evaluator = try await start(worker(answer: echo))
        let points: [[Double]] = [[0.1, 2], [-1e-300, 0], [1.0 / 3, .leastNonzeroMagnitude]]
        #expect(await evaluator.evaluate(points, seeds: [5, 6, 7]).map(\.value) == points.map { $0[0] })
        #expect(await evaluator.evaluate([[4, 4]], seeds: [8]).map(\.told) == ["4.0"])
        #expect(await evaluator.evaluate([], seeds: []) == [])
        await evaluator.stop()
        #expect(
            scratch.lines("requests") == [
                #"{"id":1,"x":[[0.1,2.0],[-1e-300,0.0],[0.3333333333333333,5e-324]],"seed":[5,6,7]}"#,
                #"{"id":2,"x":[[4.0,4.0]],"seed":[8]}"#,
            ])
        #expect(scratch.lines("pids").count == 1)
    }

    @Test func bigBatchesAreSplitAndAnsweredInOrder() async throws {
        let evaluator = try await start(worker(answer: echo), workers: 2, batch: 7)
        #expect(await evaluator.evaluate(numberedPoints(40)).map(\.value) == (0..<40).map(Double.init))
        await evaluator.stop()
        let requests = scratch.lines("requests")
        #expect(requests.count == 6)
        #expect(requests.allSatisfy { $0.matches(of: /\[-?\d+\.\d,0\.0\]/).count <= 7 })
        #expect(scratch.lines("pids").count == 2)
    }

    @Test func aSmallBatchIsSharedByTheWorkers() async throws {
        let evaluator = try await start(worker(answer: echo), workers: 2)
        #expect(await evaluator.evaluate(numberedPoints(5)).map(\.value) == [0, 1, 2, 3, 4])
        await evaluator.stop()
        #expect(scratch.lines("requests").count == 2)
    }

    @Test func aWorkerMayReportThatItIsReady() async throws {
        let ready = #"echo '{"ready":true}'"#
        let evaluator = try await start(worker(before: ready, answer: echo))
        #expect(await evaluator.evaluate(numberedPoints(3)).map(\.value) == [0, 1, 2])
        await evaluator.stop()
        let again = try await twice(before: ready, answer: ready)
        #expect(again.map(\.outcome) == [.unparsable, .unparsable])
    }

    @Test func undefinedValuesHaveSeveralSpellings() async throws {
        let values = #"null,\"nan\",\"-Infinity\",0.5,-3,1e3"#
        let evaluator = try await start(worker(answer: #"echo "{\"value\": [\#(values)], \"id\": $id}""#))
        let evaluations = await evaluator.evaluate(numberedPoints(6))
        await evaluator.stop()
        #expect(evaluations.map(\.outcome) == [.undefined, .undefined, .undefined, .ok, .ok, .ok])
        #expect(evaluations.suffix(3).map(\.value) == [0.5, -3, 1000])
    }

    @Test func anErrorFailsTheBatch() async throws {
        let failed = try await twice(
            answer: #"echo "out of $id" >&2; sleep 0.1; echo "{\"id\":$id,\"error\":\"no licence\"}""#)
        #expect(failed[0].told == "failed: error: no licence; standard error: out of 1")
        #expect(failed[1].told == "failed: error: no licence; standard error: out of 2")
        #expect(scratch.lines("pids").count == 1)
    }

    @Test(arguments: [
        #"{\"id\":77,\"value\":[1,2]}"#, #"{\"id\":$id}"#, "hello", "1", #"{\"id\":$id,\"value\":[1,NaN]}"#,
        #"{\"id\":$id,\"value\":[1,true]}"#, #"{\"id\":$id,\"value\":[1,\"2\"]}"#, #"{\"id\":$id,\"value\":1}"#,
        #"{\"id\":$id,\"value\":[1,2],\"error\":\"both\"}"#, #"{\"id\":$id,\"value\":[1,2]} x"#,
    ]) func anythingElseIsUnparsableAndEndsTheWorker(_ answer: String) async throws {
        let evaluations = try await twice(answer: #"echo "\#(answer)""#)
        #expect(evaluations.map(\.outcome) == [.unparsable, .unparsable])
        #expect(evaluations[0].evidence?.hasPrefix("no answer to request 1: \"") == true)
        #expect(scratch.lines("pids").count == 2)
    }

    @Test func whoWritesNaNIsToldWhatToWrite() async throws {
        let bare = try await twice(answer: #"echo "{\"id\":$id,\"value\":[1,NaN]}""#)
        #expect(bare[0].evidence?.hasSuffix("(JSON has no NaN and no Infinity: write null)") == true)
        let other = try await twice(answer: #"echo "{\"id\":$id,\"value\":[1,nil]}""#)
        #expect(other[0].evidence?.contains("null") == false)
    }

    @Test("a worker that ends after an answer loses nothing, however soon the next is asked")
    func recycling() async throws {
        let once = try scratch.script(
            #"""
            echo $$ >> "$here/pids"
            read -r line; id=${line#*:}; echo "{\"id\":${id%%,*},\"value\":[1]}"
            """#, name: "once")
        let evaluator = try await start(once)
        for _ in 0..<60 { #expect(await evaluator.evaluateOne() == "1.0") }
        await evaluator.stop()
        #expect(scratch.lines("pids").count >= 60)
    }

    @Test("nor does one that ends after a few quick answers, while it is asked the next")
    func quickRecycling() async throws {
        let few = try scratch.script(
            #"""
            echo $$ >> "$here/pids"
            for answer in 1 2 3 4; do read -r line; id=${line#*:}; echo "{\"id\":${id%%,*},\"value\":[1]}"; done
            """#, name: "few")
        let evaluator = try await start(few)
        var told: [String] = []
        for _ in 0..<200 { told.append(await evaluator.evaluateOne()) }
        #expect(Set(told) == ["1.0"])
        await evaluator.stop()
        #expect(scratch.lines("pids").count >= 50)
    }

    @Test("a worker that answers before it has read a long request to its end is replaced, and nothing gets mixed up")
    func hasty() async throws {
        let file = try scratch.script(
            #"""
            head -c 100 > "$here/head"; echo '{"id":1,"value":[7]}'; sleep 300
            """#)
        let evaluator = try await start(file)
        let long = Array(repeating: 0.25, count: 60_000)
        #expect(await evaluator.evaluate([long])[0].told == "7.0")
        let second = await evaluator.evaluate([long])[0]
        #expect(second.outcome == .unparsable && second.evidence?.hasPrefix("no answer to request 2") == true)
        await evaluator.stop()
    }

    @Test("a flood of blank lines says nothing, and does not keep the answer from being heard")
    func blankLines() async throws {
        let file = try worker(
            answer: #"head -c 3000000 /dev/zero | tr '\0' '\n'; echo "{\"id\":$id,\"value\":[2]}""#)
        let evaluator = try await start(file)
        for _ in 0..<3 { #expect(await evaluator.evaluateOne() == "2.0") }
        await evaluator.stop()
        #expect(scratch.lines("pids").count == 1)
    }

    @Test func theWrongNumberOfValuesIsUnparsable() async throws {
        let evaluations = try await twice(answer: #"echo "{\"id\":$id,\"value\":[1,2,3]}""#)
        #expect(evaluations[0].told == #"unparsable: 3 values for 2 points: "{"id":1,"value":[1,2,3]}""#)
        #expect(scratch.lines("pids").count == 1)
    }

    @Test func aWorkerThatDiesIsReplaced() async throws {
        let dies = #"if [ $id = 2 ]; then echo 'out of memory' >&2; exit 7; fi"#
        let evaluator = try await start(worker(answer: dies + "\n" + echo))
        var outcomes: [Outcome] = []
        for batch in 1...4 {
            let evaluations = await evaluator.evaluate(numberedPoints(3))
            outcomes.append(evaluations[0].outcome)
            if batch == 2 {
                let told = "failed: the worker ended: exit code 7; standard error: out of memory"
                #expect(evaluations.map(\.told) == [told, told, told])
            }
        }
        await evaluator.stop()
        #expect(outcomes == [.ok, .failed, .ok, .ok])
        #expect(scratch.lines("pids").count == 2)
    }

    @Test func aWriteToADeadWorkerIsAFailure() async throws {
        let evaluator = try await start(scratch.script("exit 5"))
        for _ in 1...3 {
            #expect(await evaluator.evaluateOne() == "failed: the worker ended: exit code 5")
        }
        // One that ends between two requests has lost nothing: the next is asked of another.
        let oneShot = try await start(worker(answer: echo + "; exit 6"))
        #expect(await oneShot.evaluateOne([2, 0]) == "2.0")
        try await Task.sleep(for: .milliseconds(100))
        #expect(await oneShot.evaluateOne([2, 0]) == "2.0")
        await evaluator.stop()
        await oneShot.stop()
    }

    @Test(arguments: ["exec 0<&-", "exec 1>&-"]) func aWorkerThatHangsUpIsEnded(_ hangUp: String) async throws {
        let file = try scratch.script("echo $$ >> \"$here/pids\"; \(hangUp); exec sleep 300")
        let evaluator = try await start(file)
        let evaluation = await evaluator.evaluate([Array(repeating: 0.25, count: 20_000)])[0]
        #expect(evaluation.told == "failed: the worker ended: it closed its pipe and was ended, signal 15")
        // Nothing was read, so the request was put to another one, which did no better.
        #expect(await scratch.pids("pids", count: 2).map(isRunning) == [false, false])
        await evaluator.stop()
    }
}

import Foundation
import Inner
import Problems
import Testing

@Suite struct ExternalTemplateTests {
    private func randomText(_ alphabet: String, upTo length: Int, using stream: inout RandomStream) -> String {
        String((0..<Int.random(in: 0...length, using: &stream)).map { _ in alphabet.randomElement(using: &stream)! })
    }

    @Test func splittingUndoesQuoting() throws {
        var stream = RandomStream(seed: 1)
        for _ in 0..<2000 {
            let words = (0..<Int.random(in: 0...5, using: &stream)).map { _ in
                randomText("ab '\"\\\n\t${}é", upTo: 6, using: &stream)
            }
            let line = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(
                separator: " \t ")
            #expect(try splitWords(line) == words)
        }
    }

    @Test func splittingAgreesWithTheShell() throws {
        var stream = RandomStream(seed: 2)
        let lines = (0..<300).map { _ in randomText("ab  '\"\\", upTo: 9, using: &stream) }.filter {
            !$0.hasSuffix("\\")
        }
        let script = """
            for line in "$@"; do
                if (eval "set -- $line") 2>/dev/null; then
                    (eval "set -- $line"; printf '<%s>' "$@" | sed 's/^<>$//' ; printf '%s\\n' "$#")
                else echo unfinished; fi
            done
            """
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", script, "sh"] + lines
        shell.standardOutput = output
        try shell.run()
        let told = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        shell.waitUntilExit()
        let expected = told.split(separator: "\n").map(String.init)
        #expect(expected.count == lines.count)
        for (line, answer) in zip(lines, expected) {
            let words = try? splitWords(line)
            let ours = words.map { words in
                let text = words.map { "<\($0)>" }.joined()
                return (text == "<>" ? "" : text) + "\(words.count)"
            }
            #expect(ours ?? "unfinished" == answer, "\(line)")
        }
    }

    @Test(arguments: ["a 'b", "a \"b", "a\\"]) func unfinishedLinesAreRefused(_ line: String) {
        #expect(throws: TemplateError.unfinished(line: line)) { try splitWords(line) }
    }

    @Test func aLineIsSplitAndWordsAreNot() throws {
        #expect(try CommandTemplate(["run  '{x0} a' {x}"]).words == ["run", "{x0} a", "{x}"])
        #expect(try CommandTemplate(["run me", "a b"]).words == ["run me", "a b"])
        #expect(try CommandTemplate(["run"]).words == ["run"])
    }

    @Test func placeholdersBecomeThePoint() throws {
        let template = try CommandTemplate(["run", "-{dim}", "{x}", "--s={seed}", "{x1}:{x0}", "{ print }", "{}", ""])
        let arguments = template.arguments(for: [0.5, -2], seed: 7)
        #expect(arguments == ["-2", "0.5", "-2.0", "--s=7", "-2.0:0.5", "{ print }", "{}", ""])
    }

    @Test func coordinatesParseBackExactly() throws {
        let template = try CommandTemplate(["run", "{x}", "a={x2}"])
        var stream = RandomStream(seed: 3)
        for _ in 0..<5000 {
            let point = (0..<3).map { _ in Double(bitPattern: stream.next()) }.map { $0.isFinite ? $0 : -0.0 }
            let arguments = template.arguments(for: point, seed: 0)
            #expect(arguments.prefix(3).map { parseNumber($0)?.bitPattern } == point.map(\.bitPattern))
            #expect(parseNumber(arguments[3].dropFirst(2))?.bitPattern == point[2].bitPattern)
        }
    }

    @Test func badTemplatesAreRefusedWithEvidence() throws {
        #expect(throws: TemplateError.empty) { try CommandTemplate([]) }
        #expect(throws: TemplateError.empty) { try CommandTemplate([" "]) }
        #expect(throws: TemplateError.empty) { try CommandTemplate(["", "a"]) }
        #expect(throws: TemplateError.unknownPlaceholder("{y}", word: "a{y}")) { try CommandTemplate(["run", "a{y}"]) }
        #expect(throws: TemplateError.unknownPlaceholder("{x01}", word: "{x01}")) {
            try CommandTemplate(["run", "{x01}"])
        }
        #expect(throws: TemplateError.notAWholeWord("-{x}")) { try CommandTemplate(["run", "-{x}"]) }
        #expect(throws: TemplateError.placeholderInCommand("{x0}")) { try CommandTemplate(["{x0}"]) }
        let template = try CommandTemplate(["run", "{x1}", "{x9}"])
        #expect(throws: TemplateError.beyondDimension(placeholder: "{x9}", dimension: 9)) {
            try template.check(dimension: 9)
        }
        #expect(throws: Never.self) { try template.check(dimension: 10) }
    }

    @Test(arguments: [
        ("1", 1.0), ("-1.5", -1.5), ("+2.", 2), (".5", 0.5), ("1e-3", 0.001), ("1E+02", 100), ("007", 7), ("-0", -0.0),
        ("1e999", .infinity), ("5e-324", .leastNonzeroMagnitude), ("inf", .infinity), ("-Infinity", -.infinity),
        ("+INF", .infinity),
    ]) func numbersAreAccepted(_ text: String, _ value: Double) {
        #expect(parseNumber(text)?.bitPattern == value.bitPattern)
    }

    @Test(arguments: ["nan", "NaN", "-nan", "NAN"]) func nanIsAccepted(_ text: String) {
        #expect(parseNumber(text)?.isNaN == true)
    }

    @Test(arguments: [
        "", " ", ".", "-", "e5", "1e", "1e+", "1,5", "1.000,5", "1 2", " 1", "1 ", "1x", "0x10", "0x1p3", "1.5.2",
        "--1", "+-1",
        "1d3", "nan(0)", "infin", "infinit", "1_000", "１", "٣", "1e5.0", "value 3",
    ]) func otherTextIsRefused(_ text: String) {
        #expect(parseNumber(text) == nil)
    }
}

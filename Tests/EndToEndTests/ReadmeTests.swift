import Foundation
import Testing

/// Every example of the README is run, in order, and says what the README shows.
@Suite("The README")
struct ReadmeTests {
    private struct Example {
        let arguments: [String]
        let shown: [String]
    }

    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..")

    private func examples() throws -> [Example] {
        let path = Self.project.appendingPathComponent("README.md")
        var (found, isConsole): ([Example], Bool) = ([], false)
        for line in try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
            } else if isConsole, line.hasPrefix("$ .build/release/knee ") {
                found.append(Example(arguments: words(line.dropFirst("$ .build/release/knee ".count)), shown: []))
            } else if isConsole, let last = found.popLast() {
                found.append(Example(arguments: last.arguments, shown: last.shown + [line]))
            }
        }
        return found
    }

    /// Blanks separate; double quotes keep together.
    private func words(_ line: some StringProtocol) -> [String] {
        var words: [String] = []
        for (index, part) in String(line).components(separatedBy: "\"").enumerated() {
            words += index % 2 == 1 ? [part] : part.components(separatedBy: " ").filter { !$0.isEmpty }
        }
        return words
    }

    @Test("shows what its commands print")
    func examplesRun() throws {
        let program = try Program()
        try FileManager.default.createSymbolicLink(
            at: URL(fileURLWithPath: program.path("Examples")),
            withDestinationURL: Self.project.appendingPathComponent("Examples"))
        let examples = try examples()
        #expect(examples.count == 9)
        for example in examples {
            let outcome = try program.start(example.arguments).finish()
            #expect([0, 3].contains(outcome.code), "\(example.arguments): \(outcome.errors)")
            let printed = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(printed.count >= example.shown.count)
            for (shown, line) in zip(example.shown, printed) {
                // The same facts; times differ, and the last digits of numbers may between C libraries.
                #expect(label(shown) == label(line), "\(line)")
            }
        }
    }

    /// The first word: what a line is about. A duration is one word, whatever its number and unit.
    private func label(_ line: some StringProtocol) -> String? {
        let timeless = String(line).replacing(#/[0-9.]+ (ms|s|min|h)\b/#, with: "duration")
        let words = timeless.components(separatedBy: CharacterSet(charactersIn: " :")).filter { !$0.isEmpty }
        return words.first?.filter { !$0.isNumber }
    }
}

import Foundation
import Testing

/// The command that each example's README shows is run from the project's folder, with a purse of seconds.
@Suite("The examples")
struct ExamplesTests {
    private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
    private static let examples = root.appendingPathComponent("Examples")

    @Test("plain-shell learns", .enabled(if: runs("awk", "BEGIN { exit 0 }"), "there is no awk"))
    func plainShell() throws { try learns("plain-shell", purse: 400) }

    @Test(
        "plain-shell computes what the built-in fit of the same data does, to six decimals",
        .enabled(if: runs("awk", "BEGIN { exit 0 }"), "there is no awk"))
    func plainShellIsRight() throws {
        let program = try Program()
        let points = "1.55 4.09 451.5\n0 1 400\n10 100 500\n"
        let shown = try shownCommand("plain-shell")
        let command = try #require(shown.firstIndex(of: "--"))
        let bounds = Self.examples.appendingPathComponent("plain-shell/bounds.txt").path
        let values = try [["--bounds-file", bounds] + shown[command...], ["nist/eckerle4"]].map { problem in
            let outcome = try program.start(["evaluate"] + problem, input: points, in: Self.root.path).finish()
            #expect(outcome.code == 0, "\(outcome.errors)")
            return outcome.output.split(separator: "\n").compactMap { Double($0) }
        }
        #expect(values.allSatisfy { $0.count == 3 })
        for (ours, builtIn) in zip(values[0], values[1]) { #expect(abs(ours - builtIn) <= 0.5e-6) }
    }

    @Test("python-worker learns", .enabled(if: runs("python3", "-c", "import json"), "there is no python3"))
    func pythonWorker() throws { try learns("python-worker", purse: 800) }

    @Test("python-worker fits on a screen: 40 lines")
    func pythonWorkerIsShort() throws {
        let worker = Self.examples.appendingPathComponent("python-worker/worker.py")
        let lines = try String(contentsOf: worker, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last == "" && lines.count - 1 <= 40)
    }

    @Test(
        "hyperparameters learns",
        .enabled(if: runs("python3", "-c", "import sklearn"), "there is no python3 with scikit-learn"))
    func hyperparameters() throws { try learns("hyperparameters", purse: 130) }

    @Test(
        "the evaluators of experts keep to their protocol",
        .enabled(if: runs("python3", "-c", "import json"), "there is no python3"))
    func expertWorkers() throws {
        for example in ["lora", "experts"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", "-m", "unittest", "discover", "Examples/\(example)"]
            process.currentDirectoryURL = Self.root
            process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
        }
    }

    @Test(
        "adapters are composed as the page says, by sums and by products",
        .enabled(if: runs("python3", "-c", "import json"), "there is no python3"),
        arguments: ["linear", "lora-product"])
    func adapters(_ merge: String) throws {
        let program = try Program()
        let folder = Self.examples.appendingPathComponent("lora").path
        let toy = program.path("toy")
        #expect(runs("python3", "\(folder)/stub.py", toy))
        let outcome = try program.run(
            "compose", "--experts", "toy", "--merge", merge, "--validation", "50", "--max-evaluations", "600",
            "--evaluator",
            "python3 \(folder)/worker.py --stub --validation \(toy)/validation.jsonl --test \(toy)/test.jsonl",
            "--study", "toy", "--baselines", "none", "--quiet")
        #expect(outcome.code == 0 || outcome.code == 3, "\(outcome.errors)")
        #expect(outcome.output.replacing("\n", with: " ").contains("better than the best expert"), "\(outcome.output)")
        let read = { (path: String) in
            try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
        }
        let pool = try FileManager.default.contentsOfDirectory(atPath: toy).filter { !$0.contains(".") }
        let expert = try read("\(toy)/\(pool[0])/adapter_config.json")
        let composed = try read(program.path("runs/toy/composed/adapter_config.json"))
        let factor = merge == "linear" ? 1 : pool.count
        for key in ["r", "lora_alpha"] {
            #expect(try #require(composed[key] as? Int) == factor * #require(expert[key] as? Int), "\(key)")
        }
    }

    /// `$ echo 0 0 | .build/release/knee evaluate ...`, from the page of the protocols.
    private static let asked: [String] = {
        let page = try? String(
            contentsOf: examples.appendingPathComponent("protocols/README.md"), encoding: .utf8)
        return (page ?? "").components(separatedBy: "\n").compactMap { line in
            line.components(separatedBy: "echo 0 0 | .build/release/knee ").dropFirst().first
        }
    }()

    @Test("every protocol of the page gives the same value", arguments: asked)
    func protocols(_ command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let interpreter = try #require(words.drop { $0 != "--" }.dropFirst().first)
        // R is rare on servers; what is missing is told by name.
        let version = interpreter == "awk" ? ["awk", "BEGIN { exit 0 }"] : [interpreter, "--version"]
        guard interpreter.hasPrefix("Examples/") || runs(version) else {
            return print("not run, for there is no \(interpreter): \(command)")
        }
        let program = try Program()
        let outcome = try program.start(words, input: "0 0\n1 -2\n-3.5 0.25\n", in: Self.root.path).finish()
        #expect(outcome.code == 0 && outcome.output == "5.0\n0.0\n25.3125\n", "\(outcome)")
    }

    @Test("the page has every protocol, and a way from R")
    func protocolsPage() {
        #expect(Self.asked.count == 6 && Self.asked.contains { $0.contains("Rscript") })
        for name in ["jsonl", "irace", "smac", "aclib"] {
            #expect(Self.asked.contains { $0.contains("--protocol \(name) ") }, "\(name)")
        }
    }

    @Test("Python learns and searches", .enabled(if: runs(["python3", "-c", "import json"]), "there is no python3"))
    func fromPython() throws {
        let program = try Program()
        let (process, output) = (Process(), Pipe())
        try FileManager.default.createSymbolicLink(
            atPath: program.path("Examples"), withDestinationPath: Self.examples.path)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "Examples/protocols/from-python.py", Program.executable]
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(process.terminationStatus == 0 && told.contains(" particles, "), "\(told)")
    }

    @Test("are all in the table")
    func table() throws {
        let table = try String(contentsOf: Self.examples.appendingPathComponent("README.md"), encoding: .utf8)
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.examples.path)
            .filter { !$0.contains(".") }
        #expect(folders.count == 6)
        for folder in folders { #expect(table.contains("](\(folder)/README.md)"), "\(folder)") }
    }

    /// A verdict, sure or not, and no evaluation without a value.
    private func learns(_ example: String, purse: Int) throws {
        let program = try Program()
        var arguments = try shownCommand(example)
        let command = try #require(arguments.firstIndex(of: "--"))
        // The last of an option that is given twice counts.
        arguments.insert(
            contentsOf: [
                "--floor", "8", "--ceiling", "32", "--swarm-sizes", "4", "--max-evaluations", "\(purse)",
                "--spend-all", "--ledger", program.path("knee.sqlite"), "--format", "json", "--quiet",
            ], at: command)
        let outcome = try program.start(arguments, in: Self.root.path).finish()
        #expect([0, 3].contains(outcome.code), "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["verdict"] is [String: Any])
        let spent = try #require(report["spent"] as? [String: Any])
        #expect(spent["failures"] as? Int == 0)
        #expect(spent["evaluations"] as? Int ?? 0 > purse / 2)
    }

    /// The words after the program's name, which need no quotes.
    private func shownCommand(_ example: String) throws -> [String] {
        let page = Self.examples.appendingPathComponent(example + "/README.md")
        let prompt = "$ .build/release/knee learn "
        let shown = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix(prompt) }
        try #require(shown.count == 1)
        return ["learn"] + shown[0].dropFirst(prompt.count).split(separator: " ").map(String.init)
    }
}

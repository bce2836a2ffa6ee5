import Foundation
import Testing

@Suite("Pages and charts, as a user gets them")
struct PageTests {
    private let program: Program

    init() throws { program = try Program() }

    private func learn(_ more: String...) throws -> Program.Outcome {
        try program.start(
            ["learn", "sphere", "--dimension", "2", "--max-evaluations", "20k", "--ceiling", "1k", "--study", "s"]
                + more
        ).finish()
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: program.path(name), encoding: .utf8)
    }

    @Test("learn ends with the study's page beside the ledger; report --html makes the same from the ledger")
    func page() throws {
        let learned = try learn("--quiet")
        let path = "runs/s/report.html"
        #expect(learned.output.contains("  page        \(path)\n"))
        let verdict = try #require(learned.output.split(separator: "\n").first)
        let page = try text(path)
        #expect(page.contains("<p id=\"verdict\">\(verdict)</p>") && page.hasPrefix("<!DOCTYPE html>"))
        let again = try program.run("report", "s", "--html", "new/folder/s.html")
        #expect(again.code == 0 && again.output.isEmpty && again.errors.isEmpty, "\(again)")
        #expect(try text("new/folder/s.html") == page)
    }

    @Test("without --page there is none, and one that cannot be written costs nothing but a note")
    func noPage() throws {
        let without = try learn("--no-page")
        #expect([0, 3].contains(without.code) && !without.output.contains("  page "))
        #expect(!FileManager.default.fileExists(atPath: program.path("runs/s")))
        try program.write("", to: "runs/t")
        let blocked = try learn("--study", "t")
        #expect(blocked.code == without.code && blocked.output.contains("  next "), "\(blocked)")
        #expect(blocked.errors.contains("no page: runs/t/report.html cannot be written"), "\(blocked.errors)")
    }

    @Test("an ended study that is resumed keeps its page; one that was removed is made again")
    func again() throws {
        _ = try learn("--quiet")
        let page = try text("runs/s/report.html")
        try program.write("mine", to: "runs/s/report.html")
        #expect(try program.run("resume", "s", "--quiet").output.contains("  page "))
        #expect(try text("runs/s/report.html") == "mine")
        try FileManager.default.removeItem(atPath: program.path("runs/s/report.html"))
        _ = try program.run("resume", "s", "--quiet")
        #expect(try text("runs/s/report.html") == page)
    }

    @Test("a report in a terminal has two charts, without colour where nobody looks, within 80 columns")
    func terminal() throws {
        let learned = try learn("--quiet")
        let report = try program.run("report", "s")
        #expect(!report.output.contains("\u{1B}"))
        for line in report.lines { #expect(line.count <= 80, "\(line)") }
        for words in ["better than this share of all results", "┊", "[ ] the verdict"] {
            #expect(report.output.contains(words) && !learned.output.contains(words), "\(words)")
        }
        #expect(try program.run("report", "s", "--format", "json").json()["digest"] != nil)
    }

    #if os(Linux)
        @Test("colour and width are the terminal's, unless NO_COLOR says otherwise", arguments: [true, false])
        func colour(isWanted: Bool) throws {
            _ = try learn("--quiet")
            // script(1) gives the program a terminal.
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["script", "-qec", "stty cols 60; '\(Program.executable)' report s", "/dev/null"]
            process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
            var environment = ProcessInfo.processInfo.environment
            environment["TERM"] = "xterm"
            environment["NO_COLOR"] = isWanted ? nil : "1"
            process.environment = environment
            let pipe = Pipe()
            (process.standardOutput, process.standardInput) = (pipe, FileHandle.nullDevice)
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let chart = try #require(output.range(of: "better than this share")).lowerBound
            #expect(output[chart...].contains("\u{1B}[34m") == isWanted, "\(output)")
            #expect(output[chart...].contains("48;5;") == isWanted)
            let plain = output[chart...].replacing(/\u{1B}\[[0-9;]*m/, with: "")
            for line in plain.split(whereSeparator: \.isNewline) { #expect(line.count <= 60, "\(line)") }
        }
    #endif

    @Test("charts are exported as drawings and as Vega-Lite specifications")
    func charts() throws {
        _ = try learn("--quiet")
        #expect(try program.run("export", "s", "--charts", "c").code == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: program.path("c")).sorted()
        for name in ["quality", "heat", "worth", "purse", "factors", "ties"] {
            #expect(files.contains("\(name).svg") && files.contains("\(name).vl.json"), "\(files)")
        }
        #expect(try text("c/quality.svg").hasPrefix("<svg xmlns="))
        #expect(try program.run("export", "s", "--charts", "c", "--traces").code == 2)
    }

    @Test(
        "vl-convert renders every Vega-Lite specification",
        .enabled(if: isInterop, "KNEE_INTEROP=1 installs it from PyPI"))
    func vegaLite() throws {
        _ = try learn("--quiet")
        _ = try program.run("export", "s", "--charts", "c")
        let script = """
            set -e
            python3 -m venv venv
            venv/bin/pip install -q vl-convert-python
            venv/bin/python - <<'END'
            import glob, json, vl_convert
            for path in sorted(glob.glob("c/*.vl.json")):
                text = open(path).read()
                svg = vl_convert.vegalite_to_svg(text, vl_version="5.20")
                title = json.loads(text)["title"]["text"]
                assert title.replace("&", "&amp;") in svg and svg.count("mark-") > 1, path
                print(path)
            END
            """
        try program.write(script, to: "render.sh", executable: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["render.sh"]
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        let pipe = Pipe()
        (process.standardOutput, process.standardInput) = (pipe, FileHandle.nullDevice)
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && output.contains("c/heat.vl.json"), "\(output)")
    }

    private static let isInterop = ProcessInfo.processInfo.environment["KNEE_INTEROP"] == "1"

    @Test("a sweep leaves a page with a small chart of every study")
    func sweep() throws {
        try program.write(
            "name: night\nstudies: [{problem: [sphere, rastrigin], dimension: 2, max-evaluations: 20k, ceiling: 1k}]",
            to: "n.yaml")
        _ = try program.run("sweep", "n.yaml", "--quiet")
        let page = try text("runs/night/report.html")
        for words in ["id=\"chart-study-1\"", "id=\"chart-study-2\"", "<p id=\"verdict\">night: ", "<svg "] {
            #expect(page.contains(words), "\(words)")
        }
        let again = try program.run("sweep", "n.yaml", "--report", "--html", "again.html")
        #expect(try again.code == 0 && text("again.html").contains("id=\"chart-study-2\""))
    }

    @Test("the pictures of the README are what its command makes")
    func pictures() throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let readme = try String(contentsOf: project.appendingPathComponent("README.md"), encoding: .utf8)
        _ = try program.run("learn", "nist/mgh17", "--study", "mgh17", "--quiet", "--no-page")
        _ = try program.run("export", "mgh17", "--charts", "c")
        for name in ["quality", "heat"] {
            let path = "docs/pictures/\(name).svg"
            #expect(readme.contains("(\(path))"))
            let committed = try String(contentsOf: project.appendingPathComponent(path), encoding: .utf8)
            #expect(try text("c/\(name).svg") == committed, "make pictures")
        }
    }
}

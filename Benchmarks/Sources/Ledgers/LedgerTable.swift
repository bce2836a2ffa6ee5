import ArgumentParser
import Foundation
import Ledger

/// What the program takes on a ledger of many pulls: time from its start, and memory.
struct LedgerTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Time and memory of resume, report and status on a ledger of many pulls.")

    @Option(help: "Pulls of the ledger (default: 100000).") var pulls = 100_000
    @Option(help: "How often each is measured (default: 3).") var repeats = 3
    @Option(help: "The program (default: .build/release/knee).") var program = ".build/release/knee"

    func run() throws {
        print("| what | median | 10-90 % |")
        print("|---|---|---|")
        for studies in [1, 50] {
            let label = studies == 1 ? "one study of \(pulls) pulls" : "one of \(studies) studies of \(pulls / studies)"
            try planted(studies, more: pulls) { try resume($0, label) }
            try planted(studies, more: 0) { ledger in
                try whole(["resume", Self.study], ledger, "resume of \(label) that has ended, to its report")
                try whole(["report", Self.study], ledger, "report, \(label)")
                try page(ledger, "report as a page, \(label)")
                try whole(["status"], ledger, "status, \(label)")
            }
        }
    }

    private static let study = "study-1"

    /// A ledger of so many studies, each of which may launch `more` searches.
    private func planted(_ studies: Int, more: Int, _ body: (Ledger) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "knee-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ledger = try Ledger(at: folder + "/k.sqlite", .readWrite)
        for study in 1...studies {
            try PlantedLedger.plant("study-\(study)", pulls: pulls / studies, more: more, in: ledger)
        }
        try body(ledger)
    }

    /// From the start of `resume` until its first search is recorded, and from an interruption then to the end.
    private func resume(_ ledger: Ledger, _ label: String) throws {
        let pulls = { try ledger.studies().first { $0.name == Self.study }?.pulls ?? 0 }
        var (launches, cores, ends, memories): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for _ in 0..<repeats {
            let before = try pulls()
            let run = try Launched(program, ["resume", Self.study, "--ledger", ledger.path])
            launches.append(try run.seconds { try pulls() > before })
            cores.append(run.core ?? .nan)
            run.interrupt()
            ends.append(try run.seconds() - launches[launches.count - 1])
            memories.append(run.memory ?? .nan)
        }
        Sample(launches).printRow("resume of \(label), to its next search's end", unit: "s")
        Sample(cores).printRow("of that, time on a core", unit: "s")
        Sample(ends).printRow("an interruption then, to the report", unit: "s")
        Sample(memories).printRow("memory", unit: "MB")
    }

    private func page(_ ledger: Ledger, _ label: String) throws {
        let file = ledger.path + ".html"
        try whole(["report", Self.study, "--html", file], ledger, label)
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
        Sample([Double(size) / 1e6]).printRow("its size", unit: "MB")
    }

    /// A whole run of the program.
    private func whole(_ arguments: [String], _ ledger: Ledger, _ label: String) throws {
        let runs = try (0..<repeats).map { _ in
            let run = try Launched(program, arguments + ["--ledger", ledger.path])
            return (seconds: try run.seconds(), core: run.core ?? .nan, memory: run.memory ?? .nan)
        }
        Sample(runs.map(\.seconds)).printRow(label, unit: "s")
        Sample(runs.map(\.core)).printRow("of that, time on a core", unit: "s")
        Sample(runs.map(\.memory)).printRow("memory", unit: "MB")
    }
}

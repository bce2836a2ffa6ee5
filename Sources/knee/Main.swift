import ArgumentParser
import Foundation

/// The command line: parses, opens files, prints, and maps errors to sentences and exit codes.
@main
struct Knee: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knee",
        abstract: "Learns how much search is enough.",
        discussion: """
            An outer loop launches particle-swarm searches on an objective, records them in SQLite, and finds the swarm \
            size, iterations, inertia and topology beyond which more search does not pay: the knee.

            Exit codes: 0 a sure verdict, 2 usage, 3 the purse ended before the verdict was sure, 4 the objective keeps \
            failing, 5 the ledger, 130 interrupted and resumable.
            """,
        version: Self.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Learn:",
                subcommands: [
                    Learn.self, Resume.self, Extend.self, Confirm.self, Sweep.self, Compare.self, Compose.self,
                ]),
            CommandGroup(name: "Search:", subcommands: [Run.self, Evaluate.self, Check.self]),
            CommandGroup(
                name: "Look:",
                subcommands: [ReportCommand.self, StatusCommand.self, Explain.self, ExportCommand.self, List.self]),
            CommandGroup(name: "Look after:", subcommands: [Verify.self, Doctor.self]),
        ])

    static let version = "0.1.0"

    static func main() async {
        // A reader that goes away (`knee export | head`), or a worker that dies, is an error to handle, not a signal to
        // die of.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            leave(after: error)
        }
        end(with: 0)
    }

    /// Ends the program; where nothing else went wrong, what could not be printed is told.
    private static func end(with code: Int32) -> Never {
        do { try Output.flush() } catch {
            if code == 0 { leave(after: error) }
        }
        Foundation.exit(code)
    }

    /// Prints what went wrong and ends with its exit code.
    private static func leave(after error: any Error) -> Never {
        if let code = error as? ExitCode { end(with: code.rawValue) }
        if let failure = Failure(error) {
            leave(telling: failure)
        }
        // Help and version are no errors; what is left is about the command line.
        if Self.exitCode(for: error) == .success {
            print(Self.fullMessage(for: error))
            end(with: 0)
        }
        leave(telling: Failure(parser: Self.message(for: error)))
    }

    private static func leave(telling failure: Failure) -> Never {
        Terminal.note("knee: \(failure.sentence)")
        Foundation.exit(failure.exitCode)
    }
}

/// How the program ends.
enum Exit {
    static let usage = ExitCode(2)
    static let notSure = ExitCode(3)
    static let objectiveFails = ExitCode(4)
    static let ledger = ExitCode(5)
    static let interrupted = ExitCode(130)
}

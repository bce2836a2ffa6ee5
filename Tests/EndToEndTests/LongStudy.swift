/// A study long enough to be interrupted: ENSO's evaluations are the slowest.
enum LongStudy {
    static let options = [
        "learn", "nist/enso", "--study", "long", "--max-evaluations", "150k", "--ceiling", "9k", "--spend-all",
        "--format", "json",
    ]

    /// How it ends when nothing comes in between; run once for all that compare with it.
    static func whole() throws -> Program.Outcome { try outcome.get() }

    private static let outcome = Result {
        let program = try Program()
        // Its folder goes with it.
        return try withExtendedLifetime(program) { try program.start(options + ["--quiet"]).finish() }
    }
}

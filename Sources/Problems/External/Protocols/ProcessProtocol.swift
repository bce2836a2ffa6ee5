import Inner

/// A protocol that starts a process for every point and reads the value from its last line.
public protocol ProcessProtocol: ExternalProtocol {
    /// The arguments (without the command) for one point.
    func arguments(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> [String]
    /// What the last line of standard output that is not blank says.
    func read(_ line: String) -> Reading
}

/// What a line says about an evaluation.
public enum Reading: Equatable, Sendable {
    case value(Double)
    /// The program itself says that it has no value, and why.
    case refusal(Outcome, String)
    /// It says nothing that can be read; what is missing.
    case nothing(String)
}

extension ProcessProtocol {
    public func pointsPerCall(batch: Int) -> Int { 1 }

    public func makeWorker(_ command: ExternalCommand) -> any ExternalWorker {
        ProcessPerEvaluation(command, speaking: self)
    }

    public func byHand(_ template: CommandTemplate, _ point: [Double], seed: UInt64, setting: String) -> String {
        setting + ShellWord.line([template.command] + arguments(template, point, seed: seed))
    }
}

extension CommandTemplate {
    /// Its words, what tells the seed unless a word does, and the words of every coordinate.
    func arguments(
        _ point: [Double], seed: UInt64, telling seedWords: [String], then middle: [String] = [],
        _ parameter: (_ name: String, _ value: String) -> [String]
    ) -> [String] {
        arguments(for: point, seed: seed) + (seesTheSeed ? [] : seedWords) + middle
            + point.indices.flatMap { parameter("x\($0)", point[$0].description) }
    }
}

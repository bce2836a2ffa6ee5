import RealModule

/// The evaluation counts at which a trace is written: a quarter octave apart, `first * 2^(k/4)`.
public struct CheckpointGrid: Sendable, Hashable, Codable {
    public static let perOctave = 4

    /// Evaluations at checkpoint 0.
    public let first: Int

    /// - Precondition: `first` >= 1.
    public init(first: Int) {
        precondition(first >= 1, "a checkpoint grid starts at one evaluation or later, not \(first)")
        self.first = first
    }

    /// Evaluations at checkpoint `k`, rounded to a whole number. Small grids can repeat a number.
    public func evaluations(at k: Int) -> Int {
        let octave = k / Self.perOctave
        let quarter = Double(k % Self.perOctave) / Double(Self.perOctave)
        return Int((Double(first) * Double.exp2(Double(octave)) * Double.exp2(quarter)).rounded())
    }

    /// Number of checkpoints at or below `budget`.
    public func count(within budget: Int) -> Int {
        var k = 0
        while evaluations(at: k) <= budget { k += 1 }
        return k
    }

    /// The checkpoint that lies exactly at `budget`, if one does.
    public func index(of budget: Int) -> Int? {
        let k = count(within: budget) - 1
        return k >= 0 && evaluations(at: k) == budget ? k : nil
    }
}

import Inner
import RealModule

/// When a study will be sure, if the worth of knowing more goes on falling as a power of what was spent:
///
///     EVPI(n) = a n^-b,   b = ln(g1 / g2) / ln(n2 / n1),   n = n2 (g2 / sureness)^(1/b)
///
/// from the verdicts of its first half (n1, g1) and of all its pulls (n2, g2). An extrapolation from two points: good for
/// planning, not for believing.
public struct SurenessForecast: Sendable, Equatable, Codable {
    /// b; nil if it does not fall.
    public let exponent: Double?
    /// Evaluations until the study is sure, beyond those of its pulls; nil if it hardly falls.
    public let evaluations: Double?

    /// Slower than this is no fall that could be told from chance.
    static let leastExponent = 0.05
    /// Two points say nothing about what is as many times as far away.
    static let farthest = 100.0

    /// - Precondition: 0 < n1 < n2, and positive gains, in doublings.
    public init(_ early: (evaluations: Int, gain: Double), _ now: (evaluations: Int, gain: Double)) {
        precondition(0 < early.evaluations && early.evaluations < now.evaluations, "\(early) is not before \(now)")
        let (n1, n2) = (Double(early.evaluations), Double(now.evaluations))
        let slope = Double.log(early.gain / now.gain) / Double.log(n2 / n1)
        guard slope >= Self.leastExponent else {
            (exponent, evaluations) = (nil, nil)
            return
        }
        exponent = slope
        let times = Double.pow(now.gain / Verdict.sureness, 1 / slope)
        evaluations = times < Self.farthest ? max(0, n2 * (times - 1)) : nil
    }

    /// The forecast of a study that is not sure; nil if it is, or has too few pulls to tell.
    ///
    /// - Parameter verdict: of these pulls.
    /// - Throws: `SelectionError` if a plug-in of the spec is unknown to this program.
    public static func of(
        _ spec: StudySpec, _ pulls: [Pull], _ verdict: Verdict
    ) throws(SelectionError) -> SurenessForecast? {
        let half = Array(pulls.prefix(pulls.count / 2))
        guard !verdict.isSure, let beliefs = try Verdict.beliefs(spec, half) else { return nil }
        let sample = PosteriorSample(
            beliefs, draws: PosteriorSample.gainDraws, stream: spec.root.split(.verdict))
        let (first, last) = (sample.expectedGain / beliefs.price, verdict.expectedGainOfPerfectInformation)
        let count = { (pulls: [Pull]) in pulls.reduce(0) { $0 + $1.result.evaluations } }
        guard first > 0, last > 0, count(half) > 0, count(half) < count(pulls) else { return nil }
        return SurenessForecast((count(half), first), (count(pulls), last))
    }
}

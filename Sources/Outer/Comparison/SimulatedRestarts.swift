import Inner

/// Running times of an algorithm that is restarted until it reaches a target, made of the runs that there are: runs are drawn
/// until one has reached it, and their evaluations are added up.
///
/// Every run is the first one equally often; further ones are drawn with replacement. The mean is the `ExpectedRunningTime`, up to
/// chance.
/// - SeeAlso: Hansen, Auger, Brockhoff, Tusar & Tusar (2016), COCO: Performance Assessment, arXiv:1605.03560
public struct SimulatedRestarts: Sendable, Equatable {
    /// Ascending; infinite, all of them, if no run has reached the target.
    public let evaluations: [Double]

    /// - Parameters:
    ///   - runs: at least one.
    ///   - samplesPerRun: how often every run is the first.
    public init(_ runs: [(hit: Int?, spent: Int)], samplesPerRun: Int, using stream: inout RandomStream) {
        precondition(!runs.isEmpty && samplesPerRun > 0, "\(runs.count) runs, \(samplesPerRun) samples of each")
        guard runs.contains(where: { $0.hit != nil }) else {
            evaluations = Array(repeating: .infinity, count: runs.count * samplesPerRun)
            return
        }
        var times: [Double] = []
        for first in runs {
            for _ in 0..<samplesPerRun {
                var (run, spent) = (first, 0)
                while run.hit == nil {
                    spent += run.spent
                    run = runs[stream.index(below: runs.count)]
                }
                times.append(Double(spent + run.hit!))
            }
        }
        evaluations = times.sorted()
    }
}

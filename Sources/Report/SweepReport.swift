import Ledger
import Outer

/// Everything a morning report says about a sweep.
public struct SweepReport: Sendable {
    public let name: String
    public let studies: [Study]
    /// How long this run took, and on how many workers; nil if the report is only printed again.
    public let run: (seconds: Double, workers: Int)?

    /// One of its studies.
    public struct Study: Sendable {
        public let name: String
        /// Nil if it was never begun.
        public let report: StudyReport?
        /// When it will be sure; nil if it is, or if that cannot be told.
        public let forecast: SurenessForecast?
        /// Why it could not be begun, or not go on.
        public let trouble: String?
        /// Quality against evaluations; nil if nothing was learned yet.
        let chart: Chart?

        public init(
            name: String, report: StudyReport?, forecast: SurenessForecast?, trouble: String?, chart: Chart? = nil
        ) {
            self.chart = chart
            self.name = name
            self.report = report
            self.forecast = forecast
            self.trouble = trouble
        }

        public var isSure: Bool { report?.isDone == true && report?.isSure == true }

        /// Seconds of search until it is sure, if its purse allows; nil if that cannot be told.
        public var secondsToSure: Double? {
            guard let report, let learning, learning > 0 else { return nil }
            if report.verdict?.isSure == true { return report.isSure ? 0 : nil }
            return forecast?.evaluations.map { $0 * (report.searchSeconds - report.fresh.seconds) / Double(learning) }
        }

        /// Evaluations that it may still learn from; nil if it has no purse.
        var left: Int? { learning.flatMap { spent in report?.spec.learningPurse.map { max(0, $0 - spent) } } }

        /// Evaluations that it has learned from.
        private var learning: Int? { report.map { $0.evaluations - $0.fresh.evaluations } }

        /// True if it goes on, or would with a larger purse.
        var isOpen: Bool { !isSure && trouble == nil && report?.stop != .objectiveFails }
    }

    public init(name: String, studies: [Study], run: (seconds: Double, workers: Int)?) {
        self.name = name
        self.studies = studies
        self.run = run
    }

    public var sure: Int { studies.count(where: \.isSure) }

    /// How many more studies would be sure after so many more hours, by the forecasts and if purses allow: all that are not take equal turns on
    /// the workers, and none has more of them than it may have searches in flight.
    public func sureAfter(hours: Double, workers: Int) -> Int {
        let needs = studies.filter(\.isOpen)
            .compactMap { study in study.secondsToSure.map { ($0, study.report?.spec.lookAhead ?? 1) } }
            .sorted { $0.0 < $1.0 }
        var (clock, worked, count) = (0.0, 0.0, 0)
        for (index, (seconds, lookAhead)) in needs.enumerated() {
            // Those that are not sure yet have each worked so long.
            let active = needs.count - index + unforeseen
            let share = min(Double(lookAhead), Double(workers) / Double(active))
            clock += (seconds - worked) / share
            worked = seconds
            guard clock <= hours * 3600 else { break }
            count += 1
        }
        return count
    }

    /// Studies that go on taking turns, but of which nobody can say when they will be sure.
    var unforeseen: Int { studies.count { $0.isOpen && $0.secondsToSure == nil } }
}

extension StudyReport {
    /// True if there is nothing more to do: learned to its end, and confirmed.
    public var isDone: Bool { stop?.endsLearning == true }
}

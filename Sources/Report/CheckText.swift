import Inner
import Problems

/// What `check` found out about an objective, for a terminal.
public enum CheckText {
    /// One evaluation.
    public struct Trial: Sendable {
        /// What kind of point it was.
        public let place: String
        public let evaluation: Evaluation
        /// Nil for a problem of this process.
        public let exchange: Exchange?

        public init(place: String, evaluation: Evaluation, exchange: Exchange?) {
            self.place = place
            self.evaluation = evaluation
            self.exchange = exchange
        }
    }

    /// - Parameter trials: pairs of evaluations of the same point.
    public static func render(
        _ problem: String, protocolName: String?, dimension: Int, _ trials: [Trial], isNoisy: Bool
    ) -> String {
        let pairs = stride(from: 0, to: trials.count - 1, by: 2).map { (trials[$0], trials[$0 + 1]) }
        var lines = ["\(problem): \(headline(trials, pairs))", ""]
        let dimensions = Numbers.counted(dimension, "coordinate", "coordinates")
        lines.append(Facts.line("spoken to", "\(protocolName.map { "\($0), " } ?? "")\(dimensions)"))
        for (first, second) in pairs { lines += [""] + told(first, named: first.place) + told(second, named: "again") }
        lines.append("")
        lines.append(Facts.line("same again", sameness(pairs, isNoisy: isNoisy)))
        let seconds = trials.map(\.evaluation.seconds).sorted()
        if let longest = seconds.last, longest > 0 {
            lines.append(
                Facts.line(
                    "time",
                    "\(Numbers.duration(seconds[0])) to \(Numbers.duration(longest)) an evaluation, the start of its process included"
                ))
        }
        return lines.joined(separator: "\n")
    }

    private static func headline(_ trials: [Trial], _ pairs: [(Trial, Trial)]) -> String {
        let answered = trials.count { $0.evaluation.isAnswered }
        if answered == 0 { return "does not answer" }
        if answered < trials.count { return "answers \(answered) of \(trials.count) times" }
        if trials.contains(where: { $0.evaluation.outcome != .ok }) { return "answers, not always with a value" }
        return pairs.allSatisfy(isSame) ? "answers, the same each time" : "answers, not the same each time"
    }

    private static func isSame(_ pair: (Trial, Trial)) -> Bool {
        pair.0.evaluation.outcome == pair.1.evaluation.outcome && pair.0.evaluation == pair.1.evaluation
    }

    private static func sameness(_ pairs: [(Trial, Trial)], isNoisy: Bool) -> String {
        let comparable = pairs.filter { $0.0.evaluation.outcome == .ok && $0.1.evaluation.outcome == .ok }
        if comparable.isEmpty { return "cannot be told: no point has two values" }
        switch (comparable.allSatisfy(isSame), isNoisy) {
        case (true, false): return "yes, it is deterministic"
        case (true, true): return "yes; without --noisy its searches would spend nothing on looking again"
        case (false, true): return "no, and --noisy says so"
        case (false, false):
            return "no, it is noisy: say --noisy, so that a best point is evaluated again before it is believed"
        }
    }

    private static func told(_ trial: Trial, named name: String) -> [String] {
        var lines: [String] = []
        if let exchange = trial.exchange {
            lines.append(Facts.command(name, "sent      \(clipped(exchange.sent))"))
            lines.append(Facts.command("", "received  \(quoted(exchange.received))"))
            if !exchange.standardError.isEmpty {
                lines.append(Facts.command("", "on stderr \(quoted(exchange.standardError))"))
            }
            if let ending = exchange.ending { lines.append(Facts.command("", "ended     \(ending)")) }
        } else {
            lines.append(Facts.command(name, "evaluated here"))
        }
        return lines + [Facts.command("", "means     \(meaning(trial.evaluation))")]
    }

    private static func meaning(_ evaluation: Evaluation) -> String {
        switch evaluation.outcome {
        case .ok: String(evaluation.value)
        case .undefined: "undefined: no number that can be compared; it ranks worst"
        default: "\(evaluation.outcome.rawValue): \(PlainLine.of(evaluation.evidence ?? ""))"
        }
    }

    private static func quoted(_ text: String) -> String { text.isEmpty ? "nothing" : PlainLine.of(text) }

    private static func clipped(_ text: String) -> String { text.count <= 400 ? text : text.prefix(399) + "…" }
}

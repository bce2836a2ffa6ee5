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

    /// What is asked, before it is.
    public static func opening(_ problem: String, protocolName: String?, dimension: Int) -> String {
        let dimensions = Numbers.counted(dimension, "coordinate", "coordinates")
        return "\(problem)\n\n" + Facts.line("spoken to", "\(protocolName.map { "\($0), " } ?? "")\(dimensions)")
    }

    /// What was found.
    ///
    /// - Parameter trials: some points, and then the same again.
    public static func closing(_ trials: [Trial], isNoisy: Bool) -> String {
        let half = trials.count / 2
        let pairs = (0..<half).map { (trials[$0], trials[half + $0]) }
        var lines = ["", Facts.line("in short", headline(trials, pairs))]
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

    /// One evaluation.
    public static func told(_ trial: Trial) -> String {
        var lines = [""]
        if let exchange = trial.exchange {
            lines.append(Facts.command(trial.place, "sent      \(clipped(exchange.sent))"))
            lines.append(Facts.command("", "received  \(quoted(exchange.received))"))
            if !exchange.standardError.isEmpty {
                lines.append(Facts.command("", "on stderr \(quoted(exchange.standardError))"))
            }
            if let ending = exchange.ending { lines.append(Facts.command("", "ended     \(ending)")) }
        } else {
            lines.append(Facts.command(trial.place, "evaluated here"))
        }
        return (lines + [Facts.command("", "means     \(meaning(trial.evaluation))")]).joined(separator: "\n")
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

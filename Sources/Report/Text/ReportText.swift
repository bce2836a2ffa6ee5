import Inner
import Ledger
import Outer
import Problems

/// The verdict for a terminal of 80 columns: one fact a line.
public enum ReportText {
    public static func render(_ report: StudyReport) -> String {
        var lines = [Facts.broken(headline(report)), ""]
        if let verdict = report.verdict, let arm = report.recommended {
            lines += settings(arm) + knee(verdict, report)
            lines += cost(verdict, report) + steps(verdict, report) + confidence(verdict, report)
            lines += unconfirmed(report) + alternatives(verdict)
            lines += observed(verdict, report)
        }
        lines += spending(report) + (report.instead?.lines ?? []) + whereabouts(report)
        return lines.joined(separator: "\n")
    }

    /// The verdict in a sentence.
    static func headline(_ report: StudyReport) -> String {
        guard let arm = report.recommended else { return "\(report.problem): nothing learned yet" }
        let finding =
            switch (report.isSure, report.kneeIsCensored) {
            case (true, false): "are enough"
            case (true, true): "at least"
            case (false, _): "is the best guess so far"
            }
        return "\(report.problem): \(SettingsText.headline(arm)) \(finding)"
    }

    private static func settings(_ arm: Arm) -> [String] {
        let configuration = arm.configuration
        if let experts = configuration.experts { return Self.experts(experts, arm) }
        guard configuration.isParticleSwarm else {
            let size = SettingsText.size(configuration).map { [Facts.line("generation", $0)] } ?? []
            let budget = "\(Numbers.grouped(arm.budget)) evaluations a search"
            return [Facts.line("family", configuration.family)] + size + [Facts.line("budget", budget)]
        }
        var lines = extent(arm)
        lines.append(Facts.line("inertia", configuration.inertiaLabel))
        lines.append(Facts.line("topology", configuration.topology))
        if configuration.rule != SettingsText.usualRule { lines.append(Facts.line("velocity", configuration.rule)) }
        if configuration.boundary != SettingsText.usualBoundary {
            lines.append(Facts.line("boundary", configuration.boundary))
        }
        return lines
    }

    private static func extent(_ arm: Arm) -> [String] {
        let budget = "\(Numbers.grouped(arm.budget)) evaluations a search"
        return [
            Facts.line("swarm size", Numbers.counted(arm.configuration.swarmSize, "particle", "particles")),
            Facts.line("iterations", "\(Numbers.grouped(arm.iterations)) (\(budget))"),
        ]
    }

    private static func experts(_ rule: ExpertRule, _ arm: Arm) -> [String] {
        let weights =
            "phi_v \(arm.configuration.inertiaLabel), phi_p \(rule.cognitive), phi_g \(rule.social), phi_w \(rule.repulsion)"
        // Behind the four weights.
        return extent(arm) + [
            Facts.line("weights", weights), Facts.line("step", "\(rule.step)"),
        ] + (rule.words.count > 4 ? [Facts.line("also", rule.words.dropFirst(4).joined(separator: ", "))] : [])
    }

    private static func knee(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        var lines = report.confirmedKnee.map { confirmed($0, verdict, report) } ?? learned(verdict, report)
        if report.spec.space.configurations.count > 1 {
            let any = verdict.kneeOfAnySettings
            lines.append(Facts.line("", "whatever the settings: \(range(any.lowerBound, any.upperBound))"))
        }
        switch report.spec.goal {
        case .total(let total):
            lines.append(Facts.line("", "for \(Numbers.grouped(total)) evaluations, spent by restarting"))
        case .target(let value): lines.append(target(value, verdict, report))
        case .price: break
        }
        return lines
    }

    private static func target(_ value: Double, _ verdict: Verdict, _ report: StudyReport) -> String {
        if let record = report.confirmation, let time = record.runningTime {
            return Facts.line("target", reached(value, time, "fresh search", within: record.confirmation.median))
        }
        guard let time = verdict.runningTime, time.searches > 0 else {
            return Facts.line("target", "\(Numbers.significant(value)), not tried with these settings yet")
        }
        return Facts.line("target", reached(value, time, "search", within: verdict.arm.budget))
    }

    /// How many searches within a budget reach a target, and what that takes.
    static func reached(_ value: Double, _ time: RunningTime, _ search: String, within budget: Int) -> String {
        let searches = Numbers.counted(time.searches, search, search + "es")
        let share =
            "\(Numbers.significant(value)) reached by \(time.successes) of \(searches) within \(Numbers.grouped(budget))"
        return time.evaluations.map {
            "\(share), in \(Numbers.grouped(Int($0.rounded()))) evaluations on average, restarts included"
        } ?? share
    }

    private static func learned(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        let (knee, mass) = (verdict.knee, Numbers.percent(verdict.knee.massAtCeiling))
        return [
            Facts.line(
                "knee", "\(Numbers.grouped(knee.budget)) evaluations, 5-95 % range \(range(knee.low, knee.high))"),
            Facts.line(
                "",
                report.kneeIsCensored
                    ? "censored: knee >= \(Numbers.grouped(knee.budget)), the largest budget tried (\(mass))"
                    : "at the largest budget tried with probability \(mass)"),
        ]
    }

    /// What fresh searches said counts; what was believed while choosing is told beside it.
    private static func confirmed(
        _ confirmation: KneeConfirmation, _ verdict: Verdict, _ report: StudyReport
    ) -> [String] {
        let knee = verdict.knee
        let last = Numbers.grouped(confirmation.budgets[confirmation.budgets.count - 1])
        let mass = Numbers.percent(confirmation.massAtLargest)
        return [
            Facts.line(
                "knee",
                "\(Numbers.grouped(confirmation.median)) evaluations, 5-95 % range "
                    + range(confirmation.low, confirmation.high)),
            Facts.line("", "by \(confirmation.searches) fresh searches of \(last) evaluations"),
            Facts.line(
                "",
                report.kneeIsCensored
                    ? "censored: knee \(confirmation.massAtLargest > 0.5 ? "" : "may be ")>= \(last) (\(mass))"
                    : "at their end with probability \(mass)"),
            Facts.line(
                "",
                "(learned: \(Numbers.grouped(knee.budget)), range \(range(knee.low, knee.high)))"),
        ]
    }

    private static func range(_ low: Int, _ high: Int) -> String {
        "\(Numbers.grouped(low)) to \(Numbers.grouped(high))"
    }

    private static func cost(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        guard report.spec.cost == .seconds else { return [] }
        let time = verdict.secondsPerEvaluation.map { "\(Numbers.shortTime($0)) an evaluation; " } ?? ""
        return [Facts.line("cost", time + "the price counts seconds")]
    }

    /// What another budget would change: as counted in fresh searches, or else as believed.
    private static func steps(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        guard let arm = report.recommended else { return [] }
        let (space, confirmation) = (report.spec.space, report.confirmation?.confirmation)
        var lines: [String] = []
        let pairs = { (level: Int, believed: BudgetStep?) -> String? in
            if let wins = confirmation?.doublingWins, wins.indices.contains(level) {
                return share(wins[level], "fresh pairs", report.spec)
            }
            return arm == verdict.arm ? believed.map { share($0.winShare, "pairs", report.spec) } : nil
        }
        if let share = pairs(arm.level, verdict.doubling) {
            let larger = Numbers.grouped(space.budget(level: arm.level + 1))
            lines.append(Facts.line("twice that", "\(larger) evaluations beat it \(share)"))
        }
        if let share = pairs(arm.level - 1, verdict.halving) {
            let smaller = Numbers.grouped(space.budget(level: arm.level - 1))
            lines.append(Facts.line("half of it", "it beats \(smaller) evaluations \(share)"))
        }
        return lines
    }

    static func share(_ winShare: Double, _ pairs: String, _ spec: StudySpec) -> String {
        let share = "in \(Numbers.percent(winShare)) of \(pairs)"
        // At the price of a restart the bar is a fact about two searches instead of one, whatever the distribution.
        guard spec.goal == .price(1), spec.cost == .evaluations else { return share }
        return share + (winShare > 2 / 3.0 ? ", more" : ", no more") + " than two thirds"
    }

    /// What else may be best, and what matters.
    private static func alternatives(_ verdict: Verdict) -> [String] {
        var lines: [String] = []
        let ties = verdict.nearTies.map { "\(SettingsText.label($0.arm)) (\(Numbers.percent($0.probability)))" }
        for (index, tie) in ties.prefix(4).enumerated() {
            lines.append(Facts.line(index == 0 ? "may be best" : "", tie))
        }
        let shares = verdict.importance.filter { $0.share >= 0.005 }.map {
            "\(name($0.factor)) \(Numbers.percent($0.share))"
        }
        if !shares.isEmpty { lines.append(Facts.line("what counts", shares.joined(separator: ", "))) }
        return lines
    }

    static func name(_ factor: FactorImportance.Factor) -> String {
        switch factor {
        case .budget, .inertia, .topology, .boundary, .repulsion: factor.rawValue
        case .cognitive: "cognitive weight"
        case .social: "social weight"
        case .step: "step length"
        case .swarmSize: "swarm size"
        case .rule: "velocity rule"
        case .interplay: "their interplay"
        }
    }

    private static func confidence(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        let gain = Numbers.fixed(verdict.expectedGainOfPerfectInformation, 2)
        return [
            Facts.line("sure", report.isSure ? "yes" : unsure(verdict, report)),
            Facts.line("", "perfect knowledge would be worth \(gain) doublings of one search"),
            Facts.line("", "(sure at \(Numbers.fixed(Verdict.sureness, 2)) or less)"),
            Facts.line(
                "quality",
                "score \(Numbers.fixed(verdict.meanScore, 2)), \(Numbers.fixed(verdict.epistemicDeviation, 2)) unknown (epistemic), "
                    + "\(Numbers.fixed(verdict.aleatoricDeviation, 2)) by luck"),
        ]
    }

    private static func unsure(_ verdict: Verdict, _ report: StudyReport) -> String {
        if verdict.isSure, report.confirmation != nil { return "not yet: no fresh search has reached the target" }
        if verdict.isSure { return "not yet: with these settings no search has reached the target" }
        let isWorthLittle = verdict.expectedGainOfPerfectInformation <= Verdict.sureness
        return isWorthLittle ? "not yet: no search has reached the target" : "not yet"
    }

    /// Why the interval is not that of fresh searches, if it should be.
    private static func unconfirmed(_ report: StudyReport) -> [String] {
        guard report.confirmation == nil, report.spec.freshSearches > 0 else { return [] }
        if let obstacle = report.obstacle {
            return [Facts.line("confirmed", "no: \(ConfirmationText.sentence(obstacle, report.spec))")]
        }
        return [Facts.line("confirmed", "not yet: fresh searches come at the end of learning")]
    }

    /// Fresh searches were not chosen for what they found; those learned from were.
    private static func observed(_ verdict: Verdict, _ report: StudyReport) -> [String] {
        var text: String?
        if let confirmation = report.confirmation?.confirmation, let arm = report.recommended,
            let level = confirmation.budgets.firstIndex(of: arm.budget), let median = confirmation.medians[level]
        {
            text =
                "median best \(Numbers.significant(median)) in the fresh searches after \(Numbers.grouped(arm.budget))"
        } else if let median = verdict.observedMedian {
            text = "median best \(Numbers.significant(median)) in \(searches(verdict.observedSearches)) of that length"
        }
        let optimum = report.optimum.map { Facts.line("", "known optimum \(Numbers.significant($0))") }
        return text.map { [Facts.line("observed", $0)] + [optimum].compactMap(\.self) } ?? []
    }

    private static func searches(_ count: Int) -> String { Numbers.counted(count, "search", "searches") }

    private static func spending(_ report: StudyReport) -> [String] {
        let purse = report.spec.purse.map { " of \(Numbers.grouped($0))" } ?? ""
        var lines = [
            Facts.line(
                "spent",
                "\(Numbers.grouped(report.evaluations))\(purse) evaluations in \(searches(report.pulls))"),
            Facts.line("", "\(Numbers.duration(report.searchSeconds)) of search"),
        ]
        if report.fresh.searches > 0 {
            let fresh = Numbers.counted(report.fresh.searches, "fresh search", "fresh searches")
            lines[1] = Facts.line("", "and \(fresh) (\(Numbers.grouped(report.fresh.evaluations)) of the evaluations)")
            lines.append(Facts.line("", "\(Numbers.duration(report.searchSeconds)) of search"))
        }
        if report.failures > 0 {
            lines.append(
                Facts.line(
                    "failed",
                    Numbers.counted(
                        report.failures, "evaluation had no value and ranks worst",
                        "evaluations had no value and rank worst")))
        }
        if report.outcomes.count > 1 {
            let told = report.outcomes.map { "\(Numbers.grouped($0.count)) \($0.outcome.rawValue)" }
            let isWhole = report.outcomes.reduce(0) { $0 + $1.count } == report.failures
            lines.append(
                Facts.line("", told.joined(separator: ", ") + (isWhole ? "" : ", as far as evidence was kept")))
        }
        if let evidence = report.firstFailure { lines.append(Facts.line("", "the first: \(PlainLine.of(evidence))")) }
        if let retest = report.retest, !retest.isSame { lines.append(Facts.line("noise", sentence(retest))) }
        if let stop = report.stop {
            lines.append(
                Facts.line(
                    "stopped",
                    report.goesOn
                        ? "sure too soon, as no search reached the target since; 'resume' goes on learning"
                        : sentence(stop)))
        }
        if let outage = report.outage { lines += self.outage(outage) }
        return lines
    }

    /// What was received last, and how to ask for it by hand.
    static func outage(_ outage: Outage) -> [String] {
        let requests = Numbers.counted(outage.requests, "request", "requests in a row")
        var lines = [
            Facts.line(
                "",
                "\(requests) without an answer; the last: \(outage.outcome.rawValue): \(PlainLine.of(outage.evidence))")
        ]
        if let byHand = outage.byHand { lines.append(Facts.command("by hand", byHand)) }
        return lines
    }

    /// What two values of one point mean, and what to do.
    public static func sentence(_ retest: SearchResult.Retest) -> String {
        "the same point had the values \(retest.first) and \(retest.second): the objective is noisy. "
            + "Say --noisy, in a new study, so that a best point is evaluated again before it is believed."
    }

    private static func whereabouts(_ report: StudyReport) -> [String] {
        let isDone =
            report.stop != .interrupted && report.stop != .objectiveFails && report.verdict != nil && !report.goesOn
        return [
            Facts.line("ledger", "\(report.ledger), study \(report.study)"),
            Facts.line("digest", report.digest),
        ]
            + (report.page.map { [Facts.command("page", $0)] } ?? []) + [
                Facts.command("next", isDone ? command("run --as", report) : resumeCommand(report))
            ]
    }

    /// What continues the study, for an hour if nothing else would end it.
    public static func resumeCommand(_ report: StudyReport) -> String {
        command("resume", report) + (report.spec.hasEnd ? "" : " --max-time 1h")
    }

    private static func command(_ verb: String, _ report: StudyReport) -> String {
        command(verb, report.study, ledger: report.ledger, program: report.program)
    }

    /// What a user types, or pastes, to do something with a study.
    public static func command(_ verb: String, _ study: String, ledger: String, program: String) -> String {
        "\(ShellWord.quoted(program)) \(verb) \(ShellWord.quoted(study))"
            + (ledger == "runs/knee.sqlite" ? "" : " --ledger \(ShellWord.quoted(ledger))")
    }

    private static func sentence(_ stop: StopReason) -> String {
        switch stop {
        case .sure: "sure: knowing more is not worth its price"
        case .purse: "what the purse has for learning is spent"
        case .pulls: "all searches asked for were made"
        case .time: "time is up"
        case .interrupted: "interrupted; it can be resumed"
        case .objectiveFails: "the objective keeps failing; it can be resumed"
        }
    }
}

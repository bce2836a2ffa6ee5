import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

/// What a composition is compared with: the experts and their means, and searches that get as many evaluations as the study.
/// Recorded search by search; what is there is not made again.
struct BaselineSearches: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let problem: OpenProblem
    let workers: Int
    let deadline: Deadline?
    let tell: @Sendable (StudyEvent) -> Void

    private var count: Int { study.problem.dimension }
    private var root: RandomStream { RandomStream(seed: study.spec.seed).split(.baseline) }

    /// Chance of a baseline's searches: fixed for all that is recorded.
    private func stream(_ method: MixtureMethod, _ number: Int) -> RandomStream {
        let purpose: Int =
            switch method {
            case .composed: 0
            case .expert: 1
            case .uniformSoup: 2
            case .greedySoup: 3
            case .hullRandom: 4
            case .hullCMAES: 5
            case .modelSwarms: 6
            }
        return root.split(.search, purpose, number)
    }

    // MARK: Experts and soups

    /// Evaluates every expert and the mean of all.
    ///
    /// - Returns: the values of the experts; what failed is worst.
    /// - Throws: `Failure` if all are alike, `Outage` if the evaluator is out of reach.
    func lookAtExperts() async throws -> [Double] {
        let known = try ledger.mixtureSearches(of: study)
        let experts = try await single(.expert, (0..<count).map { unit($0, of: count) }, known)
        let mean = try await single(.uniformSoup, [UniformSoup.coefficients(experts: count)], known)
        let all = experts + mean
        guard let first = all.first(where: { $0.outcome == .ok }) else {
            throw Failure(
                objective:
                    "the evaluator has no value for any expert, nor for the mean of all. The first: \(PlainLine.of(all[0].evidence ?? all[0].outcome.rawValue))"
            )
        }
        let values = all.filter { $0.outcome == .ok }
        guard values.count < 2 || values.contains(where: { $0.value != first.value }) else {
            throw Failure(
                objective:
                    "the evaluator gives \(Numbers.significant(first.value)) for every expert and for the mean of all, as far as they have a value: there is nothing to search for."
            )
        }
        return experts.map(\.ranked)
    }

    /// Single mixtures, evaluated where they are not yet, and recorded if they were answered: others may be next time.
    private func single(_ method: MixtureMethod, _ mixtures: [[Double]], _ known: [MixtureSearch]) async throws
        -> [Evaluation]
    {
        let own = Dictionary(
            known.filter { $0.method == method.rawValue }.map { ($0.number, $0) },
            uniquingKeysWith: { first, _ in first })
        var found: [Int: Evaluation] = [:]
        for number in mixtures.indices {
            found[number] = own[number].map {
                Evaluation(value: $0.best?.value ?? .nan, evidence: "it had no value before")
            }
        }
        try await withThrowingTaskGroup(of: (Int, Evaluation).self) { group in
            for number in mixtures.indices where own[number] == nil {
                group.addTask {
                    (number, await problem.evaluate([mixtures[number]], stream(method, number))[0])
                }
            }
            for try await (number, evaluation) in group {
                if let outage = await problem.outage { throw outage }
                try Task.checkCancellation()
                found[number] = evaluation
                guard evaluation.isAnswered else { continue }
                let best =
                    evaluation.outcome == .ok
                    ? SearchResult.Best(point: mixtures[number], value: evaluation.value) : nil
                try await ledger.record(
                    MixtureSearch(
                        method.rawValue, number: number, budget: 1, evaluations: 1, best: best,
                        seconds: evaluation.seconds), of: study)
            }
        }
        return mixtures.indices.compactMap { found[$0] }
    }

    // MARK: Searches

    /// Makes the baselines' searches.
    ///
    /// - Parameters:
    ///   - arm: what was learned: random mixtures and CMA-ES search as long.
    ///   - evaluations: what each may spend in all.
    ///   - experts: the values of the experts.
    /// - Returns: false if time ran out.
    func make(_ baselines: Baselines, like arm: Arm, spending evaluations: Int, experts: [Double]) async throws -> Bool
    {
        for method in baselines.methods {
            let isDone: Bool =
                switch method {
                case .composed, .expert, .uniformSoup: true
                case .greedySoup: try await makeGreedySoup(experts)
                case .hullRandom: try await search(method, Plan(arm.budget, evaluations) { _ in (HullRandom(), nil) })
                case .hullCMAES: try await search(method, Plan(arm.budget, evaluations) { _ in (HullCMAES(), nil) })
                case .modelSwarms: try await search(method, modelSwarms(evaluations))
                }
            guard isDone else { return false }
        }
        return true
    }

    private func makeGreedySoup(_ experts: [Double]) async throws -> Bool {
        let method = MixtureMethod.greedySoup
        guard try !ledger.mixtureSearches(of: study).contains(where: { $0.method == method.rawValue }) else {
            return true
        }
        var soup = GreedySoup(values: experts)
        var (evaluations, seconds) = (0, 0.0)
        while let next = soup.next {
            let evaluation = await problem.evaluate([next], stream(method, evaluations))[0]
            if let outage = await problem.outage { throw outage }
            try Task.checkCancellation()
            (evaluations, seconds) = (evaluations + 1, seconds + evaluation.seconds)
            soup.tell(evaluation.ranked)
            tell(.composing(method.option, evaluations, of: count - 1))
        }
        let best = soup.coefficients.map { SearchResult.Best(point: $0, value: soup.value) }
        // The experts themselves were evaluated before.
        let spent = evaluations + count
        try await ledger.record(
            MixtureSearch(
                method.rawValue, number: 0, budget: spent, evaluations: spent, best: best, seconds: seconds), of: study)
        return true
    }

    /// Searches of one length, as many as pay.
    private struct Plan {
        let budget: Int
        let searches: Int
        let family: @Sendable (Int) -> (any SearchFamily, setting: String?)

        init(
            _ budget: Int, _ evaluations: Int,
            _ family: @escaping @Sendable (Int) -> (any SearchFamily, setting: String?)
        ) {
            self.budget = min(budget, evaluations)
            // The last one makes it as many evaluations or a few more, never less.
            searches = max(1, (evaluations + self.budget - 1) / self.budget)
            self.family = family
        }
    }

    /// Its authors' searches: 20 particles, 50 iterations, a setting each.
    private func modelSwarms(_ evaluations: Int) -> Plan {
        let settings = ModelSwarmsSettings()
        var chance = root.split(.decision)
        let budget = 20 * 50
        let drawn = settings.draw(min(settings.count, (evaluations + budget - 1) / budget), using: &chance)
        return Plan(budget, evaluations) { number in
            let family = settings[drawn[number % drawn.count]]
            let weights = family.weights
            return (
                family,
                "v \(weights.inertia), p \(weights.cognitive), g \(weights.social), w \(weights.repulsion), step \(family.steps.first)"
            )
        }
    }

    private func search(_ method: MixtureMethod, _ plan: Plan) async throws -> Bool {
        let done = Set(
            try ledger.mixtureSearches(of: study).filter { $0.method == method.rawValue && $0.budget == plan.budget }
                .map(\.number))
        let missing = (0..<plan.searches).filter { !done.contains($0) }
        var spent = (plan.searches - missing.count) * plan.budget
        return try await withThrowingTaskGroup(of: (MixtureSearch, SearchEnd).self) { group in
            var (left, running) = (missing[...], 0)
            while true {
                while running < workers, let number = left.first, deadline?.isLaunchOver != true, !Task.isCancelled {
                    left.removeFirst()
                    running += 1
                    group.addTask { await made(method, plan, number) }
                }
                guard running > 0, let (search, end) = try await group.next() else { break }
                running -= 1
                if let outage = await problem.outage { throw outage }
                guard end == .budget else { continue }
                try await ledger.record(search, of: study)
                spent += search.evaluations
                tell(.composing(method.option, spent, of: plan.searches * plan.budget))
            }
            try Task.checkCancellation()
            return left.isEmpty
        }
    }

    private func made(_ method: MixtureMethod, _ plan: Plan, _ number: Int) async -> (MixtureSearch, SearchEnd) {
        let (family, setting) = plan.family(number)
        let start = ContinuousClock.now
        let result = await problem.search(family, plan.budget, stream(method, number))
        let search = MixtureSearch(
            method.rawValue, number: number, budget: plan.budget, evaluations: result.evaluations, setting: setting,
            best: result.best, seconds: (.now - start) / .seconds(1))
        return (search, result.end)
    }
}

import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

/// What every contestant learns for every problem: each with the same purse, each in a study of its own.
enum LearnedSettings {
    enum End {
        /// Contestant by contestant and problem by problem.
        case learned([[ComparisonLesson]])
        case stopped(StopReason)
    }

    /// Learns what is not learned yet.
    ///
    /// - Throws: what a study throws.
    static func learn(_ run: ComparisonRun) async throws -> End {
        let spec = run.comparison.spec
        var lessons: [[ComparisonLesson]] = []
        for contestant in spec.contestants {
            var own: [ComparisonLesson] = []
            for (index, problem) in spec.problems.enumerated() {
                let study = try study(contestant, problem, index, run)
                run.meter.learning("\(contestant.name) on \(problem.label)")
                let report = try await StudyRun(
                    study: study, ledger: run.ledger, workers: min(run.workers, study.spec.lookAhead),
                    evaluators: Evaluators(workers: run.workers), deadline: run.deadline, outages: run.outages
                ).run()
                guard let lesson = ComparisonLesson(report) else { return .stopped(report.stop ?? .interrupted) }
                own.append(lesson)
            }
            lessons.append(own)
        }
        return .learned(lessons)
    }

    /// What was learned so far as the ledger has it: nil unless all have.
    static func recorded(_ comparison: ComparisonRecord, in ledger: Ledger) async throws -> [[ComparisonLesson]]? {
        guard comparison.spec.learning != nil else { return nil }
        var lessons: [[ComparisonLesson]] = []
        for contestant in comparison.spec.contestants {
            var own: [ComparisonLesson] = []
            for index in comparison.spec.problems.indices {
                let name = comparison.studyName(contestant, index)
                guard try ledger.hasStudy(named: name) else { return nil }
                let report = try await RecordedReport(try ledger.study(named: name), in: ledger, history: false).report
                guard let lesson = ComparisonLesson(report) else { return nil }
                own.append(lesson)
            }
            lessons.append(own)
        }
        return lessons
    }

    /// The study in which a contestant learns its settings for a problem, begun if it is not there.
    private static func study(
        _ contestant: Contestant, _ problem: ComparedProblem, _ index: Int, _ run: ComparisonRun
    ) throws -> StudyRecord {
        let name = run.comparison.studyName(contestant, index)
        if try run.ledger.hasStudy(named: name) { return try run.ledger.study(named: name) }
        guard let learning = run.comparison.spec.learning else { preconditionFailure("nothing is to be learned") }
        var factors = ArmSpace.Factors()
        factors.family = contestant.family
        if contestant.family != FamilyCatalogue.particleSwarm {
            factors.swarmSizes = try FamilyCatalogue.entry(contestant.family).sizes?.choices ?? [1]
        }
        let floor = ArmSpace.defaultFloor(dimension: problem.manifest.dimension)
        let ceiling = StudyDefaults.ceiling(floor: floor, purse: learning.purse, total: nil)
        let space = try ArmSpace(factors, floor: floor, ceiling: ceiling)
        let spec = StudySpec(
            space: space, goal: .price(learning.price), seed: run.comparison.spec.seed, purse: learning.purse,
            levelsAtFirst: StudyDefaults.levelsAtFirst(space), stopsWhenSure: true,
            freshSearches: StudyDefaults.freshSearches)
        let study = StudyRecord(name: name, problem: problem.learned, spec: spec, provenance: .here())
        try run.ledger.create(study)
        return study
    }
}

extension ComparisonLesson {
    /// Nil while the study is not at its end.
    init?(_ report: StudyReport) {
        guard report.stop?.endsLearning == true, let arm = report.recommended else { return nil }
        self.init(arm: arm, evaluations: report.evaluations, isSure: report.isSure)
    }
}

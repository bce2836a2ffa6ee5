import Foundation
import Inner
import Ledger
import Outer
import RealModule

/// Studies as long ones leave them, made without a search: 192 configurations, up to nine budgets and 33 checkpoints, half
/// of all pulls at the least budget, half of the others at the next, and so on.
enum PlantedLedger {
    /// Pulls that are made and recorded at once.
    private static let batch = 1000
    private static let floor = 16

    /// Records a study of so many pulls that may launch `more`.
    static func plant(_ name: String, pulls count: Int, more: Int, in ledger: Ledger) throws {
        let space = try ArmSpace(floor: floor, ceiling: floor << 8)
        let study = StudyRecord(
            name: name, problem: try .builtIn("sphere"),
            spec: StudySpec(space: space, maxPulls: count + more, levelsAtFirst: 7),
            provenance: Provenance(created: "", commandLine: [], programVersion: "", host: ""))
        try ledger.create(study)
        var pulls: [Pull] = []
        for start in stride(from: 0, to: count, by: batch) {
            let numbers = start..<min(count, start + batch)
            for number in numbers { pulls.append(try pull(number, of: count, space, after: pulls, study.spec)) }
            try ledger.record(Array(pulls[numbers]), of: study)
        }
    }

    /// The last is what the study would choose itself: who resumes it looks.
    private static func pull(
        _ number: Int, of count: Int, _ space: ArmSpace, after pulls: [Pull], _ spec: StudySpec
    ) throws -> Pull {
        var chance = RandomStream(seed: 1).split(.search, number)
        let levels = min(space.levels, 7 + 3 * number / count)
        let configuration = chance.index(below: space.configurations.count)
        let drawn = min(levels - 1, Int(chance.next().leadingZeroBitCount))
        let decision = number == count - 1 ? try Learner.recompute(number, of: spec, from: pulls) : nil
        let arm = space[decision?.arm ?? space.index(configuration: configuration, level: drawn)]
        let level = arm.level
        var (best, quality) = (Double.infinity, chance.normal() + Double(configuration % 7))
        let checkpoints = (0...space.checkpoint(ofLevel: level)).map { k in
            quality -= 0.25 + 0.3 * chance.normal()
            best = min(best, Double.exp(quality))
            return Trace.Checkpoint(evaluations: space.grid.evaluations(at: k), best: best)
        }
        let others = (1..<9).map { (arm.index + 37 * $0) % space.count }
        let contenders = ([arm.index] + others).map {
            Decision.Contender(arm: $0, draw: chance.normal(), mean: chance.normal(), offset: -chance.uniform())
        }
        return Pull(
            number: number,
            decision: decision ?? Decision(arm: arm.index, contenders: contenders, propensity: 0.125),
            budget: arm.budget,
            result: SearchResult(
                trace: Trace(checkpoints), best: .init(point: (0..<10).map { _ in chance.uniform() }, value: best),
                evaluations: arm.budget),
            seconds: 1e-3, levels: levels)
    }
}

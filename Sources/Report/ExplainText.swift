import Outer

/// Why a pull was launched: the contenders' draws, means and prices, as recorded.
public enum ExplainText {
    /// - Parameters:
    ///   - seen: pulls the decision could see.
    ///   - agrees: whether the decision, computed again from the ledger, equals the recorded one.
    public static func render(_ pull: Pull, of spec: StudySpec, seen: Int, agrees: Bool) -> String {
        let arm = spec.space[pull.decision.arm]
        var lines = [
            "Pull \(pull.number) launched \(label(arm)), having seen \(seen) finished searches.",
            "The policy \(spec.policy) chooses this arm with probability about \(Numbers.percent(pull.decision.propensity)).",
            "",
        ]
        let rows = pull.decision.contenders.map { contender in
            [
                label(spec.space[contender.arm]), Numbers.fixed(contender.draw, 3), Numbers.fixed(contender.mean, 3),
                Numbers.fixed(-contender.offset, 3), Numbers.fixed(contender.drawnUtility, 3),
            ]
        }
        if !rows.isEmpty {
            lines.append(Table.render(["contender", "draw", "mean", "price", "draw - price"], rows))
            lines.append("")
        }
        lines.append(
            agrees
                ? "Computed again from the ledger: the same decision."
                : "Computed again from the ledger: NOT the same decision; program or ledger changed.")
        return lines.joined(separator: "\n")
    }

    public static func label(_ arm: Arm) -> String {
        let configuration = arm.configuration
        return "\(configuration.swarmSize) x \(Numbers.grouped(arm.iterations)), w \(configuration.inertiaLabel), "
            + configuration.topology
    }
}

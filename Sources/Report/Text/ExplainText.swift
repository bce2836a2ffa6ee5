import Outer

/// Why a pull was launched: the contenders' draws and means, and what the goal adds to them, as recorded.
public enum ExplainText {
    /// What came of computing a decision again from the ledger.
    public enum Recomputation: Sendable {
        case same, different
        /// A search before it was in flight when the study was killed, and is not recorded yet.
        case missing(Int)
    }

    /// - Parameters:
    ///   - seen: pulls the decision could see.
    ///   - again: whether the decision, computed again from the ledger, equals the recorded one.
    public static func render(_ pull: Pull, of spec: StudySpec, seen: Int, _ again: Recomputation) -> String {
        let arm = spec.space[pull.decision.arm]
        var lines = [
            Facts.broken(
                "Pull \(pull.number) launched \(SettingsText.label(arm)), having seen \(Numbers.counted(seen, "finished search", "finished searches"))."
            ),
            "The policy \(spec.policy) chooses this arm with probability about \(Numbers.percent(pull.decision.propensity)).",
            "",
        ]
        let rows = pull.decision.contenders.map { contender in
            [
                SettingsText.label(spec.space[contender.arm]), Numbers.fixed(contender.draw, 3),
                Numbers.fixed(contender.mean, 3),
                Numbers.fixed(contender.offset, 3), Numbers.fixed(contender.drawnUtility, 3),
            ]
        }
        if !rows.isEmpty {
            lines.append(Table.render(["contender", "draw", "mean", "goal", "draw + goal"], rows))
            lines.append("")
        }
        return (lines + [sentence(again)]).joined(separator: "\n")
    }

    private static func sentence(_ again: Recomputation) -> String {
        switch again {
        case .same: "Computed again from the ledger: the same decision."
        case .different: "Computed again from the ledger: NOT the same decision; program or ledger changed."
        case .missing(let number):
            "Not computed again: search \(number) before it is missing until the study is resumed."
        }
    }
}

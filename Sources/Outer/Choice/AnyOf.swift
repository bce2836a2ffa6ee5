import Inner

extension Decision {
    /// One of `arms`, all equally probable; nothing is compared.
    static func anyOf(_ arms: [Int], _ stream: RandomStream) -> Decision {
        var chance = stream.split(.decision)
        return Decision(arm: arms[chance.index(below: arms.count)], contenders: [], propensity: 1 / Double(arms.count))
    }
}

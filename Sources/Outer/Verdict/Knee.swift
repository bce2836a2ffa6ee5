/// The budget beyond which more search does not pay: T* = argmax over T of U, for the learned configuration.
public struct Knee: Sendable, Equatable, Codable {
    /// Evaluations.
    public let budget: Int
    /// 5 % and 95 % points of T* over posterior draws, in evaluations.
    public let low: Int
    public let high: Int
    /// Share of draws whose T* is the largest, or the least, budget of the space.
    public let massAtCeiling: Double
    public let massAtFloor: Double

    /// - Parameter levels: the best level in each posterior draw.
    init(budget: Int, levels: [Int], _ space: ArmSpace) {
        self.budget = budget
        let sorted = levels.sorted()
        low = space.budget(level: sorted[sorted.count * 5 / 100])
        high = space.budget(level: sorted[min(sorted.count * 95 / 100, sorted.count - 1)])
        massAtCeiling = Double(levels.count { $0 == space.levels - 1 }) / Double(levels.count)
        massAtFloor = Double(levels.count { $0 == 0 }) / Double(levels.count)
    }

    /// More likely than not the knee lies at or above the largest budget searched.
    public var isCensored: Bool { massAtCeiling > 0.5 }
}

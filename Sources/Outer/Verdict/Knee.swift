/// The budget beyond which more search does not pay: T* = argmax over T of U, for the learned configuration.
public struct Knee: Sendable, Equatable, Codable {
    /// Evaluations.
    public let budget: Int
    /// 5 % and 95 % points of T* over posterior draws, in evaluations.
    public let low: Int
    public let high: Int
    /// Share of draws whose T* is the largest budget that is open, or the least.
    public let massAtCeiling: Double
    public let massAtFloor: Double

    /// - Parameters:
    ///   - levels: the best level in each posterior draw.
    ///   - largest: the highest level that is open.
    init(budget: Int, levels: [Int], largest: Int, _ space: ArmSpace) {
        self.budget = budget
        let sorted = levels.sorted()
        low = space.budget(level: sorted[sorted.count * 5 / 100])
        high = space.budget(level: sorted[min(sorted.count * 95 / 100, sorted.count - 1)])
        massAtCeiling = Double(levels.count { $0 == largest }) / Double(levels.count)
        massAtFloor = Double(levels.count { $0 == 0 }) / Double(levels.count)
    }

    /// More likely than not the knee lies at or above the largest budget searched.
    public var isCensored: Bool { massAtCeiling > 0.5 }
}

/// An arm that may be the best of all.
public struct NearTie: Sendable, Equatable, Codable {
    public let arm: Arm
    /// Share of posterior draws in which its utility is the highest.
    public let probability: Double

    /// Arms less likely than this are not told.
    public static let threshold = 0.05

    /// Those above the threshold, the likeliest first.
    ///
    /// - Parameter winners: the best arm of every draw.
    static func among(_ winners: [Int], _ space: ArmSpace) -> [NearTie] {
        var counts: [Int: Int] = [:]
        for arm in winners { counts[arm, default: 0] += 1 }
        return counts.filter { Double($0.value) > threshold * Double(winners.count) }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { NearTie(arm: space[$0.key], probability: Double($0.value) / Double(winners.count)) }
    }
}

/// What a study of a built-in problem does unless told.
public enum StudyDefaults {
    /// Evaluations to spend, in least budgets.
    static let purseInFloors = 8000
    /// The largest budget, in octaves above the least.
    static let octaves = 6

    public static func purse(floor: Int) -> Int { floor * purseInFloors }

    /// 64 least budgets, or what a total can pay; never more than a quarter of the purse, so that a few searches fit.
    public static func ceiling(floor: Int, purse: Int?, total: Int?) -> Int {
        max(floor, min(total ?? floor << octaves, (purse ?? .max) / 4))
    }
}

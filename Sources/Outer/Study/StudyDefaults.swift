/// What a study of a built-in problem does unless told.
public enum StudyDefaults {
    /// Evaluations to spend, in least budgets.
    static let purseInFloors = 8000
    /// The largest budget, in octaves above the least: at first, and as far as it may be extended.
    static let octavesAtFirst = 6
    static let octaves = 10
    /// Searches that confirm a verdict.
    public static let freshSearches = 10

    public static func purse(floor: Int) -> Int { floor * purseInFloors }

    /// 1024 least budgets, or what a total can pay; never more than a quarter of the purse, so that a few searches fit.
    public static func ceiling(floor: Int, purse: Int?, total: Int?) -> Int {
        ceiling(floor: floor, purse: purse, total: total, octaves: octaves)
    }

    fileprivate static func ceiling(floor: Int, purse: Int?, total: Int?, octaves: Int) -> Int {
        max(floor, min(total ?? floor << octaves, (purse ?? .max) / 4))
    }

    /// 64 least budgets.
    public static func firstCeiling(floor: Int) -> Int { floor << octavesAtFirst }

    /// Budgets open at first.
    public static func levelsAtFirst(_ space: ArmSpace) -> Int { min(space.levels, octavesAtFirst + 1) }
}

/// What a study of mixtures of experts does unless told. Its authors search 20 particles for at most 50 iterations, whatever
/// the number of experts.
public enum CompositionDefaults {
    /// The least budget: five iterations of ten particles.
    public static let floor = 50
    /// The largest budget, in octaves above it: 80 particles for 80 iterations.
    static let octaves = 7
    /// What a doubling costs, in restarts. On the digits of the demo the knee of 1 is 0.9 points of test error short of the best
    /// cell of a dense grid, that of 0.5 a seventh of a point.
    public static let price = 0.5
    /// Evaluations to spend, in least budgets.
    static let purseInFloors = 2000

    public static func purse(floor: Int) -> Int { floor * purseInFloors }

    public static func ceiling(floor: Int, purse: Int?, total: Int?) -> Int {
        StudyDefaults.ceiling(floor: floor, purse: purse, total: total, octaves: octaves)
    }
}

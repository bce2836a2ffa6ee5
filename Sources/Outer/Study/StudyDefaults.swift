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

    /// The least budget of a swarm of experts, however many there are: two iterations of its authors' 20 particles.
    public static let compositionFloor = 40
    /// Evaluations to learn from mixtures, in least budgets.
    static let compositionPurseInFloors = 750

    public static func compositionPurse(floor: Int) -> Int { floor * compositionPurseInFloors }

    /// 1024 least budgets, or what a total can pay; never more than a quarter of the purse, so that a few searches fit.
    public static func ceiling(floor: Int, purse: Int?, total: Int?) -> Int {
        max(floor, min(total ?? floor << octaves, (purse ?? .max) / 4))
    }

    /// 64 least budgets.
    public static func firstCeiling(floor: Int) -> Int { floor << octavesAtFirst }

    /// Budgets open at first.
    public static func levelsAtFirst(_ space: ArmSpace) -> Int { min(space.levels, octavesAtFirst + 1) }
}

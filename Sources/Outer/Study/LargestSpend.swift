extension StudySpec {
    /// Evaluations that the study spends at most, fresh searches included; saturates.
    ///
    /// - Precondition: it has an end.
    public var largestSpend: Int {
        if let purse { return purse }
        precondition(maxPulls != nil, "a study without purse and number of searches spends without end")
        let (learning, isBeyond) = space.budget(level: space.levels - 1).multipliedReportingOverflow(by: maxPulls!)
        guard !isBeyond, learning < Int.max / 2 else { return Int.max / 2 }
        return freshSearches > 0 ? learning + leftToConfirm(learning: learning, fresh: 0) : learning
    }
}

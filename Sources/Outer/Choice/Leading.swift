/// The `count` arms with the highest utility, best first; the lower index where they tie.
func leading(_ arms: [Int], count: Int, by utility: (Int) -> Double) -> [Int] {
    var best: [(arm: Int, utility: Double)] = []
    for arm in arms {
        let value = utility(arm)
        if best.count == count, value <= best[count - 1].utility { continue }
        let position = best.firstIndex { $0.utility < value } ?? best.count
        best.insert((arm, value), at: position)
        if best.count > count { best.removeLast() }
    }
    return best.map(\.arm)
}

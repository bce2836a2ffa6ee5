/// The element that would be number `rank`, from 0, if the first `count` elements were sorted. Reorders them.
///
/// - Complexity: O(count) on average.
/// - SeeAlso: Hoare (1961), Algorithm 65: Find, doi:10.1145/366622.366647.
func orderStatistic(_ rank: Int, of values: inout [Double], count: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
        let pivot = values[(low &+ high) / 2]
        var (left, right) = (low, high)
        while left <= right {
            while values[left] < pivot { left &+= 1 }
            while pivot < values[right] { right &-= 1 }
            guard left <= right else { break }
            values.swapAt(left, right)
            left &+= 1
            right &-= 1
        }
        if rank <= right {
            high = right
        } else if rank >= left {
            low = left
        } else {
            break
        }
    }
    return values[rank]
}

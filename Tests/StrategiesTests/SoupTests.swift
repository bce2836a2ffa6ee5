import Inner
import Strategies
import Testing

@Suite("Soups of experts")
struct SoupTests {
    /// Values of soups: few different ones, so that many are equal, and one of eight fails.
    private func value(_ members: [Int], table: Int) -> Double {
        let number = members.reduce(0) { $0 | 1 << $1 }
        var draws = RandomStream(seed: UInt64(table)).split(.instance, number)
        let level = draws.index(below: 8)
        return level == 0 ? .infinity : Double(level)
    }

    /// The recipe, for experts that have a value.
    private func recipe(experts: Int, value: ([Int]) -> Double, isBetter: (Double, Double) -> Bool) -> [Int] {
        let ranked = (0..<experts).filter { value([$0]).isFinite }.sorted { (value([$0]), $0) < (value([$1]), $1) }
        return ranked.reduce(into: []) { soup, expert in
            let (with, without) = (value(soup + [expert]), soup.isEmpty ? .infinity : value(soup))
            if with.isFinite, isBetter(with, without) { soup.append(expert) }
        }
    }

    @Test("greedy soups follow the recipe; one that takes an equal for a worse would be noticed")
    func greedy() {
        var (strict, failed) = (0, 0)
        for table in 0..<2000 {
            let experts = 1 + table % 7
            func value(_ members: [Int]) -> Double { self.value(members, table: table) }
            var soup = GreedySoup(values: (0..<experts).map { value([$0]) })
            var asked = 0
            while let next = soup.next {
                #expect((next.reduce(0, +) - 1).magnitude < 1e-12)
                soup.tell(value(next.indices.filter { next[$0] > 0 }))
                asked += 1
            }
            let expected = recipe(experts: experts, value: value, isBetter: <=)
            #expect(soup.taken == expected && asked < experts)
            #expect(soup.value == (expected.isEmpty ? .infinity : value(expected)))
            let share = 1 / Double(expected.count)
            #expect(
                soup.coefficients
                    == (expected.isEmpty ? nil : (0..<experts).map { expected.contains($0) ? share : 0 }))
            if recipe(experts: experts, value: value, isBetter: <) != expected { strict += 1 }
            if expected.isEmpty { failed += 1 }
        }
        #expect(strict > 100 && failed > 10)
    }

    @Test("what is not a number is a failure too")
    func notANumber() {
        var soup = GreedySoup(values: [.nan, 2, -.infinity, 1])
        #expect(soup.next == [0, 0.5, 0, 0.5])
        soup.tell(.nan)
        #expect(soup.next == nil && soup.coefficients == [0, 0, 0, 1] && soup.value == 1)
        #expect(GreedySoup(values: [.nan, .infinity]).coefficients == nil)
        #expect(GreedySoup(values: []).next == nil)
    }

    @Test("the uniform soup is the average of all")
    func uniform() {
        #expect(UniformSoup.coefficients(experts: 1) == [1])
        #expect(UniformSoup.coefficients(experts: 4) == [0.25, 0.25, 0.25, 0.25])
    }
}

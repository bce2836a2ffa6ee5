import Inner
import Strategies
import Support
import Testing

@Suite("Families")
struct FamilyTests {
    @Test("every family keeps the promises of a family", arguments: FamilyCatalogue.entries.map(\.name))
    func contract(name: String) throws {
        let entry = try FamilyCatalogue.entry(name)
        expectContract(of: try entry.family(size: entry.sizes.map { max($0.least, 7) } ?? 1))
        if let sizes = entry.sizes {
            expectContract(of: try entry.family(size: sizes.least))
            #expect(sizes.choices.allSatisfy { $0 >= sizes.least } && sizes.choices == sizes.choices.sorted())
            #expect([1, 5, 40].allSatisfy { sizes.usual($0) >= sizes.least })
            #expect(throws: SelectionError.self) { try entry.family(size: sizes.least - 1) }
        }
        #expect(try entry.family(size: 20).name == name)
    }

    @Test("an unknown family is told with what is known")
    func unknown() {
        #expect(throws: SelectionError.self) { try FamilyCatalogue.entry("cmaess") }
    }

    @Test(
        "a search of more evaluations begins with the shorter one, unless its family says otherwise",
        arguments: FamilyCatalogue.entries.map(\.name))
    func prefixes(name: String) throws {
        let entry = try FamilyCatalogue.entry(name)
        let family = try entry.family(size: entry.sizes?.usual(4) ?? 1)
        let short = run(family, on: BowlProblem(dimension: 4), budget: 500, stream: RandomStream(seed: 3))
        let long = run(family, on: BowlProblem(dimension: 4), budget: 1000, stream: RandomStream(seed: 3))
        #expect(short.evaluations == 500 && long.evaluations == 1000)
        let shared = short.trace.checkpoints.filter { $0.evaluations < 500 }
        #expect(family.isHorizonBound || Array(long.trace.checkpoints.prefix(shared.count)) == shared)
    }
}

import Inner
import Testing

struct CatalogueTests {
    private let fruit = Catalogue<String>(
        "fruit",
        [
            .init("apple", "round") { "apple" },
            .init("pear", "not round", parameter: .init("weight", default: 0.5, in: 0...1)) { "pear of \($0)" },
            .init("grape", "many", parameter: .init("count", default: 3, in: 1...100, isWhole: true)) {
                "\(Int($0)) grapes"
            },
        ])

    @Test("a plug-in is made by its name, with its argument or the default")
    func makesByName() throws {
        #expect(try fruit.make("apple") == "apple")
        #expect(try fruit.make("pear") == "pear of 0.5")
        #expect(try fruit.make("pear:0.25") == "pear of 0.25")
        #expect(try fruit.make("grape:7") == "7 grapes")
        #expect(fruit.entries.map(\.usage) == ["apple", "pear[:weight]", "grape[:count]"])
    }

    @Test("an unknown name is answered with what there is and what was probably meant")
    func suggests() {
        let error = #expect(throws: SelectionError.self) { try fruit.make("aple") }
        #expect(error == .unknown(kind: "fruit", value: "aple", known: ["apple", "pear", "grape"]))
        #expect(error?.suggestion == "apple")
        #expect(SelectionError.unknown(kind: "fruit", value: "zucchini", known: ["apple"]).suggestion == nil)
        #expect(SelectionError.argument(kind: "fruit", value: "pear:2", requirement: "").suggestion == nil)
    }

    @Test(
        "an argument out of range, of the wrong kind or to a plug-in without one is refused with the requirement",
        arguments: [
            ("pear:2", "weight is a number from 0 to 1"), ("pear:", "weight is a number from 0 to 1"),
            ("pear:nan", "weight is a number from 0 to 1"), ("pear:0.1:2", "weight is a number from 0 to 1"),
            ("pear:heavy", "weight is a number from 0 to 1"), ("grape:1.5", "count is a whole number from 1 to 100"),
            ("grape:0", "count is a whole number from 1 to 100"), ("apple:1", "apple takes no argument"),
        ])
    func refusesArguments(text: String, requirement: String) {
        #expect(throws: SelectionError.argument(kind: "fruit", value: text, requirement: requirement)) {
            try fruit.make(text)
        }
    }

    @Test("the nearest word is the one with the fewest edits, if few enough")
    func nearestWord() {
        #expect(nearest(to: "rign", among: ["global", "ring"]) == "ring")
        #expect(nearest(to: "GLOBAL", among: ["global", "ring"]) == "global")
        #expect(nearest(to: "vonneuman", among: ["vonNeumann", "random"]) == "vonNeumann")
        #expect(nearest(to: "thomson", among: ["thompson", "uniform"]) == "thompson")
        #expect(nearest(to: "xyz", among: ["global", "ring"]) == nil)
        #expect(nearest(to: "ring", among: []) == nil)
    }

    @Test("numbers are written as people write them")
    func shortNumbers() {
        #expect([short(1), short(-3), short(0.7298), short(1e9)] == ["1", "-3", "0.7298", "1000000000"])
        for value in [1e15, 1e300, -1e22, 0.1] { #expect(Double(short(value)) == value) }
    }
}

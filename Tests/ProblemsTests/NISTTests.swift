import Foundation
import Inner
import Problems
import Testing

@Suite("NIST regressions")
struct NISTTests {
    static let names = ProblemCatalogue.names.filter { $0.hasPrefix("nist/") }

    private func problem(_ name: String) throws -> NISTProblem {
        try #require(try ProblemCatalogue.make(name) as? NISTProblem)
    }

    @Test("at the certified parameters the model has the certified residual sum of squares", arguments: names)
    func certified(name: String) throws {
        let problem = try problem(name)
        let certified = problem.dataSet.certifiedResidualSumOfSquares
        let found = value(of: problem, at: problem.dataSet.certifiedValues)
        #expect((found - certified).magnitude <= 1e-9 * certified, "\(found) for \(certified)")
        #expect(problem.optimum == certified)
    }

    @Test("the box holds the certified parameters strictly inside", arguments: names)
    func box(name: String) throws {
        let problem = try problem(name)
        for (j, value) in problem.dataSet.certifiedValues.enumerated() {
            #expect(problem.box.lower[j] < value && value < problem.box.upper[j], "b\(j + 1)")
        }
    }

    @Test("the box was not drawn around the answer: its centre is far from the optimum", arguments: names)
    func centre(name: String) throws {
        let problem = try problem(name)
        #expect(!(value(of: problem, at: problem.box.centre) < 2 * problem.optimum!))
    }

    @Test("no point of the box is better than the optimum", arguments: names)
    func neverBelow(name: String) throws {
        let problem = try problem(name)
        let found = values(of: problem, at: randomPoints(2000, in: problem.box, seed: 4))
        #expect(found.allSatisfy { !($0 < problem.optimum!) })
    }

    @Test("the certified parameters are a minimum: every step away from them costs", arguments: names)
    func minimum(name: String) throws {
        let problem = try problem(name)
        for j in problem.dataSet.certifiedValues.indices {
            for factor in [0.999, 1.001] {
                var point = problem.dataSet.certifiedValues
                point[j] *= factor
                #expect(value(of: problem, at: point) > problem.optimum!)
            }
        }
    }

    @Test("a file that is not what it says is refused with its line")
    func strict() throws {
        let text = try String(contentsOf: Sources.nistData.appending(path: "Misra1a.dat"), encoding: .utf8)
        #expect(try NISTDataSet(text).x.count == 14)
        #expect(throws: NISTDataSet.Flaw.missing("Dataset Name:")) { try NISTDataSet("") }
        #expect(throws: NISTDataSet.Flaw.count(of: "observations", stated: 15, found: 14)) {
            try NISTDataSet(text.replacing(#/Number of Observations: +14/#, with: "Number of Observations: 15"))
        }
        #expect(throws: NISTDataSet.Flaw.line(61, text: "  10.07E0  77,6E0", expected: "two numbers")) {
            try NISTDataSet(text.replacing("      10.07E0      77.6E0", with: "  10.07E0  77,6E0"))
        }
        #expect(throws: NISTDataSet.Flaw.line(42, text: "  b3 =   1", expected: "b2 = and four numbers")) {
            try NISTDataSet(text.replacing(#/ +b2 = .*/#, with: "  b3 =   1"))
        }
        #expect(throws: NISTDataSet.Flaw.missing("Data   (lines ... to ...)")) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return try NISTDataSet(lines.prefix(70).joined(separator: "\n"))
        }
    }
}

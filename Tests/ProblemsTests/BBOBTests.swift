import Foundation
import Inner
import Problems
import Testing

/// A row of the reference table: a point of one function and its value in two independent implementations.
struct BBOBReference {
    let number: Int
    let instance: Int
    let dimension: Int
    let point: [Double]
    let values: [Double]
    let optimum: Double

    /// The table's columns: function, instance, dimension, point, x, f_ioh, f_coco, f_opt.
    static let rows: [BBOBReference] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/bbob_reference.csv")
        guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",")
            return BBOBReference(
                number: Int(fields[0])!, instance: Int(fields[1])!, dimension: Int(fields[2])!,
                point: fields[4].split(separator: " ").map { Double($0)! },
                values: [Double(fields[5])!, Double(fields[6])!], optimum: Double(fields[7])!)
        }
    }()
}

/// The error of `value`, relative, but absolute where the reference is below 1, to the nearer of two references.
func bbobError(_ value: Double, _ references: [Double]) -> Double {
    references.map { ((value - $0) / max(1, $0.magnitude)).magnitude }.min() ?? .infinity
}

@Suite("The BBOB suite")
struct BBOBTests {
    private static let numbers = Array(1...24)
    private static let dimensions = [2, 3, 7, 8, 9, 20, 40]

    @Test("equals two independent implementations to 1e-9", arguments: numbers)
    func reference(number: Int) {
        let rows = BBOBReference.rows.filter { $0.number == number }
        #expect(rows.count == 84)
        for row in rows {
            let problem = BBOB.Problem(number: number, dimension: row.dimension, instance: row.instance)
            #expect(problem.optimum == row.optimum)
            let found = value(of: problem, at: row.point)
            #expect(
                bbobError(found, row.values) <= 1e-9,
                "instance \(row.instance), d = \(row.dimension), at \(row.point): \(found)")
        }
    }

    @Test("takes f_opt at x_opt, inside the box, and nowhere less", arguments: numbers)
    func optimum(number: Int) throws {
        for dimension in Self.dimensions {
            for instance in [1, 2, 15, 110, 214_648] {
                let problem = BBOB.Problem(number: number, dimension: dimension, instance: instance)
                let least = try #require(problem.optimum)
                #expect(problem.box == Box(-5...5, dimension: dimension))
                #expect(problem.box.contains(problem.optimumPoint) || [9, 19].contains(number))
                // Rounding of x_opt is all that may be seen, where f is a steep root or a fine grating.
                let tolerance = 1e-9 * max(1, least.magnitude)
                #expect((value(of: problem, at: problem.optimumPoint) - least).magnitude <= tolerance)
                let points = randomPoints(100, in: problem.box, seed: UInt64(instance)) + corners(of: problem.box)
                #expect(values(of: problem, at: points).allSatisfy { $0.isFinite && $0 >= least - tolerance })
            }
        }
    }

    @Test("a batch has the values of its points, bit for bit", arguments: numbers)
    func batches(number: Int) {
        for dimension in Self.dimensions {
            let problem = BBOB.Problem(number: number, dimension: dimension, instance: 3)
            let points = randomPoints(11, in: problem.box, seed: 4)
            let together = values(of: problem, at: points)
            #expect(together == points.map { value(of: problem, at: $0) })
            #expect(Set(together).count > 1)
        }
    }

    @Test("instances differ in place and in height", arguments: numbers)
    func instances(number: Int) {
        let problems = (1...20).map { BBOB.Problem(number: number, dimension: 20, instance: $0) }
        #expect(Set(problems.map(\.optimumPoint)).count == 20)
        #expect(Set(problems.map(\.optimum)).count >= 15)
    }

    @Test("in 100 and in 500 dimensions too", arguments: [6, 7, 13, 15, 20, 21, 24])
    func large(number: Int) throws {
        for dimension in [100, 500] {
            let problem = BBOB.Problem(number: number, dimension: dimension, instance: 2)
            let least = try #require(problem.optimum)
            #expect((value(of: problem, at: problem.optimumPoint) - least).magnitude <= 1e-8 * max(1, least.magnitude))
            #expect(randomPoints(5, in: problem.box, seed: 1).allSatisfy { value(of: problem, at: $0) > least })
        }
    }
}

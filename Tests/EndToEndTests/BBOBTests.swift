import Foundation
import Testing

@Suite("The BBOB suite, as a user evaluates it")
struct BBOBTests {
    @Test("knee evaluate gives the reference values to 1e-9", arguments: 1...24)
    func evaluate(number: Int) throws {
        let program = try Program()
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "ProblemsTests/Reference/bbob_reference.csv")
        // function, instance, dimension, point, x, f_ioh, f_coco, f_opt
        let rows = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",").map(String.init) }.filter { $0[0] == "\(number)" }
        #expect(rows.count == 84)
        for (instance, group) in Dictionary(grouping: rows, by: { [$0[1], $0[2]] }) {
            let outcome = try program.start(
                ["evaluate", "bbob/f\(number)", "--instance", instance[0], "--dimension", instance[1]],
                input: group.map { $0[4] + "\n" }.joined()
            ).finish()
            let values = outcome.output.split(separator: "\n").compactMap { Double($0) }
            #expect(outcome.code == 0 && values.count == group.count, "\(outcome.errors)")
            for (value, row) in zip(values, group) {
                let errors = row[5...6].compactMap { Double($0) }.map { (value - $0).magnitude / max(1, $0.magnitude) }
                #expect(errors.min()! <= 1e-9, "\(row)")
            }
        }
    }

    @Test("a function, dimension or instance that the suite has not is told with what it has")
    func refused() throws {
        let program = try Program()
        for (arguments, words) in [
            (["bbob/f25"], ["'bbob/f25'", "bbob/f24"]), (["bbob/f0"], ["'bbob/f0'"]),
            (["bbob/f3", "--dimension", "1"], ["'1'", "from 2 to 2048"]),
            (["bbob/f3", "--dimension", "4000"], ["'4000'", "from 2 to 2048"]),
            (["bbob/f3", "--instance", "0"], ["'0'", "from 1 to 214648"]),
            (["bbob/f3", "--instance", "999999"], ["'999999'", "from 1 to 214648"]),
        ] {
            let outcome = try program.start(["learn"] + arguments).finish()
            #expect(outcome.code == 2 && outcome.output.isEmpty)
            for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
        }
    }
}

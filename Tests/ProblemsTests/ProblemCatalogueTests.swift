import Foundation
import Inner
import Problems
import Testing

/// Folders of the package's sources.
enum Sources {
    static let problems = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Problems")
    static let nistData = problems.appending(path: "NIST/Data")

    static func names(in folder: String, ext: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: problems.appending(path: folder).path)
            .filter { $0.hasSuffix(".\(ext)") }.map { String($0.dropLast(ext.count + 1)) }.sorted()
    }
}

@Suite("Problem catalogue")
struct ProblemCatalogueTests {
    @Test("every file of a function is in the catalogue, and nothing else")
    func functions() throws {
        let files = try Sources.names(in: "Functions", ext: "swift")
            .map { $0.replacing(#/([a-z])([A-Z])/#) { "\($0.1)-\($0.2)" }.lowercased() }.sorted()
        #expect(files == ProblemCatalogue.names.filter { !$0.contains("/") }.sorted())
    }

    @Test("every function of the BBOB suite has an entry, in the suite's order")
    func suite() {
        #expect(ProblemCatalogue.names.filter { $0.hasPrefix("bbob/") } == (1...24).map { "bbob/f\($0)" })
    }

    @Test("every data file has a model and an entry")
    func dataSets() throws {
        let files = try Sources.names(in: "NIST/Data", ext: "dat")
        #expect(try Sources.names(in: "NIST/Models", ext: "swift") == files)
        #expect(
            files.map { "nist/\($0.lowercased())" }.sorted()
                == ProblemCatalogue.names.filter { $0.hasPrefix("nist/") }.sorted())
    }

    @Test("every entry makes a problem of its name, with defaults", arguments: ProblemCatalogue.entries.map(\.name))
    func makes(name: String) throws {
        let problem = try ProblemCatalogue.make(name)
        let entry = try #require(ProblemCatalogue.entries.first { $0.name == name })
        #expect(problem.name == name)
        #expect(!entry.summary.isEmpty)
        #expect(problem.optimum != nil)
        switch entry.dimension {
        case .any: #expect(problem.dimension == 10)
        case .fixed(let only): #expect(problem.dimension == only)
        }
    }

    @Test("names are unique")
    func unique() { #expect(Set(ProblemCatalogue.names).count == ProblemCatalogue.names.count) }

    @Test("instance 1 is the default")
    func defaultInstance() throws {
        let implicit = try ProblemCatalogue.make("ackley")
        let explicit = try ProblemCatalogue.make("ackley", instance: 1)
        let points = randomPoints(5, in: implicit.box, seed: 8)
        #expect(values(of: implicit, at: points) == values(of: explicit, at: points))
    }

    @Test("an unknown name comes back with the nearest known one")
    func unknown() {
        let slips = [
            "rosenbrok": "rosenbrock", "Rastrigin": "rastrigin", "nist/mgh9": "nist/mgh09",
            "noisysphere": "noisy-sphere", "bbob/f25": "bbob/f2",
        ]
        for (slip, meant) in slips {
            let error = #expect(throws: SelectionError.self) { try ProblemCatalogue.make(slip) }
            #expect(error == .unknown(kind: "problem", value: slip, known: ProblemCatalogue.names))
            #expect(error?.suggestion == meant)
        }
    }

    @Test("a dimension that a problem does not have is refused")
    func dimensions() {
        let missing = [
            ("sphere", 0), ("sphere", -3), ("sphere", 10_001), ("rosenbrock", 1), ("nist/mgh09", 5),
            ("bbob/f1", 1), ("bbob/f15", 2049),
        ]
        for (name, dimension) in missing {
            let error = #expect(throws: SelectionError.self) { try ProblemCatalogue.make(name, dimension: dimension) }
            guard case .argument("dimension", String(dimension), let requirement)? = error else {
                Issue.record("\(name) in \(dimension) dimensions: \(String(describing: error))")
                continue
            }
            #expect(requirement.hasPrefix(name))
        }
    }

    @Test("an instance that a problem does not have is refused")
    func instances() {
        for (name, instance) in [
            ("sphere", -1), ("nist/enso", 2), ("nist/enso", 0), ("bbob/f3", 0), ("bbob/f3", 214_649),
        ] {
            let error = #expect(throws: SelectionError.self) { try ProblemCatalogue.make(name, instance: instance) }
            guard case .argument("instance", String(instance), _)? = error else {
                Issue.record("\(name), instance \(instance): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("the outermost dimensions and instances exist")
    func extremes() throws {
        #expect(try ProblemCatalogue.make("ellipsoid", dimension: 1).dimension == 1)
        #expect(try ProblemCatalogue.make("rosenbrock", dimension: 2).dimension == 2)
        #expect(try ProblemCatalogue.make("schwefel", dimension: 10_000, instance: 0).dimension == 10_000)
        #expect(try ProblemCatalogue.make("sphere", dimension: 3, instance: .max).dimension == 3)
        #expect(try ProblemCatalogue.make("bbob/f24", dimension: 2, instance: 214_648).dimension == 2)
        #expect(try ProblemCatalogue.make("nist/mgh09", dimension: 4, instance: 1).dimension == 4)
    }
}

import Foundation
import Inner
import Strategies
import Support
import Testing

/// Every spelling of a catalogue's plug-ins: the bare name, and the parameter at both ends of its range.
func spellings<Plugin>(_ catalogue: Catalogue<Plugin>) -> [String] {
    catalogue.entries.flatMap { entry in
        [entry.name]
            + (entry.parameter.map {
                ["\(entry.name):\($0.range.lowerBound)", "\(entry.name):\($0.range.upperBound)"]
            } ?? [])
    }
}

struct CataloguePromises {
    @Test("a plug-in's name makes the plug-in again")
    func namesRoundTrip() throws {
        for spelling in spellings(TopologyCatalogue.all) {
            let name = try TopologyCatalogue.all.make(spelling).name
            #expect(try TopologyCatalogue.all.make(name).name == name && name.hasPrefix(bare(spelling)))
        }
        for spelling in spellings(InertiaCatalogue.all) {
            let name = try InertiaCatalogue.all.make(spelling).name
            #expect(try InertiaCatalogue.all.make(name).name == name && name.hasPrefix(bare(spelling)))
        }
        for spelling in spellings(VelocityRuleCatalogue.all) {
            let name = try VelocityRuleCatalogue.all.make(spelling).name
            #expect(try VelocityRuleCatalogue.all.make(name).name == name && name.hasPrefix(bare(spelling)))
        }
        for spelling in spellings(BoundaryRuleCatalogue.all) {
            let name = try BoundaryRuleCatalogue.all.make(spelling).name
            #expect(try BoundaryRuleCatalogue.all.make(name).name == name && name.hasPrefix(bare(spelling)))
        }
    }

    @Test(
        "every plug-in's file has its catalogue line",
        arguments: [
            ("Topologies", ["Topology", "TopologyCatalogue"], TopologyCatalogue.all.entries.count),
            ("InertiaSchedules", ["InertiaSchedule", "InertiaCatalogue"], InertiaCatalogue.all.entries.count),
            (
                "VelocityRules", ["VelocityRule", "VelocityRuleCatalogue", "Attraction"],
                VelocityRuleCatalogue.all.entries.count
            ),
            (
                "BoundaryRules", ["BoundaryRule", "BoundaryRuleCatalogue", "EscapedRows"],
                BoundaryRuleCatalogue.all.entries.count
            ),
            (
                "Families",
                [
                    "FamilyCatalogue", "InitialPoints", "ParticleSwarmSearch", "ComprehensiveLearningSearch",
                    "Population", "DifferentialEvolutionSearch", "JADESearch", "CMAESSearch", "CMAESDistribution",
                    "CMAESParameters", "CMAESTermination", "SymmetricEigen", "OrderStatistic", "NelderMeadSearch",
                    "ScrambledHalton", "MirroredBox",
                ], FamilyCatalogue.entries.count
            ),
        ])
    func filesAreListed(folder: String, others: [String], entries: Int) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Strategies")
        let files = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        let names = files.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(".swift".count)) }
        #expect(Set(others).isSubset(of: names))
        #expect(names.count - others.count == entries, "\(names.sorted())")
    }

    @Test("no two entries share a name, and every default lies in its range")
    func entriesAreSound() {
        expectSound(TopologyCatalogue.all)
        expectSound(InertiaCatalogue.all)
        expectSound(VelocityRuleCatalogue.all)
        expectSound(BoundaryRuleCatalogue.all)
    }

    private func bare(_ spelling: String) -> String { String(spelling.prefix { $0 != ":" }) }

    private func expectSound<Plugin>(_ catalogue: Catalogue<Plugin>) {
        #expect(Set(catalogue.entries.map(\.name)).count == catalogue.entries.count)
        for entry in catalogue.entries {
            #expect(!entry.summary.isEmpty)
            if let parameter = entry.parameter { #expect(parameter.range.contains(parameter.default)) }
        }
    }
}

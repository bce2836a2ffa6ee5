import ArgumentParser
import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List what can be named on the command line.")

    enum Kind: String, NamedChoice {
        case problems, families, topologies, inertias, rules, boundaries, policies, protocols, studies
        static let kind = "list of"
    }

    @Argument(
        help: "What to list: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).", transform: Kind.named)
    var kind: Kind

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        switch kind {
        case .problems:
            print(
                Table.explained(
                    ["problem", "dimension", ""],
                    ProblemCatalogue.entries.map { [$0.name, label($0.dimension), $0.summary] }))
        case .families: print(Table.explained(["family", ""], FamilyCatalogue.entries.map { [$0.name, $0.summary] }))
        case .topologies: print(table(TopologyCatalogue.all))
        case .inertias: print(table(InertiaCatalogue.all))
        case .rules: print(table(VelocityRuleCatalogue.all))
        case .boundaries: print(table(BoundaryRuleCatalogue.all))
        case .policies: print(table(PolicyCatalogue.all))
        case .protocols: print(table(ExternalProtocolCatalogue.all))
        case .studies: print(StatusText.render(try ledgerOptions.reading().studies()))
        }
    }

    private func label(_ rule: ProblemCatalogue.DimensionRule) -> String {
        switch rule {
        case .any(let range): range.lowerBound > 1 ? "\(range.lowerBound) or more" : "any"
        case .fixed(let dimension): String(dimension)
        }
    }

    private func table<Plugin>(_ catalogue: Catalogue<Plugin>) -> String {
        Table.explained([catalogue.kind, ""], catalogue.entries.map { [$0.usage, $0.summary] })
    }
}

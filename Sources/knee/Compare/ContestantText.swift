import Inner
import Ledger
import Outer
import Problems
import Strategies

/// How contestants are written: `cmaes`, `cmaes/20`, `particleSwarm/40/0.7298/ring:2`.
enum ContestantText {
    /// - Parameter learns: whether settings are learned, and none may be given.
    /// - Throws: `SelectionError` for a family or settings that there are not, `Failure` for the wrong form.
    static func contestant(_ text: String, learns: Bool) throws -> Contestant {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let family = parts[0]
        let entry = try FamilyCatalogue.entry(family)
        guard parts.count > 1 else { return Contestant(name: text, family: family) }
        if learns { throw Failure(usage: "with --learn the settings of '\(text)' are learned: name the family alone.") }
        guard let size = Int(parts[1]), size >= 1 else {
            throw Failure(
                usage: "'\(text)' is no family: behind the first slash comes a swarm size, like \(family)/20.")
        }
        guard family == FamilyCatalogue.particleSwarm else {
            guard parts.count == 2 else {
                throw Failure(
                    usage: "'\(text)' is no family: \(family) has a size and nothing else, like \(family)/20.")
            }
            guard entry.sizes != nil else {
                throw Failure(usage: "'\(text)' is no family: \(family) has no size.")
            }
            _ = try Configuration(family: family, swarmSize: size)
            return Contestant(name: text, family: family, swarmSize: size)
        }
        guard parts.count <= 6 else {
            throw Failure(
                usage: "'\(text)' is no family: a swarm is particleSwarm/SIZE/INERTIA/TOPOLOGY/RULE/BOUNDARY, or less.")
        }
        let swarm = try Configuration(
            swarmSize: size, inertia: parts.count > 2 ? parts[2] : "0.7298",
            topology: parts.count > 3 ? parts[3] : "global",
            rule: parts.count > 4 ? parts[4] : "inertiaWeight", boundary: parts.count > 5 ? parts[5] : "reflect")
        return Contestant(name: text, family: family, swarmSize: size, swarm: swarm)
    }
}

extension Contestant {
    /// Its settings where nothing is learned: those given, or those its authors use.
    func configuration(dimension: Int) throws -> Configuration {
        if let swarm { return swarm }
        let usual = try FamilyCatalogue.entry(family).sizes?.usual(dimension) ?? 1
        return try Configuration(family: family, swarmSize: swarmSize ?? usual)
    }
}

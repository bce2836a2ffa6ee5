import Inner

/// Which problem a study is about, as its ledger remembers it: enough to make the problem again.
public enum ProblemManifest: Codable, Hashable, Sendable {
    /// A problem of this program.
    case catalogue(name: String, dimension: Int, instance: Int)
    /// Another program: the words of its command line and how it is spoken to.
    case command(words: [String], protocolName: String, box: Box, isNoisy: Bool, batch: Int)

    /// The built-in problem of this name, with what was left open filled in.
    ///
    /// - Throws: `SelectionError`, with the value, what is allowed and the nearest name.
    public static func builtIn(
        _ name: String, dimension: Int? = nil, instance: Int? = nil
    ) throws(SelectionError) -> ProblemManifest {
        let entry = try ProblemCatalogue.entry(named: name)
        return .catalogue(
            name: name, dimension: try entry.checkedDimension(dimension), instance: try entry.checkedInstance(instance))
    }

    /// What people call it: `nist/mgh09`, `rastrigin (10 dimensions)`, or the command itself in at most 60 characters.
    public var label: String {
        switch self {
        case .catalogue(let name, let dimension, let instance):
            if case .fixed? = ProblemCatalogue.entries.first(where: { $0.name == name })?.dimension { return name }
            let which = instance == ProblemCatalogue.defaultInstance ? "" : ", instance \(instance)"
            return "\(name) (\(dimension) dimension\(dimension == 1 ? "" : "s")\(which))"
        case .command(let words, _, _, _, _): return clipped(words.joined(separator: " "), to: 60)
        }
    }

    public var dimension: Int {
        switch self {
        case .catalogue(_, let dimension, _): dimension
        case .command(_, _, let box, _, _): box.dimension
        }
    }

    /// The least value, where it is known.
    public var optimum: Double? {
        guard case .pure(let problem)? = try? make() else { return nil }
        return problem.optimum
    }

    /// - Throws: `SelectionError` for a name that is not in the catalogue, `ExternalError` for a command that is no
    ///   template.
    public func make() throws -> AnyProblem {
        switch self {
        case .catalogue(let name, let dimension, let instance):
            return .pure(try ProblemCatalogue.make(name, dimension: dimension, instance: instance))
        case .command(let words, let protocolName, let box, let isNoisy, let batch):
            let template: CommandTemplate
            do { template = try CommandTemplate(words) } catch { throw ExternalError.template(error) }
            return .external(
                CommandProblem(
                    name: label, box: box, isNoisy: isNoisy, template: template, protocolName: protocolName,
                    batch: batch))
        }
    }
}

/// A problem of either kind: computed in this process or by another program.
public enum AnyProblem: Sendable {
    case pure(any PureProblem)
    case external(CommandProblem)
}

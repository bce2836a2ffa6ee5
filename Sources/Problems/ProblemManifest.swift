import Inner

/// Which problem a study is about, as its ledger remembers it: enough to make the problem again.
public enum ProblemManifest: Hashable, Sendable {
    /// A problem of this program.
    case catalogue(name: String, dimension: Int, instance: Int)
    /// Another program.
    case command(CommandSpec)
    /// Mixtures of the ten experts on handwritten digits of this program.
    case digits(pool: Int)

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
        case .command(let spec):
            let words = clipped(spec.words.joined(separator: " "), to: 60)
            return spec.experts.map { "\($0.files.count) experts, \(words)" } ?? words
        case .digits(let pool): return "digits, pool \(pool)"
        }
    }

    /// Whether another program evaluates it.
    public var isCommand: Bool { if case .command = self { true } else { false } }

    /// Whether its points are mixtures of experts.
    public var isComposition: Bool {
        switch self {
        case .catalogue: false
        case .command(let spec): spec.experts != nil
        case .digits: true
        }
    }

    public var dimension: Int {
        switch self {
        case .catalogue(_, let dimension, _): dimension
        case .command(let spec): spec.box.dimension
        case .digits: DigitsPool.size
        }
    }

    /// The least value, where it is known.
    public var optimum: Double? {
        guard case .catalogue = self, case .pure(let problem)? = try? make() else { return nil }
        return problem.optimum
    }

    /// - Throws: `SelectionError` for a name that is not in the catalogue, `ExternalError` for a command that is no
    ///   template.
    public func make() throws -> AnyProblem {
        switch self {
        case .catalogue(let name, let dimension, let instance):
            return .pure(try ProblemCatalogue.make(name, dimension: dimension, instance: instance))
        case .command(let spec): return .external(try CommandProblem(name: label, spec))
        case .digits(let pool): return .pure(DigitsMixtures(pool: pool))
        }
    }
}

extension ProblemManifest: Codable {
    private enum Key: String, CodingKey { case catalogue, command, digits }

    private struct Named: Codable {
        let name: String
        let dimension: Int
        let instance: Int
    }

    private struct Pool: Codable {
        let pool: Int
    }

    /// `{"catalogue": {"name": ...}}`, `{"command": {"words": ...}}` or `{"digits": {"pool": ...}}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .catalogue(let name, let dimension, let instance):
            try container.encode(Named(name: name, dimension: dimension, instance: instance), forKey: .catalogue)
        case .command(let spec): try container.encode(spec, forKey: .command)
        case .digits(let pool): try container.encode(Pool(pool: pool), forKey: .digits)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let named = try container.decodeIfPresent(Named.self, forKey: .catalogue) {
            self = .catalogue(name: named.name, dimension: named.dimension, instance: named.instance)
        } else if let digits = try container.decodeIfPresent(Pool.self, forKey: .digits) {
            self = .digits(pool: digits.pool)
        } else {
            self = .command(try container.decode(CommandSpec.self, forKey: .command))
        }
    }
}

/// A problem of either kind: computed in this process or by another program.
public enum AnyProblem: Sendable {
    case pure(any PureProblem)
    case external(CommandProblem)

    public var box: Box {
        switch self {
        case .pure(let problem): problem.box
        case .external(let problem): problem.box
        }
    }

    public var isNoisy: Bool {
        switch self {
        case .pure(let problem): problem.isNoisy
        case .external(let problem): problem.isNoisy
        }
    }
}

import Inner

/// A problem as plain data: what a study stores to find its problem again.
public enum ProblemManifest: Codable, Hashable, Sendable {
    case catalogue(name: String, dimension: Int, instance: Int)
    case command(CommandManifest)

    /// The built-in problem of this name, with what was left open filled in.
    ///
    /// - Throws: `SelectionError`.
    public static func builtIn(
        _ name: String, dimension: Int? = nil, instance: Int? = nil
    ) throws(SelectionError) -> ProblemManifest {
        let problem = try ProblemCatalogue.make(name, dimension: dimension, instance: instance)
        return .catalogue(
            name: name, dimension: problem.dimension, instance: instance ?? ProblemCatalogue.defaultInstance)
    }

    /// As people read it: `nist/mgh09`, `sphere (10 dimensions)`, or the beginning of a command.
    public var label: String {
        switch self {
        case .catalogue(let name, let dimension, let instance):
            let isFixed = ProblemCatalogue.entries.first { $0.name == name }?.fixedDimension != nil
            let which = instance == ProblemCatalogue.defaultInstance ? "" : ", instance \(instance)"
            return isFixed ? name : "\(name) (\(dimension) dimensions\(which))"
        case .command(let command):
            let text = command.words.joined(separator: " ")
            return text.count <= 60 ? text : text.prefix(57) + "..."
        }
    }

    /// The problem itself.
    ///
    /// - Throws: `SelectionError` if this program knows no such problem, `ExternalError` for a command that makes no
    ///   sense or cannot be run.
    public func make() throws -> AnyProblem {
        switch self {
        case .catalogue(let name, let dimension, let instance):
            .pure(try ProblemCatalogue.make(name, dimension: dimension, instance: instance))
        case .command(let command): .external(try CommandProblem(command))
        }
    }

    public var dimension: Int {
        switch self {
        case .catalogue(_, let dimension, _): dimension
        case .command(let command): command.box.dimension
        }
    }

    /// The least value, where it is known.
    public var optimum: Double? {
        guard case .catalogue(let name, let dimension, let instance) = self else { return nil }
        return (try? ProblemCatalogue.make(name, dimension: dimension, instance: instance))?.optimum
    }
}

/// A command as plain data.
public struct CommandManifest: Codable, Hashable, Sendable {
    /// The argv template: see `CommandTemplate`.
    public let words: [String]
    /// Catalogue name of the protocol.
    public let protocolName: String
    public let box: Box
    public let isNoisy: Bool
    /// Points a request holds at most, where the protocol has batches.
    public let batch: Int

    public init(words: [String], protocolName: String = "plain", box: Box, isNoisy: Bool = false, batch: Int = 64) {
        self.words = words
        self.protocolName = protocolName
        self.box = box
        self.isNoisy = isNoisy
        self.batch = batch
    }
}

/// A problem of either kind.
public enum AnyProblem: Sendable {
    case pure(any PureProblem)
    case external(CommandProblem)
}

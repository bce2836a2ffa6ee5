import Experts
import Inner

/// Why another program cannot be asked for values at all. What goes wrong later is an `Outcome`.
public enum ExternalError: Error, Equatable, Sendable {
    /// Neither a file of that path nor, for a bare name, one in the directories of `PATH`.
    case notFound(command: String)
    /// There is such a file, but it may not be executed or is a directory.
    case notExecutable(path: String)
    case template(TemplateError)
    /// There is no such protocol.
    case protocolName(SelectionError)
    /// A worker's folder cannot be made.
    case workFolder(path: String)
    /// The system does not allow as many open files as so many workers take.
    case tooManyWorkers(Int, needed: Int, allowed: Int)
    /// No environment variable can have that name.
    case variable(String)
    /// The experts cannot be mixed.
    case experts(ExpertError)
    /// There is no room to put mixtures.
    case particleFolder(path: String)
}

/// What is wrong with the words of a command.
public enum TemplateError: Error, Equatable, Sendable {
    /// No words at all, or an empty first one.
    case empty
    /// A quote is not closed, or a backslash ends the line.
    case unfinished(line: String)
    /// A name in braces that means nothing, e.g. `{y}`.
    case unknownPlaceholder(String, word: String)
    /// `{x}` stands for several arguments and so has to be a whole word.
    case notAWholeWord(String)
    /// A coordinate that the problem does not have, e.g. `{x9}` in two dimensions.
    case beyondDimension(placeholder: String, dimension: Int)
    /// The command itself is the same for all points.
    case placeholderInCommand(String)
    /// No word changes with the point, where every point is a process of its own.
    case neverSeesThePoint(protocolName: String)
    /// A placeholder that changes from point to point, where one process is asked for many.
    case changesByPoint(placeholder: String, protocolName: String)
}

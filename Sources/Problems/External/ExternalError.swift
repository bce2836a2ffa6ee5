/// Why a command cannot be used, with the evidence.
public enum ExternalError: Error, Equatable, Sendable {
    case noCommand
    case unbalancedQuote(String)
    /// A placeholder for a coordinate that no point has.
    case coordinateBeyond(placeholder: String, dimension: Int)
    /// `{x}` stands for several arguments and cannot be part of one.
    case notAWord(String)
    /// A command of this protocol that would never see the point.
    case blind(protocolName: String)
    /// A placeholder that has no meaning in this protocol.
    case notInProtocol(placeholder: String, protocolName: String)
    /// No such file, or no such program on the PATH.
    case notFound(String)
    case notExecutable(String)
}

import Inner

/// How another program is asked for values: which processes there are, what they get and how their answers read.
///
/// A new one is a file with such a struct and a line in `ExternalProtocolCatalogue`.
public protocol ExternalProtocol: Sendable {
    var name: String { get }
    /// Points that one call may carry where the user allows `batch`.
    func pointsPerCall(batch: Int) -> Int
    /// - Throws: what is wrong with the template for this protocol (the dimension is checked already).
    func check(_ template: CommandTemplate) throws(TemplateError)
    /// What evaluates in one slot. Nothing is started before its first call.
    func makeWorker(_ command: ExternalCommand) -> any ExternalWorker
    /// A command line for a shell that evaluates one point as a worker does.
    ///
    /// - Parameter setting: what stands before the command itself, `env NAME=VALUE ` or nothing.
    func byHand(_ template: CommandTemplate, _ point: [Double], seed: UInt64, setting: String) -> String
}

extension ExternalProtocol {
    public func byHand(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> String {
        byHand(template, point, seed: seed, setting: "")
    }
}

/// One slot's evaluator; it is never called twice at a time.
public protocol ExternalWorker: Sendable {
    /// One evaluation a point, in order. If the task is cancelled, whatever evaluates is ended before it returns.
    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation]
    /// Ends what is running, also during an evaluation; returns when it is gone.
    func stop() async
}

/// A command that was found and checked, for one slot.
public struct ExternalCommand: Sendable {
    public let template: CommandTemplate
    public let dimension: Int
    let child: ChildProcess
    /// Bytes that may come on standard output, and on standard error, for one request.
    let output: Int
    let time: TimeLimit
    let overseer: Overseer
    let transcript: (@Sendable (Exchange) -> Void)?
}

import Inner

/// A problem whose values another program computes.
public struct CommandProblem: ExternalProblem {
    public let name: String
    public let box: Box
    public let isNoisy: Bool
    public let template: CommandTemplate
    /// A name from `ExternalProtocolCatalogue`.
    public let protocolName: String
    /// Points that one request may carry, where the protocol has requests of several.
    public let batch: Int
    /// What a program may take to end after TERM; then comes KILL.
    public let grace: Duration

    public init(
        name: String, box: Box, isNoisy: Bool = false, template: CommandTemplate, protocolName: String = "plain",
        batch: Int = 64, grace: Duration = .seconds(2)
    ) {
        self.name = name
        self.box = box
        self.isNoisy = isNoisy
        self.template = template
        self.protocolName = protocolName
        self.batch = batch
        self.grace = grace
    }

    /// Makes `workers` slots; processes start when there is something to evaluate.
    ///
    /// From now on this process ignores SIGPIPE, unless it has a handler.
    /// - Throws: what `check` throws.
    public func start(workers: Int) async throws(ExternalError) -> any ExternalEvaluator {
        precondition(workers >= 1, "evaluating takes at least 1 worker, not \(workers)")
        let (spoken, command) = try prepared()
        ignoreBrokenPipes()
        return WorkerPool(
            (0..<workers).map { _ in spoken.makeWorker(command) }, pointsPerCall: spoken.pointsPerCall(batch: batch))
    }

    /// Finds the program and makes sure that protocol and template fit the problem, without starting anything.
    public func check() throws(ExternalError) { _ = try prepared() }

    private func prepared() throws(ExternalError) -> (any ExternalProtocol, ExternalCommand) {
        let spoken: any ExternalProtocol
        do { spoken = try ExternalProtocolCatalogue.all.make(protocolName) } catch { throw .protocolName(error) }
        do {
            try template.check(dimension: dimension)
            try spoken.check(template)
        } catch { throw .template(error) }
        let child = ChildProcess(path: try findExecutable(template.command), name: template.command, grace: grace)
        return (spoken, ExternalCommand(template: template, dimension: dimension, child: child))
    }
}

import Experts
import Inner

/// A problem whose values another program computes.
public struct CommandProblem: ExternalProblem {
    public let name: String
    public let spec: CommandSpec
    public let template: CommandTemplate
    /// What a program may take to end after TERM; then comes KILL.
    public var grace = Duration.seconds(2)
    /// When it is taken to be out of reach.
    public var outageRule = OutageRule()
    /// Seconds that an evaluation may take in the place of the automatic limit.
    public var timeIfAutomatic: Double?
    /// Workers that it shares with other problems; nil: it has its own.
    public var slots: WorkerSlots?
    /// Told of everything that is sent and received.
    public var transcript: (@Sendable (Exchange) -> Void)?
    /// The examples that mixtures are evaluated on.
    public var split = ExampleSplit.validation

    /// - Throws: `.template` for words that are no command.
    public init(name: String, _ spec: CommandSpec) throws(ExternalError) {
        self.name = name
        self.spec = spec
        do { template = try CommandTemplate(spec.words) } catch { throw .template(error) }
    }

    public var box: Box { spec.box }
    public var isNoisy: Bool { spec.isNoisy }
    public var retries: Int { spec.retries }

    /// Makes `workers` slots, or a worker for each of those that are shared; processes start when there is something to
    /// evaluate.
    ///
    /// From now on this process ignores SIGPIPE, unless it has a handler.
    /// - Throws: what `check` throws, and `.workFolder` if a worker's folder cannot be made.
    public func start(workers: Int) async throws(ExternalError) -> any ExternalEvaluator {
        let slots = slots ?? WorkerSlots(workers)
        try provideDescriptors(workers: slots.count)
        let spoken = try spokenProtocol(opening: true)
        let path = try executablePath()
        ignoreBrokenPipes()
        let time = TimeLimit(spec.limits.time, insteadOfAutomatic: timeIfAutomatic)
        let overseer = Overseer(memory: spec.limits.memory, time: time)
        var commands: [ExternalCommand] = []
        for slot in 0..<slots.count {
            let setting = try ProcessSetting(slot: slot, allowing: spec.environment, in: spec.workFolder)
            let child = ChildProcess(path: path, name: template.command, setting: setting, grace: grace)
            commands.append(
                ExternalCommand(
                    template: setting.hasOwnFolder ? template.withFullPaths() : template, dimension: dimension,
                    child: child, output: spec.limits.output, time: time, overseer: overseer, transcript: transcript))
        }
        return WorkerPool(
            commands, in: slots, speaking: spoken, pointsPerCall: spoken.pointsPerCall(batch: spec.batch),
            outageRule: outageRule)
    }

    /// Finds the program and makes sure that protocol and template fit the problem, without starting anything.
    public func check() throws(ExternalError) {
        try provideDescriptors(workers: 1)
        _ = try spokenProtocol(opening: false)
        _ = try executablePath()
        _ = try ProcessSetting.environment(slot: 0, allowing: spec.environment)
    }

    /// Room for every worker, and for the experts: their files are open several times while they are looked at.
    private func provideDescriptors(workers: Int) throws(ExternalError) {
        try DescriptorLimit.provide(forWorkers: workers, files: 4 * (spec.experts?.files.count ?? 0))
    }

    private func executablePath() throws(ExternalError) -> String { fullPath(try findExecutable(template.command)) }

    /// - Parameter opening: whether there has to be room for mixtures.
    private func spokenProtocol(opening: Bool) throws(ExternalError) -> any ExternalProtocol {
        let spoken: any ExternalProtocol
        if let experts = spec.experts {
            spoken = try ExpertsProtocol(experts, split, folder: opening ? ParticleFolder() : nil)
        } else {
            do { spoken = try ExternalProtocolCatalogue.all.make(spec.protocolName) } catch {
                throw .protocolName(error)
            }
        }
        do {
            try template.check(dimension: dimension)
            try spoken.check(template)
        } catch { throw .template(error) }
        return spoken
    }
}

/// What was sent to a program and what came back, as a person reads it.
public struct Exchange: Sendable, Equatable {
    /// The request; a command line that can be run by hand where that is all of it.
    public let sent: String
    /// The first 2 KiB of what came on standard output, and on standard error.
    public let received: String
    public let standardError: String
    /// How the program ended; nil if it goes on.
    public let ending: String?

    public init(sent: String, received: String, standardError: String, ending: String?) {
        self.sent = sent
        self.received = received
        self.standardError = standardError
        self.ending = ending
    }
}

import Inner

/// An objective that is another program.
public struct CommandProblem: ExternalProblem {
    public let box: Box
    public let isNoisy: Bool
    private let manifest: CommandManifest
    private let template: CommandTemplate
    private let `protocol`: any ExternalProtocol
    private let executable: String

    /// - Throws: `SelectionError` for a protocol that does not exist, `ExternalError` for a command that makes no sense or
    ///   cannot be run.
    public init(_ manifest: CommandManifest) throws {
        `protocol` = try ExternalProtocolCatalogue.all.make(manifest.protocolName)
        template = try CommandTemplate(manifest.words)
        try template.check(dimension: manifest.box.dimension)
        try `protocol`.check(template, dimension: manifest.box.dimension)
        executable = try ExecutableFile.find(template.executable)
        self.manifest = manifest
        box = manifest.box
        isNoisy = manifest.isNoisy
    }

    public var name: String { template.words.joined(separator: " ") }

    public func start(workers: Int) async throws -> any ExternalEvaluator {
        let command = PreparedCommand(template: template, executable: executable, dimension: box.dimension)
        return CommandEvaluator(command, `protocol`, workers: workers, batch: manifest.batch)
    }
}

/// A pool of workers that all searches share.
final class CommandEvaluator: ExternalEvaluator {
    private let queue = RequestQueue()
    private let workers: [Task<Void, Never>]
    private let `protocol`: any ExternalProtocol
    private let batch: Int

    init(_ command: PreparedCommand, _ protocol: any ExternalProtocol, workers: Int, batch: Int) {
        self.protocol = `protocol`
        self.batch = batch
        self.workers = (0..<workers).map { [queue] _ in Task { await `protocol`.serve(queue, command) } }
    }

    func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        let size = `protocol`.requestSize(points: points.count, workers: workers.count, batch: batch)
        return await withTaskCancellationHandler {
            await withTaskGroup(of: (Int, [Evaluation]).self) { group in
                var parts: [[Evaluation]] = []
                for start in stride(from: 0, to: points.count, by: size) {
                    let range = start..<min(start + size, points.count)
                    let part = parts.count
                    parts.append([])
                    group.addTask { (part, await self.submit(Array(points[range]), Array(seeds[range]))) }
                }
                for await (part, evaluations) in group { parts[part] = evaluations }
                return parts.flatMap(\.self)
            }
        } onCancel: {
            Task { await self.stop() }
        }
    }

    func stop() async {
        await queue.close()
        for worker in workers { worker.cancel() }
        for worker in workers { await worker.value }
    }

    private func submit(_ points: [[Double]], _ seeds: [UInt64]) async -> [Evaluation] {
        await withCheckedContinuation { continuation in
            let request = Request(points: points, seeds: seeds, continuation)
            Task { await queue.submit(request) }
        }
    }
}

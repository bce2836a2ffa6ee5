import ArgumentParser
import Experts
import Foundation
import Inner
import Outer
import Problems
import Strategies

/// Which experts are composed, and who evaluates their mixtures.
struct ExpertOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of the experts: *.safetensors, or folders with an adapter_model.safetensors.", valueName: "folder"))
    var experts: String?

    @Option(
        help: ArgumentHelp(
            "Command that evaluates mixtures; it speaks lines of JSON, see docs/compose.md.", valueName: "command"))
    var evaluator: String?

    @Option(
        parsing: .unconditional, help: "Validation examples that the evaluator has.",
        transform: Quantity.count(atLeast: 1))
    var validation: Int?

    @Option(
        help: "How experts are merged: linear, or lora-product for adapters (default: linear).",
        transform: MergeRule.named)
    var merge: MergeRule?

    @Option(help: "Instead of experts and evaluator: digits, ten small networks of this program.")
    var demo: String?

    @Option(parsing: .unconditional, help: "Which ten of the demo (default: 1).", transform: Quantity.count(atLeast: 1))
    var pool: Int?

    /// The composition that is asked for; what is not said is the recorded study's, if one is continued.
    ///
    /// - Throws: `Failure` or `TemplateError`, with the value that cannot be used.
    func manifest(_ commands: CommandOptions, from recorded: ProblemManifest?) throws -> ProblemManifest {
        if commands.protocolName != nil {
            throw Failure(usage: "--protocol is not for compositions: their evaluators have a protocol of their own.")
        }
        if demo != nil { return try demonstration(commands, nil) }
        if case .digits(let pool)? = recorded { return try demonstration(commands, pool) }
        if pool != nil { throw Failure(usage: "--pool is for --demo.") }
        return try external(commands, from: recorded)
    }

    private func demonstration(_ commands: CommandOptions, _ recorded: Int?) throws -> ProblemManifest {
        if let demo, demo != Self.digits {
            throw SelectionError.unknown(kind: "demo", value: demo, known: [Self.digits])
        }
        let flags = [
            ("--experts", experts != nil), ("--evaluator", evaluator != nil), ("--validation", validation != nil),
            ("--merge", merge != nil),
        ]
        if let flag = flags.filter(\.1).map(\.0).first ?? commands.given.first {
            throw Failure(usage: "\(flag) is for experts of your own; the demo brings its own.")
        }
        return .digits(pool: pool ?? recorded ?? 1)
    }

    private static let digits = "digits"

    private func external(_ commands: CommandOptions, from recorded: ProblemManifest?) throws -> ProblemManifest {
        var spec: CommandSpec
        if case .command(let old)? = recorded, old.experts != nil {
            spec = old
        } else {
            guard experts != nil, evaluator != nil, validation != nil else {
                throw Failure(
                    usage:
                        "a composition needs --experts, --evaluator and --validation, or --demo digits to see one.")
            }
            spec = CommandSpec(words: [], box: ExpertSwarm.box(experts: 1))
            spec.protocolName = "experts"
            spec.experts = ExpertsSpec(files: [], examples: 1)
            spec.batch = 1
        }
        if let evaluator { spec.words = try words(of: evaluator) }
        if let experts { spec.experts?.files = try files(in: experts) }
        if let validation { spec.experts?.examples = validation }
        if let merge { spec.experts?.merge = merge }
        spec.box = ExpertSwarm.box(experts: spec.experts?.files.count ?? 1)
        try commands.apply(to: &spec)
        return .command(spec)
    }

    private func words(of line: String) throws -> [String] {
        do { return try splitWords(line) } catch { throw ExternalError.template(error) }
    }

    /// Full paths: the evaluator may run elsewhere, and a study may be resumed from elsewhere.
    private func files(in folder: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(usage: "there is no folder '\(folder)' with experts.")
        }
        let files = ExpertPool.files(in: URL(fileURLWithPath: folder).path)
        guard !files.isEmpty else {
            throw Failure(
                usage: "'\(folder)' has no experts: no *.safetensors, and no folder with an adapter_model.safetensors.")
        }
        return files
    }
}

extension MergeRule: NamedChoice {
    static var kind: String { "merge" }
}

/// How swarms of experts move: values to choose from, and what all have in common.
struct ExpertSwarmOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Values of phi_p, the pull of a particle's best (default: 0.3).", valueName: "p,p,..."),
        transform: Quantity.weights)
    var cognitives: [Double]?

    @Option(
        help: ArgumentHelp(
            "Values of phi_g, the pull of the swarm's best (default: 0.2,0.4,0.6).", valueName: "g,g,..."),
        transform: Quantity.weights)
    var socials: [Double]?

    @Option(
        help: ArgumentHelp("Values of phi_w, the push from the worst (default: 0.05).", valueName: "w,w,..."),
        transform: Quantity.weights)
    var repulsions: [Double]?

    @Option(
        help: ArgumentHelp("Values of lambda, the first step (default: 0.5,0.75,1).", valueName: "l,l,..."),
        transform: Quantity.weights)
    var steps: [Double]?

    @Flag(help: "Begin with mixtures beyond their parents, as the authors' program does; their paper stays between.")
    var extrapolate = false

    @Option(
        parsing: .unconditional, help: "Iterations without a better point after which a particle returns (default: 7).",
        transform: Quantity.count(atLeast: 1))
    var restartAfter: Int?

    @Option(
        parsing: .unconditional,
        help: "Iterations without a better mixture after which a fresh swarm begins, or 'none' (default: none).",
        transform: { $0 == "none" ? 0 : try Quantity.count(atLeast: 1)($0) })
    var patience: Int?

    @Option(
        parsing: .unconditional, help: "Share of iterations that nobody is evaluated in (default: 0).",
        transform: Quantity.share)
    var skipIterations: Double?

    @Option(
        parsing: .unconditional, help: "Share of particles that are not evaluated in an iteration (default: 0).",
        transform: Quantity.share)
    var skipParticles: Double?

    /// What was said, over what `factors` hold.
    func adjust(_ factors: inout ArmSpace.Factors) {
        factors.cognitives = cognitives ?? factors.cognitives
        factors.socials = socials ?? factors.socials
        factors.repulsions = repulsions ?? factors.repulsions
        factors.steps = steps ?? factors.steps
        factors.experts.extrapolates = extrapolate || factors.experts.extrapolates
        factors.experts.restart = restartAfter ?? factors.experts.restart
        if let patience { factors.experts.patience = patience == 0 ? nil : patience }
        factors.experts.skippedIterations = skipIterations ?? factors.experts.skippedIterations
        factors.experts.skippedParticles = skipParticles ?? factors.experts.skippedParticles
    }
}

import Experts
import Inner

/// One long-lived process a worker that evaluates mixtures of experts: as `JSONLinesProtocol`, but it is greeted with what
/// is mixed, and gets files of mixtures, or their coefficients, if it prefers to mix by itself.
///
///     -> {"experts":["/pool/a.safetensors","/pool/b.safetensors"],"merge":"linear","examples":200}
///     <- {"ready":true,"wants":"path"}
///     -> {"id":7,"split":"validation","path":["/tmp/7-0.safetensors"],"seed":[123]}
///     <- {"id":7,"value":[0.285]}
///
/// A file is gone as soon as its request is answered. `"wants":"coefficients"` gets `"coefficients":[[0.2,0.8]]` in the place
/// of files. An answer may tell `"losses":[[0,1,...]]`, those of single examples, beside every value.
struct ExpertsProtocol: ExternalProtocol {
    private let spec: ExpertsSpec
    private let pool: ExpertPool
    private let split: ExampleSplit
    private let folder: ParticleFolder?

    /// - Parameter folder: where mixtures are put; nil if none are to be made.
    init(_ spec: ExpertsSpec, _ split: ExampleSplit, folder: ParticleFolder?) throws(ExternalError) {
        do { pool = try ExpertPool(spec.files) } catch { throw .experts(error) }
        (self.spec, self.split, self.folder) = (spec, split, folder)
    }

    var name: String { "experts" }

    func pointsPerCall(batch: Int) -> Int { max(1, batch) }

    func check(_ template: CommandTemplate) throws(TemplateError) { try JSONLinesProtocol().check(template) }

    func makeWorker(_ command: ExternalCommand) -> any ExternalWorker {
        guard let folder else { preconditionFailure("a worker needs a folder for mixtures") }
        return JSONLinesWorker(command, MixtureRequests(pool, spec, split, folder))
    }

    func byHand(_ template: CommandTemplate, _ point: [Double], seed: UInt64, setting: String) -> String {
        let greeting = trimmed(MixtureRequests.greeting(spec))
        // A worker takes what it wants: the file of an expert, or the coefficients of the mixture.
        let request = trimmed(
            MixtureRequests.line(id: 1, split, paths: [spec.files[0]], coefficients: [point], seeds: [seed]))
        let command = [template.command] + template.arguments(dimension: point.count)
        return "printf '%s\\n' \(ShellWord.quoted(greeting)) \(ShellWord.quoted(request)) | "
            + setting + ShellWord.line(command)
    }
}

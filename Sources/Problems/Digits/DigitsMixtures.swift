import Experts
import Foundation
import Inner
import Strategies

/// Mixtures of ten networks that read handwritten digits, each good at three of them: the value of a point, ten
/// coefficients, is the share of 200 validation images that the network with the mixed weights gets wrong.
///
/// The weights are those of the file that `ExpertPool.materialise` makes of the expert files, bit for bit. NaN where a
/// coefficient or a weight is not finite in single precision.
public struct DigitsMixtures: PureProblem {
    public enum Split: Sendable, CaseIterable {
        case validation, test
    }

    public let name = "digits"
    public let box = ExpertSwarm.box(experts: DigitsPool.size)
    public let pool: DigitsPool
    private let validation: DigitsImages
    private let test: DigitsImages

    /// - Parameter pool: which split, base and experts; every number has its own.
    public init(pool: Int) {
        self.pool = DigitsPool(pool)
        validation = DigitsImages(self.pool.split.validation)
        test = DigitsImages(self.pool.split.test)
    }

    public func makeObjective() -> some Objective { DigitsObjective(pool.experts, validation) }

    /// The network with the mixed weights; nil where `evaluate` has NaN.
    ///
    /// - Precondition: ten coefficients.
    public func network(_ coefficients: [Double]) -> DigitsNetwork? {
        var objective = objective(.validation, of: coefficients)
        return objective.network(coefficients)
    }

    /// Of every image of a split, in its order: 1 if the mixture with these coefficients gets it wrong, 0 if not. All NaN
    /// where `evaluate` has NaN.
    ///
    /// - Precondition: ten coefficients.
    public func losses(_ coefficients: [Double], on split: Split) -> [Double] {
        var objective = objective(split, of: coefficients)
        return objective.losses(coefficients)
    }

    private func objective(_ split: Split, of coefficients: [Double]) -> DigitsObjective {
        precondition(coefficients.count == dimension, "\(coefficients.count) coefficients for \(dimension) experts")
        return DigitsObjective(pool.experts, split == .validation ? validation : test)
    }

    /// Writes the experts as files, `expert-0.safetensors` ... `expert-9.safetensors`, to a folder that exists; those that
    /// are there already are left alone.
    ///
    /// - Returns: their paths, in the order of the coefficients.
    /// - Throws: `ExpertError.wouldOverwrite` if there is another file of such a name, or why it cannot be written.
    public func writeExperts(to folder: String) throws(ExpertError) -> [String] {
        var paths: [String] = []
        for (number, expert) in pool.experts.enumerated() {
            let path = "\(folder)/expert-\(number).safetensors"
            if !FileManager.default.fileExists(atPath: path) {
                try SafetensorsFile.write(expert.tensors, to: path)
            } else if !Self.isFile(at: path, of: expert.tensors) {
                throw .wouldOverwrite(expert: path)
            }
            paths.append(path)
        }
        return paths
    }

    private static func isFile(at path: String, of tensors: [Tensor]) -> Bool {
        guard let file = try? SafetensorsFile(path), file.header.metadata.isEmpty else { return false }
        return file.tensors.count == tensors.count
            && tensors.allSatisfy { tensor in
                guard let entry = file.tensor(named: tensor.name) else { return false }
                return entry.type == tensor.type && entry.shape == tensor.shape
                    && (try? file.bytes(entry)) == tensor.bytes
            }
    }
}

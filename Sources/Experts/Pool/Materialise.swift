extension ExpertPool {
    /// Writes the combination of the experts with these coefficients as a file: tensor types and the metadata of the first
    /// expert are kept, `knee.coefficients` is added to it. The same arguments give the same bytes, whatever `workers` is.
    ///
    /// Half, brain and single precision are added up in single precision, double in double, in the order of the experts,
    /// and rounded once, ties to even; what is not a number stays such, with any bits. An expert whose coefficient is 0 is
    /// not read; one that is all of the combination is copied bit for bit. Tensors that are no weights are equal in all
    /// experts and carried over. In memory are pieces of a few experts and a window of the result for every worker, about
    /// a megabyte.
    ///
    /// - Parameters:
    ///   - path: where to; a file that is there already, and is no expert, is replaced once the new one is whole.
    ///   - workers: threads that work on it; the caller waits.
    /// - Throws: `ExpertError`; what was written is removed.
    public func materialise(
        _ coefficients: [Double], as rule: MergeRule = .linear, to path: String, workers: Int = 1
    ) throws(ExpertError) {
        precondition(workers >= 1, "a merge needs a worker, not \(workers)")
        guard coefficients.count == experts.count else {
            throw .coefficientCount(coefficients.count, experts: experts.count)
        }
        if let index = coefficients.firstIndex(where: { !Float($0).isFinite }) {
            throw .coefficient(index: index, value: coefficients[index])
        }
        if let identity = FileIdentity(path), let expert = experts.first(where: { $0.file.identity == identity }) {
            throw .wouldOverwrite(expert: expert.path)
        }
        let merge = try Merge(self, coefficients, rule)
        let output = try OutputFile(path)
        try merge.write(to: output, workers: workers)
        try output.finish()
    }
}

/// Why expert files cannot be used, with the evidence.
public enum ExpertError: Error, Equatable, Sendable {
    /// A call of the operating system failed; `code` is its `errno`.
    case system(path: String, call: String, code: Int32)
    /// A folder, a pipe or another thing that is no file.
    case notAFile(path: String)
    case flawed(path: String, SafetensorsFlaw)
    /// The file became shorter, or unreadable, while it was open.
    case lost(path: String)
    /// There is no such tensor, or its elements are no numbers to calculate with.
    case noNumbers(path: String, tensor: String)
    /// No files, so no experts.
    case noExperts
    /// A tensor is not what it is in the first expert.
    case differs(path: String, tensor: String, Difference)
    /// Numbers that cannot be combined, as integers, would have to be equal in all experts.
    case unmergeable(path: String, tensor: String, type: ElementType)
    case coefficientCount(Int, experts: Int)
    /// Not finite in single precision.
    case coefficient(index: Int, value: Double)
    /// What should be written is an expert.
    case wouldOverwrite(expert: String)
    /// Products of low-rank adapters cannot be added up because of this tensor.
    case notLowRank(tensor: String, LowRankFlaw)

    public enum Difference: Equatable, Sendable {
        case missing
        case additional
        case type(ElementType, first: ElementType)
        case shape([Int], first: [Int])
    }

    public enum LowRankFlaw: Equatable, Sendable {
        /// Its `lora_B`, or `lora_A`, is not there.
        case noPartner(String)
        /// A is not [rank, in], B not [out, rank], or they are not of one type that can be merged.
        case shapes(a: [Int], b: [Int])
        /// A magnitude of weight-decomposed adapters, which no sum of products has.
        case magnitude
    }
}

/// Weights of a tensor that are infinite or no numbers.
public struct NonFiniteWeights: Sendable, Equatable {
    public let path: String
    public let tensor: String
    public let count: Int

    public init(path: String, tensor: String, count: Int) {
        (self.path, self.tensor, self.count) = (path, tensor, count)
    }
}

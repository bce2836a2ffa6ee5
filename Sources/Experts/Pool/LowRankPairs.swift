/// What a tensor is to a low-rank adapter, whose change of a weight is B A.
enum LowRankRole: Equatable, Sendable {
    /// A, [rank, in]
    case down
    /// B, [out, rank]
    case up
}

/// Which of these tensors are A or B of a pair; nil for those that are neither.
///
/// - Throws: `ExpertError.notLowRank` for one that has no partner, or does not fit it.
func lowRankRoles(_ tensors: [TensorEntry]) throws(ExpertError) -> [LowRankRole?] {
    let byName = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    var roles: [LowRankRole?] = []
    for tensor in tensors {
        let words = tensor.name.split(separator: ".", omittingEmptySubsequences: false)
        guard !words.contains("lora_magnitude_vector") else {
            throw .notLowRank(tensor: tensor.name, .magnitude)
        }
        guard let place = words.lastIndex(where: { partners[$0] != nil }), let partner = partners[words[place]] else {
            roles.append(nil)
            continue
        }
        var partnerWords = words
        partnerWords[place] = partner
        let partnerName = partnerWords.joined(separator: ".")
        guard let other = byName[partnerName] else {
            throw .notLowRank(tensor: tensor.name, .noPartner(partnerName))
        }
        let role: LowRankRole = words[place].hasSuffix("A") ? .down : .up
        let (a, b) = role == .down ? (tensor, other) : (other, tensor)
        guard a.shape.count == 2, b.shape.count == 2, a.shape[0] == b.shape[1], a.type == b.type, a.type.isMergeable
        else { throw .notLowRank(tensor: tensor.name, .shapes(a: a.shape, b: b.shape)) }
        roles.append(role)
    }
    return roles
}

private let partners: [Substring: Substring] = [
    "lora_A": "lora_B", "lora_B": "lora_A",
    "lora_embedding_A": "lora_embedding_B", "lora_embedding_B": "lora_embedding_A",
]

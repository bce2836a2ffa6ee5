import Inner

/// A 64-bit hash of decisions and recorded values, timings aside: equal studies have equal digests.
///
/// For identity, not for secrecy. FNV-1a over the bit patterns.
/// - SeeAlso: Eastlake et al. (2025), RFC 9923, The FNV Non-Cryptographic Hash Algorithm.
public struct Digest: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    public init() {}

    public mutating func add(_ value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: value >> shift)) }
    }

    public mutating func add(byte: UInt8) {
        state ^= UInt64(byte)
        state &*= 0x100_0000_01B3
    }

    public mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }
    /// Zero has one sign here: a database keeps no other.
    public mutating func add(_ value: Double) { add((value == 0 ? 0 : value).bitPattern) }
    public mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte: byte) }
        add(text.utf8.count)
    }

    public mutating func add(_ decision: Decision) {
        add(decision.arm)
        add(decision.propensity)
        add(decision.contenders.count)
        for contender in decision.contenders {
            add(contender.arm)
            add(contender.draw)
            add(contender.mean)
            add(contender.offset)
        }
    }

    public mutating func add(_ pull: Pull) {
        add(pull.number)
        add(pull.decision)
        add(pull.budget)
        add(pull.result.evaluations)
        add(pull.result.failures)
        add(pull.result.end.rawValue)
        add(pull.result.trace.checkpoints.count)
        for checkpoint in pull.result.trace.checkpoints {
            add(checkpoint.evaluations)
            add(checkpoint.best)
        }
    }

    /// Sixteen hexadecimal digits.
    public var hex: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The digest of a study: its pulls in order.
    public static func of(_ pulls: [Pull]) -> String { StudyDigests(pulls).whole.hex }

    /// The digest of the decisions alone.
    public static func ofDecisions(_ pulls: [Pull]) -> String { StudyDigests(pulls).decisions.hex }
}

/// The digests of a study: of its pulls in order, taken in one by one.
public struct StudyDigests: Sendable {
    public private(set) var whole = Digest()
    /// Of the decisions alone: unchanged by any increasing transform of the objective.
    public private(set) var decisions = Digest()

    public init(_ pulls: [Pull] = []) {
        for pull in pulls { add(pull) }
    }

    public mutating func add(_ pull: Pull) {
        whole.add(pull)
        decisions.add(pull.decision)
    }
}

/// A splittable, counter-based stream of random numbers.
///
/// Draw k of a stream with key s is `mix(s + (k + 1) gamma)`: any draw can be computed alone, so streams are
/// values that cost nothing to name. `split` derives a child from the key only and never advances its parent.
///
/// - SeeAlso: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators,
///   doi:10.1145/2660193.2660195 (SplitMix64).
public struct RandomStream: RandomNumberGenerator, Sendable {
    /// What a child stream is for. Raw values are part of every recorded study: append, never renumber.
    public enum Purpose: UInt64, Sendable {
        case instance = 1, search, initial, move, topology, confine, evaluation, noise, decision, verdict, propensity,
            run, confirmation, comparison, baseline
    }

    /// The Weyl increment, 2^64 over the golden ratio.
    public static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

    public let key: UInt64
    @usableFromInline var counter: UInt64 = 0

    /// A root stream. `RandomStream(seed: s)` emits exactly SplitMix64 seeded with s.
    @inlinable
    public init(seed: UInt64) { key = seed }

    /// The finaliser of SplitMix64 (variant 13 of Stafford).
    @inlinable
    public static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }

    @inlinable
    public mutating func next() -> UInt64 {
        counter &+= 1
        return Self.mix(key &+ counter &* Self.gamma)
    }

    /// The child named by `purpose` and up to two indices. Equal names give equal streams.
    @inlinable
    public func split(_ purpose: Purpose, _ index: Int = 0, _ subindex: Int = 0) -> RandomStream {
        var child = Self.mix(key ^ Self.mix(purpose.rawValue &* Self.gamma))
        child = Self.mix(child &+ Self.gamma &+ UInt64(bitPattern: Int64(index)))
        child = Self.mix(child ^ Self.mix(Self.gamma &+ UInt64(bitPattern: Int64(subindex))))
        return RandomStream(seed: child)
    }

    /// The key of numbered substream `index`: one mixing step, for loops that need a stream a row. A stream whose
    /// substreams are used is not drawn from itself.
    @inlinable
    public func key(of index: Int) -> UInt64 { Self.mix(key &+ (UInt64(bitPattern: Int64(index)) &+ 1) &* Self.gamma) }

    /// U[0, 1) in steps of 2^-53.
    @inlinable
    public mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

    /// N(0, 1) by inversion: one draw a number.
    @inlinable
    public mutating func normal() -> Double { normalQuantile((Double(next() &>> 12) + 0.5) * 0x1p-52) }

    /// A uniform integer in 0 ..< bound (multiply-shift; bias below bound / 2^64).
    @inlinable
    public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "index(below: \(bound)) needs a positive bound")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}

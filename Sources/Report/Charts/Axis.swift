import Foundation

/// One direction of a chart: what it means, from where to where, and where it is labelled.
public struct Axis: Sendable {
    /// With the unit.
    public var title: String
    public var kind: Kind
    /// Instead of those that the kind would have.
    public var ticks: [Tick]?

    public enum Kind: Sendable, Equatable {
        case linear(ClosedRange<Double>)
        /// Both ends positive.
        case logarithmic(ClosedRange<Double>)
        /// One after the other, as named; the index of a band is its place.
        case bands([String])
    }

    public struct Tick: Sendable, Equatable {
        public var value: Double
        public var label: String

        public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
    }

    /// - Precondition: a range is not empty.
    public init(_ title: String, _ kind: Kind, ticks: [Tick]? = nil) {
        switch kind {
        case .linear(let range): precondition(range.lowerBound < range.upperBound, "\(range) is empty")
        case .logarithmic(let range):
            precondition(0 < range.lowerBound && range.lowerBound < range.upperBound, "no logarithmic range: \(range)")
        case .bands(let names): precondition(!names.isEmpty, "no bands")
        }
        (self.title, self.kind, self.ticks) = (title, kind, ticks)
    }
}

/// From the units of an axis to places of a drawing.
package struct Scale: Sendable {
    let axis: Axis
    let start: Double
    let end: Double

    /// - Parameters:
    ///   - start: where the axis begins, in the units of the drawing.
    ///   - end: where it ends; before the start if it runs upwards.
    package init(_ axis: Axis, from start: Double, to end: Double) {
        (self.axis, self.start, self.end) = (axis, start, end)
    }

    /// The place of a value; that of the middle for a band.
    package func callAsFunction(_ value: Double) -> Double { start + share(value) * (end - start) }

    /// The same, or the nearest end if it lies beyond.
    func clamped(_ value: Double) -> Double { start + min(1, max(0, share(value))) * (end - start) }

    private func share(_ value: Double) -> Double {
        switch axis.kind {
        case .linear(let range): (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic(let range): log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        case .bands(let names): (value + 0.5) / Double(names.count)
        }
    }

    /// Extent of a band.
    var bandWidth: Double {
        guard case .bands(let names) = axis.kind else { return 0 }
        return abs(end - start) / Double(names.count)
    }

    /// Labelled places, at most about one in `spacing` of the drawing.
    package func ticks(spacing: Double) -> [Axis.Tick] {
        let most = max(2, Int(abs(end - start) / spacing))
        if let ticks = axis.ticks { return Self.thinned(ticks, to: most) }
        switch axis.kind {
        case .linear(let range): return Self.linear(range, most)
        case .logarithmic(let range): return Self.logarithmic(range, most)
        case .bands(let names): return names.enumerated().map { Axis.Tick(Double($0), $1) }
        }
    }

    /// Places of a logarithmic axis between the labelled ones: 2, 3 ... 9 times the powers of ten.
    package var minorTicks: [Double] {
        guard case .logarithmic(let range) = axis.kind else { return [] }
        let decades = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
        guard decades.count <= 12 else { return [] }
        return decades.flatMap { decade in (1...9).map { Double($0) * pow(10, Double(decade)) } }
            .filter { range.contains($0) }
    }

    private static func thinned(_ ticks: [Axis.Tick], to most: Int) -> [Axis.Tick] {
        let step = max(1, Int((Double(ticks.count) / Double(most)).rounded(.up)))
        return ticks.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    }

    /// Multiples of 1, 2 or 5 times a power of ten.
    private static func linear(_ range: ClosedRange<Double>, _ most: Int) -> [Axis.Tick] {
        let rough = (range.upperBound - range.lowerBound) / Double(most)
        let power = pow(10, log10(rough).rounded(.down))
        let step = power * ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10)
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        return stride(from: first, through: last, by: 1).map { Axis.Tick($0 * step, label($0 * step, step: step)) }
    }

    /// Powers of ten, and as many multiples of them as there is room for.
    private static func logarithmic(_ range: ClosedRange<Double>, _ most: Int) -> [Axis.Tick] {
        let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
        let decades = Int(low.rounded(.down))...Int(high.rounded(.up))
        for factors in [[1, 1.5, 2, 3, 4, 5, 6, 8], [1.0, 2, 5], [1, 3], [1]] {
            let values = decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
                .filter { range.contains($0) }
            if values.count <= most, values.count >= 2 { return values.map { Axis.Tick($0, label($0)) } }
        }
        let step = max(1, Int((Double(decades.count) / Double(most)).rounded(.up)))
        let powers = decades.filter { $0 % step == 0 }.map { pow(10, Double($0)) }.filter { range.contains($0) }
        // A range too narrow for round numbers is as good as linear.
        return powers.count < 2 ? linear(range, most) : powers.map { Axis.Tick($0, label($0)) }
    }

    /// -0.5, 20, 1k, 1.05M; far from 1, 2e-7, 1.5e12
    ///
    /// - Parameter step: from one label to the next; as many digits are told as it takes to tell them apart.
    private static func label(_ value: Double, step: Double? = nil) -> String {
        let size = abs(value)
        guard size > 0, step.map({ size > 1e-9 * $0 }) ?? true else { return "0" }
        let order = Int(log10(size).rounded(.down))
        let digits = step.map { max(3, order - Int(log10($0).rounded(.down)) + 1) } ?? 6
        let words = { (scaled: Double) in String(format: "%.\(min(digits, 12))g", scaled) }
        switch size {
        case ..<9.999e-4, 9.999e8...: return words(value / pow(10, Double(order))) + "e\(order)"
        case ..<999.9: return words(value)
        case ..<999_900: return words(value / 1e3) + "k"
        default: return words(value / 1e6) + "M"
        }
    }
}

import Foundation

/// Numbers as people read them.
public enum Numbers {
    /// 1234567 -> "1,234,567"
    public static func grouped(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// Six significant digits.
    public static func significant(_ value: Double) -> String { String(format: "%.6g", value) }

    /// Rounded to so many places; zero has no sign.
    public static func fixed(_ value: Double, _ places: Int) -> String {
        let text = String(format: "%.\(places)f", value)
        return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
    }

    /// 1 particle, 12 particles, 1,234 particles
    public static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(grouped(count)) \(count == 1 ? one : many)"
    }

    public static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

    /// 12 ms, 5.0 s, 75 s, 12 min 5 s, 3 h 2 min
    public static func duration(_ seconds: Double) -> String {
        if seconds < 0.9995 { return "\(fixed(1000 * seconds, 0)) ms" }
        let whole = Int(seconds.rounded())
        if whole < 100 { return "\(fixed(seconds, seconds < 10 ? 1 : 0)) s" }
        if whole < 6000 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// 120 ns, 3.4 us, 12 ms, 5.0 s, 12 min 5 s
    public static func shortTime(_ seconds: Double) -> String {
        guard seconds < 0.9995 else { return duration(seconds) }
        let (scaled, unit) =
            seconds < 1e-6
            ? (1e9 * seconds, "ns") : seconds < 1e-3 ? (1e6 * seconds, "us") : (1e3 * seconds, "ms")
        return "\(fixed(scaled, scaled < 9.95 ? 1 : 0)) \(unit)"
    }

    /// 12s, 12m, 3h2m, 5d: as --max-time takes them.
    public static func brief(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(), 1e12))
        switch whole {
        case ..<100: return "\(whole)s"
        case ..<6000: return "\(whole / 60)m"
        case ..<360_000: return "\(whole / 3600)h\(whole % 3600 / 60)m"
        default: return "\(whole / 86400)d"
        }
    }

    /// 950, 1.2k, 3.4M
    public static func short(_ value: Double) -> String {
        switch value {
        case ..<1000: fixed(value, 0)
        case ..<1e6: fixed(value / 1e3, value < 1e4 ? 1 : 0) + "k"
        default: fixed(value / 1e6, value < 1e7 ? 1 : 0) + "M"
        }
    }
}

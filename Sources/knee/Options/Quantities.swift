import ArgumentParser
import Foundation
import Inner
import Problems

/// Numbers, durations and times of day as people write them.
enum Quantity {
    /// What a count stays below: beyond it a `Double` could not tell whole numbers apart for long.
    static let countLimit = 1_000_000_000_000_000

    /// 20000, 200k, 2M, 1.5G, 1e6: a whole number of at least `least`.
    static func count(atLeast least: Int) -> @Sendable (String) throws -> Int {
        { text in
            guard let value = number(text), value == value.rounded(), value < Double(countLimit), value >= Double(least)
            else {
                throw BadValue("'\(text)' is not a whole number of at least \(least), like 20000, 200k, 2M or 1e6")
            }
            return Int(value)
        }
    }

    /// A whole number from 1 to 4096: every worker takes memory, whether it works or not.
    static func workers(_ text: String) throws -> Int {
        guard let value = number(text), value == value.rounded(), (1...4096).contains(value) else {
            throw BadValue("'\(text)' is not a whole number from 1 to 4096")
        }
        return Int(value)
    }

    /// 0 for none, or at least three: fewer cover a knee too rarely.
    static func freshSearches(_ text: String) throws -> Int {
        guard let value = number(text), value == value.rounded(), value == 0 || (3...10_000).contains(value) else {
            throw BadValue("'\(text)' is neither 0 nor a whole number from 3 to 10000")
        }
        return Int(value)
    }

    static func seed(_ text: String) throws -> UInt64 {
        guard let value = UInt64(text) else {
            throw BadValue("'\(text)' is not a seed, a whole number from 0 to \(UInt64.max)")
        }
        return value
    }

    static func value(_ text: String) throws -> Double {
        guard let value = Double(text), value.isFinite else {
            throw BadValue("'\(text)' is not a value, a number like 0.01 or -3")
        }
        return value
    }

    static func price(_ text: String) throws -> Double {
        guard let value = Double(text), value > 0, value.isFinite else {
            throw BadValue("'\(text)' is not a price, a positive number like 0.5, 1 or 2")
        }
        return value
    }

    /// 90, 90s, 300ms, 30m, 8h, 1.5d, in seconds.
    static func duration(_ text: String) throws -> Double {
        if text.hasSuffix("ms"), let value = Double(text.dropLast(2)), value > 0, value.isFinite { return value / 1000 }
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let unit = text.last.flatMap { units[$0] }
        guard let value = Double(unit == nil ? text : String(text.dropLast())), value > 0, value.isFinite else {
            throw BadValue("'\(text)' is not a duration like 90s, 30m, 8h or 1d")
        }
        let seconds = value * (unit ?? 1)
        guard seconds <= longestDuration else {
            throw BadValue("'\(text)' is beyond ten years, the longest duration there is")
        }
        return seconds
    }

    /// Ten years; a clock counts no more than some hundreds.
    private static let longestDuration = 10 * 366 * 86400.0

    /// A duration, `auto` or `none`.
    static func timeLimit(_ text: String) throws -> EvaluationLimits.Time {
        switch text {
        case "auto": return .automatic
        case "none": return .unlimited
        default:
            do { return .seconds(try duration(text)) } catch {
                throw BadValue("'\(text)' is not a duration like 30s or 5m, nor 'auto' or 'none'")
            }
        }
    }

    /// 65536, 64K, 512M, 4G, in units of 1,024.
    static func bytes(_ text: String) throws -> Int {
        let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
        let unit = text.last.flatMap { units[Character($0.uppercased())] }
        let value = Double(unit == nil ? text : String(text.dropLast())).map { $0 * (unit ?? 1) }
        guard let value, value >= 1024, value < Double(countLimit) else {
            throw BadValue("'\(text)' is not a size of at least 1K, like 64K, 512M or 4G")
        }
        return Int(value)
    }

    /// The next time the clock shows HH:MM.
    static func timeOfDay(_ text: String) throws -> Date {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
            (0..<60).contains(minute),
            let date = Calendar.current.nextDate(
                after: .now, matching: DateComponents(hour: hour, minute: minute), matchingPolicy: .nextTime)
        else { throw BadValue("'\(text)' is not a time of day like 07:00") }
        return date
    }

    /// LOW,HIGH
    static func interval(_ text: String) throws -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0.trimmingCharacters(in: .whitespaces))
        }
        guard parts.count == 2, let low = parts[0], let high = parts[1] else {
            throw BadValue("'\(text)' is not a pair LOW,HIGH of numbers, like -5,5")
        }
        return [low, high]
    }

    /// Words between commas.
    static func list(_ text: String) throws -> [String] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard words.allSatisfy({ !$0.isEmpty }) else {
            throw BadValue("'\(text)' is not a list of values between commas")
        }
        return words
    }

    /// `1-15` or `1,2,5`: whole numbers from 0 on.
    static func numbers(_ text: String) throws -> [Int] {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if ends.count == 2, let first = ends[0], let last = ends[1], 0 <= first, first <= last, last - first < 100_000 {
            return Array(first...last)
        }
        return try list(text).map { word in
            guard let number = Int(word), number >= 0 else {
                throw BadValue("'\(text)' is neither a range like 1-15 nor a list like 1,2,5")
            }
            return number
        }
    }

    /// Whole numbers between commas.
    static func counts(_ text: String) throws -> [Int] { try list(text).map(count(atLeast: 1)) }

    /// Numbers between commas.
    static func weights(_ text: String) throws -> [Double] {
        try list(text).map { word in
            guard let number = Double(word), number.isFinite else {
                throw BadValue("'\(word)' in '\(text)' is not a number like 0.3")
            }
            return number
        }
    }

    static func share(_ text: String) throws -> Double {
        guard let value = Double(text), (0...0.99).contains(value) else {
            throw BadValue("'\(text)' is not a share from 0 to 0.99")
        }
        return value
    }

    private static func number(_ text: String) -> Double? {
        let factors: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9]
        guard let last = text.last, let factor = factors[last] else { return Double(text) }
        return Double(text.dropLast()).map { $0 * factor }
    }
}

/// A value that cannot be used: what it was and what would be.
struct BadValue: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A closed choice that is named on the command line.
protocol NamedChoice: CaseIterable, RawRepresentable, Sendable where RawValue == String {
    /// What is chosen, in the singular.
    static var kind: String { get }
}

extension NamedChoice {
    /// - Throws: `BadValue`, with what is allowed and the nearest name.
    static func named(_ text: String) throws -> Self {
        if let choice = Self(rawValue: text) { return choice }
        let known = Self.allCases.map(\.rawValue)
        throw BadValue(Failure.sentence(SelectionError.unknown(kind: kind, value: text, known: known)))
    }
}

/// How results are printed.
enum Format: String, NamedChoice {
    case text, json
    static let kind = "format"
}

/// The number that is all of `text`, or nil.
///
/// number = [sign] (digits ["." [digits]] | "." digits) [("e" | "E") [sign] digits] | [sign] ("nan" | "inf" |
/// "infinity"), the words in any case. No blanks, no hexadecimal, no decimal comma, no trailing text, whatever the
/// locale.
public func parseNumber(_ text: some StringProtocol) -> Double? {
    var rest = Array(text.utf8)[...]
    rest.skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    switch String(decoding: rest, as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return text.utf8.first == UInt8(ascii: "-") ? -.infinity : .infinity
    default: return isDecimal(rest) ? Double(String(text)) : nil
    }
}

/// True for digits with at most one point and one exponent.
private func isDecimal(_ unsigned: ArraySlice<UInt8>) -> Bool {
    var rest = unsigned
    var digits = rest.skipDigits()
    if rest.skip({ $0 == UInt8(ascii: ".") }) { digits += rest.skipDigits() }
    guard digits > 0 else { return false }
    if rest.skip({ $0 | 0x20 == UInt8(ascii: "e") }) {
        rest.skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        guard rest.skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
}

extension ArraySlice<UInt8> {
    /// Skips the first byte if it is as asked for.
    @discardableResult
    fileprivate mutating func skip(_ isWanted: (UInt8) -> Bool) -> Bool {
        guard let first, isWanted(first) else { return false }
        removeFirst()
        return true
    }

    /// Skips the digits at the start; returns how many.
    fileprivate mutating func skipDigits() -> Int {
        let all = count
        self = drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return all - count
    }
}

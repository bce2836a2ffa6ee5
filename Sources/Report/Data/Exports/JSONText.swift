/// Pieces of JSON for files of one line a record.
package enum JSONText {
    /// The shortest text that is read back as the same number; infinity, which JSON has no word for, is a number too large for any
    /// double, so that readers make it infinite again.
    package static func number(_ value: Double) -> String {
        precondition(!value.isNaN, "NaN is no number")
        return value.isFinite ? "\(value)" : value > 0 ? "1e999" : "-1e999"
    }

    /// A number, or null for one that is missing or infinite.
    package static func optional(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        return number(value)
    }

    /// A string, quoted (RFC 8259).
    package static func string(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

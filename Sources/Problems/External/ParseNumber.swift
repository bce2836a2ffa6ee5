/// A number as programs print it, strictly: no blanks, no commas, no hexadecimal, nothing behind it.
///
/// `nan`, `inf` and `infinity` in any case are numbers that are not finite.
/// - Returns: nil if the text is anything else.
public func parseNumber(_ text: some StringProtocol) -> Double? {
    let unsigned = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    if ["nan", "inf", "infinity"].contains(unsigned.lowercased()) {
        return unsigned.lowercased() == "nan" ? .nan : (text.first == "-" ? -.infinity : .infinity)
    }
    guard let first = unsigned.first, first == "." || (first.isASCII && first.isNumber),
        unsigned.allSatisfy({ $0.isASCII && ($0.isNumber || "eE.+-".contains($0)) })
    else { return nil }
    return Double(String(text))
}

/// Names of users and of problems, made fit for files on any system.
public enum FileName {
    package static let limit = 60

    /// ASCII letters, digits and `_` as they are, with one `-` in place of what is between them; none at either end, so that it is
    /// no option of a command. Never empty, nor longer than 60 characters.
    public static func safe(_ name: String) -> String {
        let words = name.unicodeScalars.split { !isKept($0) }
        var clipped = String(words.map(String.init).joined(separator: "-").prefix(limit))
        if clipped.last == "-" { clipped.removeLast() }
        return clipped.isEmpty ? "unnamed" : clipped
    }

    /// Safe names that differ from each other, upper and lower case being the same: numbers are added where they must be.
    public static func distinct(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            let base = safe(name)
            var (free, number) = (base, 1)
            while !taken.insert(free.lowercased()).inserted {
                number += 1
                free = "\(base)-\(number)"
            }
            return free
        }
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}

/// Words of printed commands.
public enum ShellWord {
    /// The word as a POSIX shell takes it: in single quotes if a character could mean something.
    public static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": true
            default: "_@%+=:,./-".unicodeScalars.contains(scalar)
            }
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// `NAME=VALUE` as an assignment.
    static func assignment(_ entry: String) -> String {
        let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return parts[0] + "=" + quoted(parts.count > 1 ? parts[1] : "")
    }

    /// A command line of these words.
    public static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}

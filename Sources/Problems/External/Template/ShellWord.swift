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

    /// A command line of these words.
    public static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}

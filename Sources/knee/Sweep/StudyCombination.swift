import Inner
import Outer
import Problems

/// One value for every key of an entry: one study.
struct StudyCombination {
    fileprivate var parts: [(setting: SweepSetting, words: [String])] = []

    var problem: String? { parts.first { $0.setting.key.name == "problem" }?.words.first }

    /// What `knee learn` is told, with more options before the command.
    func arguments(and more: [String] = []) -> [String] {
        let command = parts.filter { $0.setting.key.shape == .command }.flatMap(\.words)
        let options = parts.filter { $0.setting.key.shape != .command }.flatMap { $0.setting.arguments($0.words) }
        return options + more + (command.isEmpty ? [] : ["--"] + command)
    }

    /// `night-rastrigin-d10-s1`: the sweep, the entry if it has a name, the problem, and all that was written as a list.
    ///
    /// A function of the entry alone, so that other entries may come and go. Too long a name is cut, with a hash of all of
    /// it at its end.
    func name(sweep: String, entry: String?, problem: ProblemManifest) -> String {
        let varied = parts.filter { $0.setting.isVaried && $0.setting.key.name != "problem" }
        let labels = varied.map { $0.setting.key.label($0.words) }
        let words = [sweep, entry, StudyNames.stem(of: problem)].compactMap { $0 } + labels
        let whole = String(words.joined(separator: "-").map { Self.isPlain($0) ? $0 : "_" })
        guard whole.count > Self.longestName else { return whole }
        var digest = Digest()
        digest.add(whole)
        return whole.prefix(Self.longestName - 17) + "-" + digest.hex
    }

    private static let longestName = 100

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.,=+".contains(character))
    }
}

extension SweepManifest.Entry {
    /// How many studies it is; a number that may be beyond counting.
    var count: Double { settings.reduce(1) { $0 * Double($1.values.count) } }

    /// All combinations of its values, the first key changing most slowly.
    var combinations: [StudyCombination] {
        settings.reduce([StudyCombination()]) { combinations, setting in
            combinations.flatMap { combination in
                setting.values.map { words in
                    var longer = combination
                    longer.parts.append((setting, words))
                    return longer
                }
            }
        }
    }
}

import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report

/// What went wrong, as one sentence and an exit code: the only place where errors become prose.
struct Failure: Error {
    let sentence: String
    let exitCode: Int32

    /// A wrong use that has no type of its own.
    init(usage sentence: String) { self.init(sentence, Exit.usage.rawValue) }

    /// Output that is lost.
    init(output sentence: String) { self.init(sentence, 1) }

    /// An objective that gives nothing to search with.
    init(objective sentence: String) { self.init(sentence, Exit.objectiveFails.rawValue) }

    /// A study that is asked to continue with other options than it was begun with.
    init(drift flags: [String], from study: String) {
        self.init(
            usage: "study '\(study)' was begun with another value of: \(flags.joined(separator: ", ")); "
                + "resume it as it was (\(Self.command("resume", study))), lengthen it (\(Self.command("extend", study))), begin another with --force-new, or choose another --study."
        )
    }

    /// A study of a sweep that was begun otherwise.
    init(driftInSweep flags: [String], from study: String) {
        self.init(
            usage: "study '\(study)' was begun with another value of: \(flags.joined(separator: ", ")); "
                + "say what it was, or give the sweep, or this study, another name.")
    }

    /// What the argument parser says, as one sentence.
    init(parser message: String) {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        // The value and what is wrong with it are in what follows the colon.
        let text =
            if let match = line.firstMatch(of: /^The value '.*?' is invalid for '([^' ]+)[^']*'(?:: |\. )(.+)$/) {
                match.1.hasPrefix("--") ? "\(match.1): \(match.2)" : String(match.2)
            } else {
                line.prefix(1).lowercased() + line.dropFirst()
            }
        self.init(usage: text.last.map(".?".contains) == true ? text : text + ".")
    }

    /// `'knee resume mine'`: what a user types, in quotes.
    static func command(_ verb: String, _ study: String, ledger: String = LedgerOptions.standard) -> String {
        "'" + ReportText.command(verb, study, ledger: ledger, program: Terminal.program) + "'"
    }

    private init(_ sentence: String, _ exitCode: Int32) {
        self.sentence = sentence
        self.exitCode = exitCode
    }

    /// Nil for the errors of the argument parser, which speak for themselves.
    init?(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as SelectionError: self.init(usage: Self.sentence(error))
        case let error as Box.Flaw: self.init(usage: Self.sentence(error))
        case let error as ExternalError: self.init(usage: Self.sentence(error))
        case let error as Outage: self.init(Self.sentence(error), Exit.objectiveFails.rawValue)
        case let error as OtherDecision:
            self.init(
                usage:
                    "search \(error.number) was chosen by another program than this one, which would have chosen otherwise: "
                    + "to go on would mix the two. Continue the study with the knee that began it, or begin another.")
        case let error as ManifestError: self.init(usage: Self.sentence(error))
        case let error as LedgerError: self.init(Self.sentence(error), Self.exitCode(error))
        case let error as CocoaError:
            self.init(usage: error.localizedDescription)
        default: return nil
        }
    }

    static func sentence(_ error: SelectionError) -> String {
        switch error {
        case .unknown(let kind, let value, let known):
            let guess = error.suggestion.map { " Did you mean '\($0)'?" } ?? ""
            return "there is no \(kind) '\(value)'.\(guess) Known: \(known.joined(separator: ", "))."
        case .argument(let kind, let value, let requirement):
            return "the \(kind)\(value.isEmpty ? "" : " '\(value)'") cannot be used: \(requirement)."
        }
    }

    private static func sentence(_ flaw: Box.Flaw) -> String {
        switch flaw {
        case .empty: "the bounds are empty; give one pair a coordinate."
        case .lengths(let lower, let upper): "there are \(lower) lower and \(upper) upper bounds; give as many of each."
        case .notFinite(let coordinate, let lower, let upper):
            "the bounds of coordinate \(coordinate) are \(short(lower)) and \(short(upper)); both, and their distance, must be finite."
        case .reversed(let coordinate, let lower, let upper):
            "the bounds of coordinate \(coordinate) are \(short(lower)) and \(short(upper)); the lower must be below the upper."
        }
    }

    private static func sentence(_ error: ExternalError) -> String {
        switch error {
        case .notFound(let command): "there is no command '\(command)'."
        case .notExecutable(let path): "'\(path)' cannot be run: it is no executable file (chmod +x makes it one)."
        case .template(let error): sentence(error)
        case .protocolName(let error): sentence(error)
        case .workFolder(let path): "the folder \(path) cannot be made; --work-dir names one that can be written."
        case .tooManyWorkers(let workers, let needed, let allowed):
            "\(workers) workers take \(needed) open files, the system allows \(allowed): take fewer --workers, or raise 'ulimit -n'."
        case .variable(let entry): "'\(entry)' names no environment variable; --env takes NAME or NAME=VALUE."
        case .experts(let error): sentence(error)
        case .particleFolder(let path):
            "the folder \(path) for mixtures cannot be made; TMPDIR names where temporary files go."
        }
    }

    private static func sentence(_ outage: Outage) -> String {
        let last = "\(outage.outcome.rawValue): \(PlainLine.of(outage.evidence))"
        let byHand = outage.byHand.map { " By hand: \($0)" } ?? ""
        return "the objective keeps failing, \(outage.requests) requests in a row. The last one \(last).\(byHand)"
    }

    private static func sentence(_ error: TemplateError) -> String {
        switch error {
        case .empty: "the command after '--' is empty."
        case .unfinished(let line): "a quote or backslash is left open in the command: \(line)"
        case .unknownPlaceholder(let name, let word):
            "'\(name)' in '\(word)' means nothing; the placeholders are {x}, {x0}, {x1} ..., {seed} and {dim}."
        case .notAWholeWord(let word):
            "the word '\(word)' holds {x}, which stands for all coordinates and has to be a word of its own; see {x0}, {x1}."
        case .beyondDimension(let placeholder, let dimension):
            "the command asks for \(placeholder), but points have \(dimension) coordinates, {x0} to {x\(dimension - 1)}."
        case .neverSeesThePoint(let name):
            "the command never sees the point: the protocol '\(name)' puts it where {x}, or {x0}, {x1} ..., stands in the command."
        case .placeholderInCommand(let word): "the program itself, '\(word)', cannot hold a placeholder."
        case .changesByPoint(let placeholder, let name):
            "\(placeholder) changes from point to point, but the protocol '\(name)' asks one process for many; it sends points on standard input."
        }
    }

    private static func sentence(_ error: LedgerError) -> String {
        switch error {
        case .missing(let path): "there is no ledger at \(path); 'knee learn' makes one, --ledger names another."
        case .notALedger(let path):
            "\(path) is not a ledger of this program, and is left as it is; --ledger names another."
        case .newer(let path, let version, let known):
            "the ledger \(path) has schema version \(version), this program knows up to \(known): use a newer knee."
        case .older(let path):
            "the ledger \(path) is an older program's and has to be brought up to date, but it, or its folder, is read-only."
        case .readOnly(let path): "the ledger \(path) cannot be written: it, or its folder, is read-only."
        case .networkFileSystem(let path, let type):
            "the ledger \(path) lies on a network file system (\(type)), where SQLite's locks cannot be trusted; use --ledger on a local disk."
        case .studyExists(let name, let path):
            "there is a study '\(name)' already; continue it with \(command("resume", name, ledger: path)) or choose another --study."
        case .noStudy(let name, let known): noStudy(name, known)
        case .badStudyName(let name):
            "the study name '\(name)' cannot be used: 1 to 100 characters, without spaces and slashes."
        case .comparisonExists(let name):
            "there is a comparison '\(name)' already; continue it with --resume or choose another --name."
        case .noComparison(let name, let known): noComparison(name, known)
        case .held(let study, let pid, let host, let since, let isOutOfSight):
            "process \(pid) on \(host) has worked on study '\(study)' since \(since); let it finish, or stop it."
                + (isOutOfSight
                    ? " It belongs to another container, so whether it still runs cannot be seen here." : "")
        case .noLimit(let study, let option):
            "study '\(study)' has no such limit, so there is nothing for \(option) to add to; see 'knee resume'."
        case .alreadyRecorded(let study, let number):
            "another process works on study '\(study)': it has recorded search \(number) already. Nothing is lost; let that one finish."
        case .damaged(let path, let message):
            "the ledger \(path) is damaged (\(message)); nothing was changed. 'knee doctor' says what can be read."
        case .lost(let path):
            "the ledger \(path) was removed, or another file put in its place; what it held until then is in that file, if it is still anywhere."
        case .full(let path):
            "the disk of the ledger \(path) is full. What was recorded is kept; make room, then resume."
        case .unreadable(let study, let what): "study '\(study)' cannot be read by this program: \(PlainLine.of(what))"
        case .sqlite(let path, let message): "the ledger \(path) failed: \(message)."
        }
    }

    private static func sentence(_ error: ManifestError) -> String {
        switch error {
        case .unreadable(let path): return "the manifest \(path) cannot be read."
        case .flawed(let path, let entry, let line, let flaw):
            let place = [entry.map { ", study \($0)" }, line.map { entry == nil ? ", line \($0)" : " (line \($0))" }]
            return "\(path)\(place.compactMap { $0 }.joined()): \(sentence(flaw))"
        }
    }

    private static func sentence(_ flaw: ManifestError.Flaw) -> String {
        switch flaw {
        case .syntax(let problem): "\(PlainLine.of(problem))."
        case .noMapping(let what): "\(what) has to be a mapping of keys to values."
        case .badName(let name):
            "\(name.map { "the name '\(PlainLine.of($0))' cannot be used" } ?? "it has no name"): 'name' takes 1 to 40 letters, digits, '.', '_' or '-'."
        case .noStudies: "there are no studies: 'studies' is a list of mappings."
        case .unknownKey(let key, let known): sentence(SelectionError.unknown(kind: "key", value: key, known: known))
        case .emptyList(let key): "the list of '\(key)' is empty."
        case .listInList(let key):
            "'\(key)' takes a value or a list of them, or, if its value is a list itself, a list of lists."
        case .noWord(let key): "'\(key)' takes words and numbers, nothing nested in them."
        case .twice(let key): "the list of '\(key)' has a value twice."
        case .noFlag(let key, let value): "'\(key)' is true or false, not '\(value)'."
        case .commaInList(let key, let value):
            "'\(value)' in the list of '\(key)' has a comma: a list is one value; write [[...], [...]] for one study each."
        case .unfilled(let text): "nothing is filled in for '${' in '\(PlainLine.of(text))': write what is meant."
        case .tooMany(let count): "these are \(count) studies; a sweep has at most \(SweepPlan.largestCount)."
        case .sameName(let name, let other):
            "it would be called '\(name)', as one of study \(other): write what tells them apart as a list, or give one a 'name'."
        case .sameStudy(let other): "it is the same as study '\(other)'."
        case .study(let failure): failure.sentence
        }
    }

    private static func noComparison(_ name: String, _ known: [String]) -> String {
        guard !known.isEmpty else { return "there is no comparison '\(name)', nor any other in this ledger." }
        return sentence(.unknown(kind: "comparison", value: name, known: known))
    }

    private static func noStudy(_ name: String, _ known: [String]) -> String {
        if known.isEmpty { return "there is no study '\(name)': the ledger has none yet." }
        let guess = nearest(to: name, among: known).map { " Did you mean '\($0)'?" } ?? ""
        let shown = known.suffix(8).joined(separator: ", ") + (known.count > 8 ? " and \(known.count - 8) more" : "")
        return "there is no study '\(name)'.\(guess) Known: \(shown)."
    }

    private static func exitCode(_ error: LedgerError) -> Int32 {
        switch error {
        case .studyExists, .noStudy, .badStudyName, .noLimit, .comparisonExists, .noComparison: Exit.usage.rawValue
        default: Exit.ledger.rawValue
        }
    }
}

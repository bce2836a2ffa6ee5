import ArgumentParser
import Foundation
import Inner
import Ledger
import Problems

/// What went wrong, as one sentence and an exit code: the only place where errors become prose.
struct Failure: Error {
    let sentence: String
    let exitCode: Int32

    /// A wrong use that has no type of its own.
    init(usage sentence: String) { self.init(sentence, Exit.usage.rawValue) }

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
        case let error as LedgerError: self.init(Self.sentence(error), Self.exitCode(error))
        case let error as CocoaError:
            self.init(usage: error.localizedDescription)
        default: return nil
        }
    }

    private static func sentence(_ error: SelectionError) -> String {
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
        case .noCommand: "the command after '--' is empty."
        case .unbalancedQuote(let line): "a quote is opened and not closed in the command \(line)"
        case .coordinateBeyond(let placeholder, let dimension):
            "the command asks for \(placeholder), but points have \(dimension) coordinates, {x0} to {x\(dimension - 1)}."
        case .notAWord(let word):
            "the word '\(word)' holds {x}, which stands for all coordinates and has to be a word of its own; see {x0}, {x1}."
        case .blind(let name):
            "the command has no {x} or {x0}, so it would never see the point; the protocol '\(name)' passes it in arguments."
        case .notInProtocol(let placeholder, let name):
            "\(placeholder) means nothing in the protocol '\(name)', which sends points on standard input."
        case .notFound(let name): "there is no command '\(name)'."
        case .notExecutable(let path): "'\(path)' cannot be run: it is no executable file (chmod +x makes it one)."
        }
    }

    private static func sentence(_ error: LedgerError) -> String {
        switch error {
        case .missing(let path): "there is no ledger at \(path); 'knee learn' makes one, --ledger names another."
        case .notALedger(let path): "\(path) is not a ledger of this program, and is left as it is; --ledger names another."
        case .newer(let path, let version, let known):
            "the ledger \(path) has schema version \(version), this program knows up to \(known): use a newer knee."
        case .readOnly(let path): "the ledger \(path) cannot be written: it, or its folder, is read-only."
        case .networkFileSystem(let path, let type):
            "the ledger \(path) lies on a network file system (\(type)), where SQLite's locks cannot be trusted; use --ledger on a local disk."
        case .studyExists(let name):
            "there is a study '\(name)' already; continue it with 'knee resume \(name)' or choose another --study."
        case .noStudy(let name, let known): noStudy(name, known)
        case .badStudyName(let name):
            "the study name '\(name)' cannot be used: 1 to 100 characters, without spaces and slashes."
        case .unreadable(let study, let what): "study '\(study)' cannot be read by this program: \(what)"
        case .sqlite(let path, let message): "the ledger \(path) failed: \(message)."
        }
    }

    private static func noStudy(_ name: String, _ known: [String]) -> String {
        if known.isEmpty { return "there is no study '\(name)': the ledger has none yet." }
        let guess = nearest(to: name, among: known).map { " Did you mean '\($0)'?" } ?? ""
        let shown = known.suffix(8).joined(separator: ", ") + (known.count > 8 ? " and \(known.count - 8) more" : "")
        return "there is no study '\(name)'.\(guess) Known: \(shown)."
    }

    private static func exitCode(_ error: LedgerError) -> Int32 {
        switch error {
        case .studyExists, .noStudy, .badStudyName: Exit.usage.rawValue
        default: Exit.ledger.rawValue
        }
    }
}

import ArgumentParser
import Foundation
import Inner
import Problems

/// What is searched: a problem by name, or a command after `--`.
struct ProblemOptions: ParsableArguments {
    @Argument(help: "A problem of 'knee list problems'.")
    var problem: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp(
            "A command that evaluates points: {x} {x0} {x1} {seed} {dim} are filled in.", valueName: "command"))
    var command: [String] = []

    @Option(
        parsing: .unconditional,
        help: "Coordinates (a built-in function: 10 unless told).", transform: Quantity.count(atLeast: 1))
    var dimension: Int?

    @Option(
        parsing: .unconditional,
        help: "Which shift and rotation of a built-in function; 0 is the textbook's own (default: 1).",
        transform: Quantity.count(atLeast: 0))
    var instance: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The box of a command, the same in every coordinate.", valueName: "low,high"),
        transform: Quantity.interval)
    var bounds: [Double]?

    @Option(help: ArgumentHelp("A file with a line 'low high' for every coordinate.", valueName: "file"))
    var boundsFile: String?

    @OptionGroup(title: "Commands") var commands: CommandOptions

    /// The problem that is asked for; what is not said is the recorded study's, if one is continued.
    ///
    /// - Throws: `Failure`, `SelectionError` or `Box.Flaw`, with the value that cannot be used.
    func manifest(from recorded: ProblemManifest? = nil) throws -> ProblemManifest {
        switch (problem, command.isEmpty, recorded) {
        case (nil, true, nil):
            throw Failure(usage: "name a problem ('knee list problems') or give a command after '--'.")
        case (let name?, false, _):
            throw Failure(usage: "there is a problem, '\(name)', and a command after '--': give one of them.")
        case (let name?, true, _): return try builtIn(name, from: recorded)
        case (nil, true, .catalogue(let name, _, _)): return try builtIn(name, from: recorded)
        case (nil, _, _): return try external(from: recorded)
        }
    }

    /// The flags that were given.
    var given: [String] { commandFlags + functionFlags }

    private var functionFlags: [String] {
        [("--dimension", dimension != nil), ("--instance", instance != nil)].filter(\.1).map(\.0)
    }

    private var commandFlags: [String] {
        [("--bounds", bounds != nil), ("--bounds-file", boundsFile != nil)].filter(\.1).map(\.0) + commands.given
    }

    private func builtIn(_ name: String, from recorded: ProblemManifest?) throws -> ProblemManifest {
        if let flag = commandFlags.first {
            throw Failure(usage: "\(flag) is for commands; '\(name)' is built in and brings its own.")
        }
        var (dimension, instance) = (dimension, instance)
        if case .catalogue(name, let oldDimension, let oldInstance)? = recorded {
            (dimension, instance) = (dimension ?? oldDimension, instance ?? oldInstance)
        }
        return try ProblemManifest.builtIn(name, dimension: dimension, instance: instance)
    }

    private func external(from recorded: ProblemManifest?) throws -> ProblemManifest {
        if instance != nil { throw Failure(usage: "--instance is for built-in functions; a command has none.") }
        var spec: CommandSpec
        if case .command(let old)? = recorded {
            spec = old
            spec.box = try box(from: old.box)
            if !command.isEmpty { spec.words = command }
        } else {
            spec = CommandSpec(words: command, box: try box())
        }
        try commands.apply(to: &spec)
        return .command(spec)
    }

    private func box(from recorded: Box? = nil) throws -> Box {
        switch (bounds, boundsFile) {
        case (nil, nil):
            if let recorded, dimension ?? recorded.dimension == recorded.dimension { return recorded }
            if let dimension, let bounds = recorded?.commonBounds { return try uniformBox(bounds, dimension) }
            throw Failure(usage: "a command needs --bounds LOW,HIGH with --dimension, or --bounds-file FILE.")
        case (.some, .some): throw Failure(usage: "give --bounds or --bounds-file, not both.")
        case (let bounds?, nil):
            guard let dimension = dimension ?? recorded?.dimension else {
                throw Failure(usage: "--bounds needs --dimension, the number of coordinates.")
            }
            return try uniformBox(bounds, dimension)
        case (nil, let file?):
            let box = try BoundsFile.read(file)
            guard dimension ?? box.dimension == box.dimension else {
                throw Failure(
                    usage: "\(file) has bounds for \(box.dimension) coordinates, --dimension says \(dimension ?? 0).")
            }
            return box
        }
    }

    private func uniformBox(_ bounds: [Double], _ dimension: Int) throws -> Box {
        // Before the bounds are written down once a coordinate.
        guard dimension <= ProblemCatalogue.largestDimension else {
            throw Failure(
                usage:
                    "--dimension \(dimension) is too large: at most \(ProblemCatalogue.largestDimension) coordinates."
            )
        }
        return try Box(
            lower: Array(repeating: bounds[0], count: dimension),
            upper: Array(repeating: bounds[1], count: dimension))
    }
}

extension Box {
    /// Low and high, if all coordinates have the same.
    fileprivate var commonBounds: [Double]? {
        Set(lower).count == 1 && Set(upper).count == 1 ? [lower[0], upper[0]] : nil
    }
}

/// A file with a line `low high` for every coordinate; `#` starts a comment.
enum BoundsFile {
    static func read(_ path: String) throws -> Box {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(usage: "the bounds file \(path) cannot be read.")
        }
        var (lower, upper): ([Double], [Double]) = ([], [])
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.prefix { $0 != "#" }
            let words = content.split { $0 == "," || $0.isWhitespace }
            if words.isEmpty { continue }
            let numbers = words.compactMap { Double($0) }
            guard words.count == 2, numbers.count == 2 else {
                throw Failure(usage: "line \(index + 1) of \(path) is '\(line)', not two numbers 'low high'.")
            }
            lower.append(numbers[0])
            upper.append(numbers[1])
        }
        return try Box(lower: lower, upper: upper)
    }
}

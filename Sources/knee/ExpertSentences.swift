import Experts
import Foundation
import Problems
import Report

/// What is wrong with experts, in sentences.
extension Failure {
    static func sentence(_ error: ExpertError) -> String {
        switch error {
        case .system(let path, let call, let code):
            "\(path) cannot be used: \(call) failed, \(String(cString: strerror(code)))."
        case .notAFile(let path): "\(path) is no file."
        case .flawed(let path, let flaw): "\(path) is no whole safetensors file: \(words(flaw))."
        case .lost(let path): "\(path) became shorter, or unreadable, while it was read."
        case .noNumbers(let path, let tensor): "\(path) has no tensor '\(tensor)' of numbers to calculate with."
        case .noExperts: "there are no experts."
        case .differs(let path, let tensor, let difference):
            "\(path) is no expert like the first: \(words(tensor, difference)). Experts have tensors of the same names, shapes and types."
        case .unmergeable(let path, let tensor, let type):
            "the tensor '\(tensor)' of \(path) has elements of type \(type.rawValue), which cannot be mixed, and they differ from those of the first expert."
        case .coefficientCount(let count, let experts): "there are \(count) coefficients for \(experts) experts."
        case .coefficient(let index, let value):
            "coefficient \(index) is \(value), which no weight can be multiplied by."
        case .wouldOverwrite(let expert):
            "\(expert) is an expert, or another file of that name: it is not written over."
        case .notLowRank(let tensor, let flaw): "the tensor '\(tensor)' is part of no low-rank product: \(words(flaw))."
        }
    }

    private static func words(_ tensor: String, _ difference: ExpertError.Difference) -> String {
        switch difference {
        case .missing: "it has no tensor '\(tensor)'"
        case .additional: "it has a tensor '\(tensor)', which the first has not"
        case .type(let type, let first):
            "'\(tensor)' is of type \(type.rawValue), that of the first of \(first.rawValue)"
        case .shape(let shape, let first): "'\(tensor)' has the shape \(shape), that of the first \(first)"
        }
    }

    private static func words(_ flaw: ExpertError.LowRankFlaw) -> String {
        switch flaw {
        case .noPartner(let name): "its partner '\(name)' is missing"
        case .shapes(let a, let b): "A has the shape \(a), B \(b), which do not fit, or cannot be mixed"
        case .magnitude: "it is the magnitude of a weight-decomposed adapter (DoRA), which no sum of products has"
        }
    }

    private static func words(_ flaw: SafetensorsFlaw) -> String {
        switch flaw {
        case .truncated(let bytes, let needed): "it has \(bytes) bytes, its header alone takes \(needed)"
        case .headerTooLong(let bytes): "its header says that it has \(bytes) bytes, more than any header may"
        case .unreadable(let byte, let expected): "byte \(byte) of its header is not \(expected)"
        case .duplicate(let name): "there are two of the name '\(PlainLine.of(name))'"
        case .missingField(let tensor, let field): "'\(PlainLine.of(tensor))' has no \(field)"
        case .unknownType(let tensor, let type):
            "'\(PlainLine.of(tensor))' is of an unknown type, '\(PlainLine.of(type))'"
        case .tooLarge(let tensor, let shape): "'\(PlainLine.of(tensor))' is too large, \(shape)"
        case .partialByte(let tensor, let bits): "'\(PlainLine.of(tensor))' has \(bits) bits, which are no whole bytes"
        case .reversed(let tensor, let begin, let end):
            "'\(PlainLine.of(tensor))' ends at \(end), before it begins at \(begin)"
        case .outOfRange(let tensor, _, let end, let bytes):
            "'\(PlainLine.of(tensor))' ends at byte \(end) of \(bytes); the file is cut short, or its header wrong"
        case .wrongSize(let tensor, let bytes, let needed):
            "'\(PlainLine.of(tensor))' has \(bytes) bytes, and takes \(needed) by its type and shape"
        case .overlap(let tensor, _, _): "'\(PlainLine.of(tensor))' begins before the tensor before it ends"
        case .hole(let tensor, _, _): "there are bytes before '\(PlainLine.of(tensor))' that belong to no tensor"
        case .uncovered(let bytes, _): "its last \(bytes) bytes belong to no tensor"
        }
    }
}

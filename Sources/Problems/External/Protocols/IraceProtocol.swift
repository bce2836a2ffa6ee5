import Inner

/// A target runner of irace: `runner 1 1 123 instance --x0 0.5 --x1 2.0` answers `cost` or `cost time`.
///
/// `Inf` rejects the point: it is an undefined value.
/// - SeeAlso: Lopez-Ibanez et al. (2016), The irace package, doi:10.1016/j.orp.2016.09.002.
public struct IraceProtocol: ProcessProtocol {
    public var name: String { "irace" }

    public func check(_ template: CommandTemplate) throws(TemplateError) {}

    public func arguments(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> [String] {
        template.arguments(point, seed: seed, telling: ["1", "1", String(seed), "instance"]) { ["--\($0)", $1] }
    }

    public func read(_ line: String) -> Reading {
        let words = line.split(whereSeparator: \.isWhitespace)
        let numbers = words.compactMap { parseNumber($0) }
        guard (1...2).contains(words.count), numbers.count == words.count else {
            return .nothing("neither a cost nor a cost and a time")
        }
        return .value(numbers[0])
    }
}

extension ExternalProtocol where Self == IraceProtocol {
    public static var irace: IraceProtocol { IraceProtocol() }
}

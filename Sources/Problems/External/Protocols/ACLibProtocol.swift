import Inner

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A wrapper of AClib 2: `wrapper --seed 123 --config -x0 0.5 -x1 2.0` answers
/// `Result of this algorithm run: {"status": "SUCCESS", "cost": 0.12}`.
///
/// - SeeAlso: Hutter et al. (2014), AClib: A Benchmark Library for Algorithm Configuration,
///   doi:10.1007/978-3-319-09584-4_4.
public struct ACLibProtocol: ProcessProtocol {
    public var name: String { "aclib" }

    public func check(_ template: CommandTemplate) throws(TemplateError) {}

    public func arguments(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> [String] {
        template.arguments(point, seed: seed, telling: ["--seed", String(seed)], then: ["--config"]) { ["-\($0)", $1] }
    }

    private static let opening = "Result of this algorithm run:"

    public func read(_ line: String) -> Reading {
        guard line.hasPrefix(Self.opening) else { return .nothing("no '\(Self.opening)'") }
        let text = line.dropFirst(Self.opening.count)
        guard let result = try? JSONDecoder().decode(Result.self, from: Data(text.utf8)) else {
            return .nothing("no object with a status and a cost")
        }
        return SMACProtocol.reading(status: result.status ?? "SUCCESS", cost: result.cost?.number)
    }

    private struct Result: Decodable {
        let status: String?
        let cost: JSONValue?
    }
}

extension ExternalProtocol where Self == ACLibProtocol {
    public static var aclib: ACLibProtocol { ACLibProtocol() }
}

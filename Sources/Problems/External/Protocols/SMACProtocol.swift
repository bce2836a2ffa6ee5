import Inner

/// A target function script of SMAC3: `script --seed=123 --x0=0.5 --x1=2.0` answers
/// `cost=0.5; runtime=0.1; status=SUCCESS; additional_info=...`, of which only the cost is needed.
///
/// - SeeAlso: Lindauer et al. (2022), SMAC3, JMLR 23(54).
public struct SMACProtocol: ProcessProtocol {
    public var name: String { "smac" }

    public func check(_ template: CommandTemplate) throws(TemplateError) {}

    public func arguments(_ template: CommandTemplate, _ point: [Double], seed: UInt64) -> [String] {
        template.arguments(point, seed: seed, telling: ["--seed=\(seed)"]) { ["--\($0)=\($1)"] }
    }

    public func read(_ line: String) -> Reading {
        var fields: [String: String] = [:]
        for part in line.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
            // Additional information may hold anything, semicolons too.
            if pair.count == 2, fields[pair[0]] == nil { fields[pair[0]] = pair[1] }
        }
        return Self.reading(status: fields["status"] ?? "SUCCESS", cost: fields["cost"].flatMap { parseNumber($0) })
    }

    /// - Parameter cost: the number that was stated; nil if none was.
    static func reading(status: String, cost: Double?) -> Reading {
        switch status.uppercased() {
        case "SUCCESS": cost.map(Reading.value) ?? .nothing("no cost")
        case "TIMEOUT": .refusal(.timedOut, "status \(status)")
        case "MEMOUT", "MEMORYOUT": .refusal(.overMemory, "status \(status)")
        case "CRASHED", "ABORT": .refusal(.failed, "status \(status)")
        default: .nothing("no known status")
        }
    }
}

extension ExternalProtocol where Self == SMACProtocol {
    public static var smac: SMACProtocol { SMACProtocol() }
}

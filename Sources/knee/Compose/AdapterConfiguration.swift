import Experts
import Foundation

/// The `adapter_config.json` that PEFT keeps beside an adapter, and that of a combination.
///
/// A product of k adapters has k times their rank; that the scale alpha / r stays, alpha grows as much, or by sqrt(k) where
/// `use_rslora` divides by sqrt(r).
enum AdapterConfiguration {
    /// Writes that of a combination of these adapters; nothing if the first has none.
    ///
    /// - Throws: `Failure` if it cannot be written.
    static func write(for adapters: [String], _ rule: MergeRule, to folder: String) throws {
        let own = beside(adapters[0])
        guard let data = FileManager.default.contents(atPath: own),
            let first = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return }
        let merged = rule == .loraProduct ? widened(first, by: adapters.count) : first
        let text = try JSONSerialization.data(withJSONObject: merged, options: [.prettyPrinted, .sortedKeys])
        try DurableFile.write(String(decoding: text, as: UTF8.self) + "\n", to: "\(folder)/adapter_config.json")
    }

    static func beside(_ adapter: String) -> String {
        (adapter as NSString).deletingLastPathComponent + "/adapter_config.json"
    }

    private static func widened(_ configuration: [String: Any], by count: Int) -> [String: Any] {
        var configuration = configuration
        let isRankStabilised = configuration["use_rslora"] as? Bool ?? false
        let alphaFactor = isRankStabilised ? Double(count).squareRoot() : Double(count)
        scale("r", in: &configuration, by: Double(count))
        scale("lora_alpha", in: &configuration, by: alphaFactor)
        for (pattern, factor) in [("rank_pattern", Double(count)), ("alpha_pattern", alphaFactor)] {
            guard var entries = configuration[pattern] as? [String: Any] else { continue }
            for key in entries.keys { scale(key, in: &entries, by: factor) }
            configuration[pattern] = entries
        }
        return configuration
    }

    /// Whole numbers stay whole where they are.
    private static func scale(_ key: String, in entries: inout [String: Any], by factor: Double) {
        guard let number = (entries[key] as? NSNumber)?.doubleValue else { return }
        let scaled = factor * number
        entries[key] = Int(exactly: scaled).map { $0 as Any } ?? scaled
    }
}

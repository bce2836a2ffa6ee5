import Inner
import Ledger
import Report

/// The baselines of a composition that cost more than an evaluation an expert.
struct Baselines: Sendable {
    let methods: [MixtureMethod]

    static let all = Baselines(methods: [.greedySoup, .hullRandom, .hullCMAES, .modelSwarms])
    static let none = Baselines(methods: [])

    private init(methods: [MixtureMethod]) { self.methods = methods }

    /// Those that a study was begun with, or all.
    init(of study: StudyRecord, in ledger: Ledger) throws {
        methods = try ledger.baselines(of: study).map { $0.compactMap(MixtureMethod.init) } ?? Self.all.methods
    }

    /// Remembers them for whoever continues the study.
    func remember(of study: StudyRecord, in ledger: Ledger) throws {
        try ledger.set(baselines: methods.map(\.rawValue), of: study)
    }

    /// - Throws: `BadValue` for a name that is none.
    init(_ text: String) throws {
        switch text {
        case "all": self = .all
        case "none": self = .none
        default:
            let known = Self.all.methods.map(\.option)
            methods = try Quantity.list(text).map { word in
                guard let method = Self.all.methods.first(where: { $0.option == word }) else {
                    throw BadValue(
                        Failure.sentence(
                            SelectionError.unknown(kind: "baseline", value: word, known: known + ["all", "none"])))
                }
                return method
            }
        }
    }
}

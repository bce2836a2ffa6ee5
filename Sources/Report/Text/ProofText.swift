import Ledger

/// What was proved of a study or a comparison, a line or more.
public enum ProofText {
    public static func render(_ proof: StudyProof) -> String {
        let searches = Numbers.counted(proof.pulls, "search", "searches")
        let purse = proof.purse.map { " of \(Numbers.grouped($0))" } ?? ""
        var lines = ["\(proof.study): \(searches), \(Numbers.grouped(proof.evaluations))\(purse) evaluations"]
        if proof.flaws.isEmpty {
            let decisions = Numbers.counted(proof.decisions, "decision", "decisions")
            let points = Numbers.counted(proof.reevaluated, "best point", "best points")
            let again = proof.reevaluated == 0 ? "" : ", \(points) evaluated again"
            lines.append(
                Facts.line("", "consistent; \(decisions) computed again\(again), all the same; digest \(proof.digest)"))
        }
        return (lines + proof.flaws.map { Facts.line("wrong", sentence($0)) }).joined(separator: "\n")
    }

    public static func render(_ proof: ComparisonProof) -> String {
        let searches = Numbers.counted(proof.searches, "search", "searches")
        var lines = ["\(proof.comparison): comparison, \(searches), \(Numbers.grouped(proof.evaluations)) evaluations"]
        if proof.flaws.isEmpty {
            let points = Numbers.counted(proof.reevaluated, "best point", "best points")
            lines.append(Facts.line("", "consistent; \(points) evaluated again, all worth the same"))
        }
        return (lines + proof.flaws.map { Facts.line("wrong", sentence($0)) }).joined(separator: "\n")
    }

    private static func sentence(_ flaw: ComparisonProof.Flaw) -> String {
        func name(_ place: ComparedSearch.Place) -> String {
            "\(place.contestant), problem \(place.problem + 1), block \(place.block + 1), \(Numbers.grouped(place.budget)) evaluations"
        }
        return switch flaw {
        case .unreadable(let what): "cannot be read: \(PlainLine.of(what))"
        case .stranger(let place): "there is a search that is none of the comparison's: \(name(place))"
        case .improvements(let place):
            "improvements go back, are none, come too late or do not lead to the best: \(name(place))"
        case .best(let place): "the best point is not worth what is noted: \(name(place))"
        }
    }

    private static func sentence(_ flaw: StudyProof.Flaw) -> String {
        switch flaw {
        case .unreadable(let what): "cannot be read: \(PlainLine.of(what))"
        case .missing(let number, let later):
            "search \(number) is missing, though search \(later) could not be chosen without it"
        case .spent(let noted, let found):
            "\(Numbers.grouped(noted)) evaluations are noted as spent, the searches have spent \(Numbers.grouped(found))"
        case .purse(let noted, let found):
            "the purse that is kept is \(noted.map(Numbers.grouped) ?? "none"), the study's is \(found.map(Numbers.grouped) ?? "none")"
        case .overspent(let purse, let spent):
            "\(Numbers.grouped(spent)) evaluations were spent of \(Numbers.grouped(purse))"
        case .trace(let number): "the trace of search \(number) goes back, gets worse, ends too late or not at its best"
        case .best(let number): "the best point of search \(number) is not worth what is noted"
        case .settings(let number): "the settings noted of search \(number) are not those that were chosen"
        case .fresh(let number, let budget):
            "fresh search \(number) of \(Numbers.grouped(budget)) evaluations has a flawed trace or best point"
        case .confirmation(let number):
            "confirmation \(number) is not what this program makes of its fresh searches, or some of them are missing"
        case .decisions(let count, let first):
            Numbers.counted(count, "decision is", "decisions are")
                + " not what this program makes of the searches before; the first is \(first)"
        case .digest(let pulls):
            "the first \(Numbers.counted(pulls, "search is", "searches are")) not what they were when the study stopped there"
        case .verdict(let pulls):
            "the verdict noted after \(Numbers.counted(pulls, "search", "searches")) is not what this program makes of them"
        case .mixture(let method, let number): "what search \(number) of \(method) found is no mixture of the experts"
        case .test(let number):
            "test \(number) is of a mixture that no search found, or its losses do not come to its value"
        }
    }
}

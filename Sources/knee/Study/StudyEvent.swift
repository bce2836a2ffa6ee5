import Inner
import Outer

/// What happens while a study runs, for whoever watches.
enum StudyEvent: Sendable {
    /// It goes on from what earlier runs have finished.
    case begun(past: [Pull])
    /// Something that is not the study's own has changed since it was last worked on.
    case drifted(String)
    case searched(StudyProgress)
    /// One point had two values, though the objective is not said to be noisy.
    case noisy(SearchResult.Retest)
    case confirming(ConfirmationPlan)
    /// Fresh searches that are made, of how many; evaluations of the last one.
    case confirmed(Int, of: Int, evaluations: Int)
    /// A baseline of a composition searches: evaluations that it has spent, of how many.
    case composing(String, Int, of: Int)
    /// The study's page could not be written, and why.
    case noPage(String)
}

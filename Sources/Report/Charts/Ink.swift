/// What a mark stands for; the style says how that looks.
public enum Ink: Sendable, Equatable {
    /// What is believed.
    case belief
    /// What was observed.
    case observed
    /// The answer: the learned arm, the knee.
    case answer
    /// Background.
    case faint
    /// One of several of the same kind, told apart by colour, from 0.
    case series(Int)
    /// A value from 0 to 1.
    case shade(Double)
}

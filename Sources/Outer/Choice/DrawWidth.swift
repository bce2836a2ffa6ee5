import Inner

/// How far a policy's draws lie from the mean, over how far those of the posterior do.
struct DrawWidth {
    /// Most draws' width; a draw in `wholeEvery` has the posterior's own.
    let usual: Double
    let wholeEvery: Int

    /// Draws of the posterior as they are.
    static let whole = DrawWidth(usual: 1, wholeEvery: 1)

    /// The width of one of many numbered draws: each as often as by chance.
    subscript(draw: Int) -> Double { draw % wholeEvery == 0 ? 1 : usual }

    /// The width of the next draw.
    func next(using stream: inout RandomStream) -> Double {
        wholeEvery == 1 || stream.index(below: wholeEvery) == 0 ? 1 : usual
    }
}

import Inner

/// The 1,350 settings among which the authors of Model Swarms search at random, a whole search a setting.
///
/// phi_v in .1 ... .3, phi_p in .1 ... .5, phi_g in .2 ... .6, phi_w in .01, .05, .1 and lambda in .5 ... 1; always 20
/// particles, mixtures extrapolated, steps shortened by .95 down to .1, a restart after .67 of a patience of 10 iterations.
/// They draw with repetition; `draw` does not.
/// - SeeAlso: Feng et al. (2025), Model Swarms, arXiv:2410.11163, and `search_legal.sh` and `search.py` of
///   https://github.com/BunsenFeng/model_swarm
public struct ModelSwarmsSettings: RandomAccessCollection, Sendable {
    private static let inertias = [0.1, 0.2, 0.3]
    private static let cognitives = [0.1, 0.2, 0.3, 0.4, 0.5]
    private static let socials = [0.2, 0.3, 0.4, 0.5, 0.6]
    private static let repulsions = [0.01, 0.05, 0.1]
    private static let steps = [0.5, 0.6, 0.7, 0.8, 0.9, 1]

    public init() {}

    public var startIndex: Int { 0 }
    public var endIndex: Int {
        Self.inertias.count * Self.cognitives.count * Self.socials.count * Self.repulsions.count * Self.steps.count
    }

    /// Setting `index`: lambda changes first, then phi_w, phi_g, phi_p and phi_v.
    public subscript(index: Int) -> ExpertSwarm {
        precondition(indices.contains(index), "there are settings 0 ..< \(count), and none \(index)")
        var rest = index
        func digit(_ choices: [Double]) -> Double {
            defer { rest /= choices.count }
            return choices[rest % choices.count]
        }
        let (step, repulsion, social) = (digit(Self.steps), digit(Self.repulsions), digit(Self.socials))
        let (cognitive, inertia) = (digit(Self.cognitives), digit(Self.inertias))
        return ExpertSwarm(
            size: 20, weights: .init(inertia: inertia, cognitive: cognitive, social: social, repulsion: repulsion),
            steps: .init(first: step, decay: 0.95, least: 0.1), mixtures: .extrapolated, restart: 7, patience: 10)
    }

    /// The numbers of so many different settings, every choice and order of them as likely.
    ///
    /// - Precondition: no more than there are.
    public func draw(_ draws: Int, using stream: inout RandomStream) -> [Int] {
        precondition((0...count).contains(draws), "of \(count) settings, \(draws) different ones cannot be drawn")
        var numbers = Array(indices)
        for place in 0..<draws { numbers.swapAt(place, place + stream.index(below: count - place)) }
        return Array(numbers.prefix(draws))
    }
}

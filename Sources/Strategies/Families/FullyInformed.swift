import Inner

extension SearchFamily where Self == ParticleSwarm {
    /// The fully informed swarm on the square without the self (USquare): each of the four neighbours on a torus pulls,
    /// the particle's own best does not; phi = 4.1.
    ///
    /// The paper lets particles fly anywhere. A swarm that stops at the walls is as fast; one that bounces off them, its
    /// velocity limited, takes three times as long.
    /// - SeeAlso: Mendes, Kennedy & Neves (2004), doi:10.1109/TEVC.2004.826074
    public static func fullyInformed(size: Int) -> ParticleSwarm {
        ParticleSwarm(
            size: size, topology: .vonNeumann, rule: .fullyInformed(hearsItself: false), boundary: .clamp,
            named: "fullyInformed")
    }
}

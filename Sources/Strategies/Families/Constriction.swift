import Inner

extension SearchFamily where Self == ParticleSwarm {
    /// The constricted swarm that hears its best: phi = 4.1, chi = 0.7298. No velocity is faster than the box is wide.
    ///
    /// - SeeAlso: Clerc & Kennedy (2002), doi:10.1109/4235.985692; Eberhart & Shi (2000), doi:10.1109/CEC.2000.870279
    public static func constriction(size: Int) -> ParticleSwarm {
        ParticleSwarm(size: size, topology: .global, rule: .constriction(), named: "constriction")
    }
}

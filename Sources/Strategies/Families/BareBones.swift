import Inner

extension SearchFamily where Self == ParticleSwarm {
    /// The bare-bones swarm on a ring: no velocity, each coordinate normal about the middle of the particle's best and its
    /// best neighbour's.
    ///
    /// - SeeAlso: Kennedy (2003), doi:10.1109/SIS.2003.1202251
    public static func bareBones(size: Int) -> ParticleSwarm {
        ParticleSwarm(size: size, topology: .ring(), rule: .bareBones, named: "bareBones")
    }
}

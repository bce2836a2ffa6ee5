import Inner
import RealModule

extension SearchFamily where Self == ParticleSwarm {
    /// Standard Particle Swarm Optimisation 2011: balls instead of boxes about the next point, w = 1 / (2 ln 2),
    /// c = 1/2 + ln 2, three informed at random and anew without improvement, first velocities to anywhere in the box.
    ///
    /// A generation moves at once, where the published program moves particle by particle.
    /// - SeeAlso: Zambrano-Bigiarini, Clerc & Rojas (2013), doi:10.1109/CEC.2013.6557848; Clerc (2012), hal-00764996
    public static func spso2011(size: Int) -> ParticleSwarm {
        ParticleSwarm(
            size: size, topology: .random(informed: 3), inertia: .constant(1 / (2 * .log(2))), rule: .hypersphere(),
            boundary: .rebound, launch: 1, named: "spso2011")
    }
}

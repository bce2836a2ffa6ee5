import CSimd
import Inner

/// Sets velocities below 2^-900 of a width, which move nothing any more, to zero in every 32nd generation.
///
/// At rest they would shrink to subnormal numbers and stay there, and a CPU calculates several times slower with those.
/// Thirty-two generations do not get there from 2^-900 with an inertia above 0.08.
/// - Parameter width: one row.
func stopCreeping(
    _ particles: Range<Int>, _ velocities: inout MutableSpan<Lanes>, width: Span<Lanes>, generation: Int
) {
    guard generation % 32 == 0 else { return }
    let blocks = width.count
    for particle in particles {
        for block in 0..<blocks {
            let row = particle &* blocks &+ block
            let isCreeping = knee_less(knee_abs(velocities[row]), knee_mul(knee_splat(0x1p-900), width[block]))
            velocities[row] = knee_select(isCreeping, knee_splat(0), velocities[row])
        }
    }
}

import RealModule

/// The suite's own pseudo-random numbers: instances are defined by them.
///
/// The minimal standard generator with a shuffle table of 32.
/// - SeeAlso: Park & Miller (1988), doi:10.1145/63039.63042; Bays & Durham (1976), doi:10.1145/355666.355670
enum SuiteRandom {
    private static let modulus = 2_147_483_647

    /// `count` numbers in (0, 1).
    ///
    /// - Precondition: 0 <= `seed` < 2^31 - 1.
    static func uniforms(_ count: Int, seed: Int) -> [Double] {
        precondition((0..<modulus).contains(seed), "\(seed) is no seed of the suite's generator")
        var state = max(seed, 1)
        func advance() {
            // Schrage's way to 16807 * state mod 2^31 - 1; 64 bits need no detour.
            state = 16_807 * state % modulus
        }
        var table = [Int](repeating: 0, count: 32)
        for place in (0..<40).reversed() {
            advance()
            if place < 32 { table[place] = state }
        }
        var last = table[0]
        return (0..<count).map { _ in
            advance()
            let place = last / 67_108_865
            last = table[place]
            table[place] = state
            return last == 0 ? 1e-99 : Double(last) / 2.147483647e9
        }
    }

    /// `count` standard normals by the first half of the Box-Muller transform.
    static func normals(_ count: Int, seed: Int) -> [Double] {
        let u = uniforms(2 * count, seed: seed)
        return (0..<count).map {
            let normal = (-2 * Double.log(u[$0])).squareRoot() * Double.cos(2 * Double.pi * u[count + $0])
            return normal == 0 ? 1e-99 : normal
        }
    }

    /// The ranks' inverse: indices of `values` in rising order of value.
    static func order(_ values: [Double]) -> [Int] {
        values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    }
}

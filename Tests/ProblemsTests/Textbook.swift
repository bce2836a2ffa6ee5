import RealModule

/// The classical formulas as textbooks print them, one coordinate at a time.
let textbook: [String: @Sendable ([Double]) -> Double] = [
    "sphere": { x in x.reduce(0) { $0 + $1 * $1 } },
    "ellipsoid": { x in
        let last = Double(max(x.count - 1, 1))
        return x.indices.reduce(0) { $0 + Double.pow(1e6, Double($1) / last) * x[$1] * x[$1] }
    },
    "rosenbrock": { x in
        zip(x, x.dropFirst()).reduce(0) { sum, pair in
            let (a, b) = pair
            return sum + 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a)
        }
    },
    "rastrigin": { x in
        x.reduce(10 * Double(x.count)) { $0 + $1 * $1 - 10 * Double.cos(2 * .pi * $1) }
    },
    "ackley": { x in
        let d = Double(x.count)
        let square = x.reduce(0) { $0 + $1 * $1 } / d
        let cosine = x.reduce(0) { $0 + Double.cos(2 * .pi * $1) } / d
        return -20 * Double.exp(-0.2 * square.squareRoot()) - Double.exp(cosine) + 20 + Double.exp(1)
    },
    "griewank": { x in
        let product = x.indices.reduce(1) { $0 * Double.cos(x[$1] / Double($1 + 1).squareRoot()) }
        return 1 + x.reduce(0) { $0 + $1 * $1 } / 4000 - product
    },
    "schwefel": { x in
        x.reduce(418.98288727243371 * Double(x.count)) { $0 - $1 * Double.sin($1.magnitude.squareRoot()) }
    },
]

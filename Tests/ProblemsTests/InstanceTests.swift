import Inner
import Problems
import Testing

@Suite("Instances")
struct InstanceTests {
    @Test("a rotation keeps every distance", arguments: [1, 2, 7, 8, 10, 30, 128, 129, 300, 1001])
    func orthogonal(dimension: Int) {
        for instance in 1...3 {
            let sphere = Sphere(dimension: dimension, instance: instance)
            let points = randomPoints(20, in: sphere.box, seed: UInt64(dimension))
            for (found, point) in zip(values(of: sphere, at: points), points) {
                let distance = zip(point, sphere.optimumPoint).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                #expect((found - distance).magnitude <= 1e-9 * distance)
            }
        }
    }

    @Test("a rotation mixes all coordinates: no axis keeps its own curvature", arguments: [10, 128, 300])
    func turns(dimension: Int) {
        let classical = Ellipsoid(dimension: dimension, instance: 0)
        let turned = Ellipsoid(dimension: dimension, instance: 1)
        let (own, mixed) = (curvatures(of: classical), curvatures(of: turned))
        #expect(own.min()! < 1.001 && own.max()! > 0.999e6)
        // Along a random direction: sum of w_j r_j^2, far from the least weight and from the greatest.
        #expect(mixed.min()! > 10 && mixed.max()! < 0.999e6)
        let trace = (own.reduce(0, +), mixed.reduce(0, +))
        #expect((trace.0 - trace.1).magnitude < 1e-6 * trace.0, "a rotation keeps the trace")
    }

    @Test("instances differ, and the same instance is the same", arguments: functionNames)
    func differ(name: String) throws {
        var optima: Set<[Double]> = []
        var centres: Set<Double> = []
        for instance in 0..<20 {
            let one = try function(name, dimension: 10, instance: instance)
            let other = try function(name, dimension: 10, instance: instance)
            #expect(one.optimumPoint == other.optimumPoint)
            let points = randomPoints(5, in: one.box, seed: 2)
            #expect(values(of: one, at: points) == values(of: other, at: points))
            optima.insert(one.optimumPoint)
            centres.insert(value(of: one, at: one.box.centre))
        }
        #expect(optima.count == 20)
        #expect(centres.count == 20)
    }

    @Test("optima lie in the middle 80 % of the box, and use it", arguments: functionNames)
    func shifts(name: String) throws {
        var positions: [Double] = []
        for instance in 1...200 {
            let function = try function(name, dimension: 2, instance: instance)
            for (j, o) in function.optimumPoint.enumerated() {
                positions.append((o - function.box.lower[j]) / (function.box.upper[j] - function.box.lower[j]))
            }
        }
        #expect(positions.allSatisfy { (0.1...0.9).contains($0) })
        // 400 uniform draws miss an end of a tenth of the interval with probability 0.9^400 < 1e-18.
        #expect(positions.min()! < 0.18 && positions.max()! > 0.82)
    }

    @Test("functions of one instance are moved differently")
    func functionsDiffer() throws {
        let relative = try functionNames.map { name in
            let function = try function(name, dimension: 2, instance: 1)
            return function.optimumPoint[0] / function.box.upper[0]
        }
        #expect(Set(relative).count == functionNames.count)
    }

    /// f(o + e_j) for every axis j.
    private func curvatures(of function: Ellipsoid) -> [Double] {
        (0..<function.dimension).map { j in
            var point = function.optimumPoint
            point[j] += 1
            return value(of: function, at: point)
        }
    }
}

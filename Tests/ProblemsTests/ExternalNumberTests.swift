import Foundation
import Inner
import Problems
import Testing

/// Numbers on their way to a worker and back.
@Suite(.timeLimit(.minutes(1))) struct ExternalNumberTests {
    /// Of every size, on both sides of powers of two and ten, with few digits and with many.
    private func numbers() -> [Double] {
        var chance = RandomStream(seed: 1)
        var numbers: [Double] = [0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude]
        for exponent in -320...308 {
            guard let power = Double("1e\(exponent)") else { continue }
            numbers += [power, 5 * power, 1.25 * power, 9.5 * power, -123.456 * power, power.nextUp, -power.nextDown]
            for _ in 0..<20 { numbers.append(power * (1 + 9 * chance.uniform())) }
        }
        for exponent in -60...60 {
            let power = Double(sign: .plus, exponent: exponent, significand: 1)
            numbers += [power, power.nextUp, power.nextDown, 3 * power]
            for _ in 0..<200 { numbers.append(power * (1 + chance.uniform())) }
        }
        for _ in 0..<20_000 { numbers.append(chance.uniform() * 10 - 5) }
        for whole in 0..<2000 { numbers += [Double(whole), Double(whole) / 1000, Double(whole) * 0.1] }
        return numbers.filter(\.isFinite)
    }

    @Test("a request has every number in the shortest form that parses back exactly, in the shape of its description")
    func requests() throws {
        let numbers = numbers()
        let command = JSONLinesProtocol.jsonl.byHand(try CommandTemplate(["true"]), numbers, seed: .max)
        let list = try #require(command.firstMatch(of: /"x":\[\[([^\]]*)\]\],"seed":\[18446744073709551615\]\}/)?.1)
        let texts = list.split(separator: ",").map(String.init)
        try #require(texts.count == numbers.count)
        let parsed = zip(texts, numbers).filter { Double($0)?.bitPattern != $1.bitPattern }
        #expect(parsed.isEmpty, "\(parsed.prefix(3))")
        // Where two of the shortest are as near, the description may be the other one: it ends in another digit.
        let same = zip(texts, numbers).filter { $0.dropLast(1) == $1.description.dropLast(1) }
        #expect(zip(texts, numbers).allSatisfy { $0.count == $1.description.count })
        #expect(same.count > numbers.count * 99 / 100)
    }

    @Test(
        "a request has every seed as it is",
        arguments: [0, 1, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 1 << 31, .max])
    func seeds(_ seed: UInt64) throws {
        let command = JSONLinesProtocol.jsonl.byHand(try CommandTemplate(["true"]), [0.5], seed: seed)
        #expect(command.contains("{\"id\":1,\"x\":[[0.5]],\"seed\":[\(seed)]}"))
    }

    /// Texts of numbers as JSON has them: of up to 25 digits, with every exponent, and halfway between two doubles.
    private func texts() -> [String] {
        var chance = RandomStream(seed: 2)
        var texts = ["0", "-0", "0.0", "-0.0e5", "1", "-12", "1e400", "-1E+400", "4e-400", "1e00005"]
        // 2^53 + 1 and its like are halfway between two doubles; a digit further on decides.
        texts += ["9007199254740993", "9007199254740993.0", "900719925474099.3", "9007199254740993.01"]
        texts += ["4503599627370496.5", "4503599627370497.5", "4503599627370497.4999", "4503599627370497.50001"]
        for digits in 1...25 {
            for point in 0...digits {
                for exponent in ["", "e-3", "E4", "e-12", "e+25", "e-310"] {
                    let all = (0..<digits).map { _ in String(chance.index(below: 10)) }.joined()
                    let whole = String(all.prefix(point).drop { $0 == "0" })
                    let fraction = point < digits ? "." + all.dropFirst(point) : ""
                    texts.append((whole.isEmpty ? "0" : whole) + fraction + exponent)
                }
            }
        }
        for number in numbers().prefix(20_000) { texts.append(number.description) }
        return texts
    }

    @Test("an answer's numbers are read to the last bit")
    func answers() async throws {
        let (scratch, texts) = (try Scratch(), texts())
        let answer = "{\"id\":1,\"value\":[\(texts.joined(separator: ","))]}\n"
        try answer.write(toFile: scratch.path("answer"), atomically: true, encoding: .utf8)
        let file = try scratch.script("read -r line; cat \"$here/answer\"; exec sleep 300")
        let problem = try problem([file], dimension: 1, protocolName: "jsonl", batch: texts.count)
        let evaluations = try await evaluate(problem, Array(repeating: [0], count: texts.count))
        let wrong = zip(texts, evaluations).filter { $1.value.bitPattern != Double($0)?.bitPattern }
        #expect(wrong.isEmpty, "\(wrong.prefix(3).map { ($0, $1.told) })")
    }

    @Test(
        "what is no number of JSON is none in an answer",
        arguments: ["01", "1.", ".5", "+1", "-", "1e", "1e+", "1.e5", "--1", "1 2", "1.5.2", "0x1p3", "1_0"])
    func noNumbers(_ text: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.script("read -r line; echo '{\"id\":1,\"value\":[\(text)]}'; exec sleep 300")
        let problem = try problem([file], dimension: 1, protocolName: "jsonl")
        #expect(try await evaluate(problem, [[0]])[0].outcome == .unparsable)
    }
}

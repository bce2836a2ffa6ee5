import Experts
import Foundation
import Testing

@Suite("knee compose")
struct ComposeTests {
    private let program: Program

    init() throws { program = try Program() }

    /// A demo of seconds.
    private func demo(_ name: String, _ more: String...) -> [String] {
        [
            "compose", "--demo", "digits", "--study", name, "--max-evaluations", "4k", "--swarm-sizes", "5,20",
            "--inertias", "0.2", "--socials", "0.4", "--steps", "0.5,1", "--confirm", "3", "--format", "json",
            "--quiet",
        ] + more
    }

    private func compose(_ words: [String]) throws -> Program.Outcome { try program.start(words).finish() }

    private func methods(_ outcome: Program.Outcome) throws -> [String: [String: Any]] {
        let composition = try #require(try outcome.json()["composition"] as? [String: Any], "\(outcome.errors)")
        let methods = try #require(composition["methods"] as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: methods.map { ($0["method"] as? String ?? "", $0) })
    }

    @Test("the demo composes an expert, tests it beside baselines, and writes it with its card")
    func digits() throws {
        let outcome = try compose(demo("d"))
        #expect(outcome.code == 0 || outcome.code == 3, "\(outcome.errors)")
        let methods = try methods(outcome)
        #expect(
            Set(methods.keys) == [
                "composed", "expert", "uniformSoup", "greedySoup", "hullRandom", "hullCMAES", "modelSwarms",
            ])
        for (name, method) in methods {
            let coefficients = try #require(method["coefficients"] as? [Double])
            #expect(coefficients.count == 10 && abs(coefficients.reduce(0, +) - 1) < 1e-9, "\(name)")
            #expect(method["test"] is Double && (method["lead"] == nil) == (name == "composed"), "\(name)")
        }
        let spent = try #require(methods["composed"]?["evaluations"] as? Int)
        for name in ["hullRandom", "hullCMAES", "modelSwarms"] {
            let evaluations = try #require(methods[name]?["evaluations"] as? Int)
            #expect(evaluations >= spent && evaluations < spent + 1000, "\(name): \(evaluations) beside \(spent)")
        }
        let file = try SafetensorsFile(program.path("runs/d/composed.safetensors"))
        #expect(file.tensor(named: "hidden.weight")?.shape == [32, 64])
        let written = try #require(file.header.metadata["knee.coefficients"]).split(separator: " ").map { Double($0) }
        let coefficients = try #require(methods["composed"]?["coefficients"] as? [Double])
        // Foundation reads numbers to the last digit but one.
        #expect(zip(written, coefficients).allSatisfy { abs(($0 ?? .nan) - $1) < 1e-15 })
        let card = try String(contentsOfFile: program.path("runs/d/card.md"), encoding: .utf8)
        #expect(card.contains("| composed expert |") && card.contains("`expert-9`") && card.contains("Model Swarms"))
        // What the ledger holds says the same, as text within 80 columns and on the page too.
        let report = try program.run("report", "d", "--format", "json")
        #expect(try NSDictionary(dictionary: self.methods(report)).isEqual(to: methods))
        let text = try program.run("report", "d")
        #expect(text.lines.allSatisfy { $0.count <= 80 }, "\(text.output)")
        #expect(text.output.contains("The composed expert against"))
        let page = try String(contentsOfFile: program.path("runs/d/report.html"), encoding: .utf8)
        #expect(page.contains("The composed expert beside others"))
        #expect(try program.run("verify", "d").code == 0)
    }

    @Test("1 worker, 3 workers, and interrupted and resumed are one composition")
    func identity() throws {
        let one = try compose(demo("one", "--workers", "1"))
        let three = try compose(demo("three", "--workers", "3"))
        #expect(try NSDictionary(dictionary: methods(one)).isEqual(to: methods(three)))
        #expect(try one.digest() == three.digest())
        // Interrupted while it learns, and resumed by the word that resumes any study.
        let running = try program.start(demo("cut", "--workers", "1"))
        try program.waitForPulls(2, study: "cut")
        running.process.interrupt()
        _ = try running.finish()
        let resumed = try program.run("resume", "cut", "--format", "json", "--quiet")
        #expect(
            try resumed.digest() == one.digest() && NSDictionary(dictionary: methods(resumed)).isEqual(to: methods(one))
        )
        // All is done: nothing is asked again, nothing changes.
        let again = try compose(demo("one", "--resume"))
        #expect(try NSDictionary(dictionary: methods(again)).isEqual(to: methods(one)))
    }

    @Test("baselines are as asked for, and remembered")
    func baselines() throws {
        let few = try compose(demo("few", "--baselines", "greedy-soup"))
        #expect(try Set(methods(few).keys) == ["composed", "expert", "uniformSoup", "greedySoup"])
        let again = try program.run("resume", "few", "--format", "json", "--quiet")
        #expect(try Set(methods(again).keys) == ["composed", "expert", "uniformSoup", "greedySoup"])
        // A confirmation that changes the learned budget takes nothing away.
        _ = try compose(demo("all", "--confirm", "0"))
        _ = try program.run("confirm", "all", "--searches", "4")
        #expect(try methods(program.run("report", "all", "--format", "json")).count == 7)
        let refused = try compose(demo("x", "--baselines", "cmea"))
        #expect(refused.code == 2 && refused.errors.contains("Did you mean 'cmaes'?"), "\(refused.errors)")
    }

    @Test("test values that were known before the last searches are told")
    func extended() throws {
        let first = try compose(demo("e", "--spend-all", "--baselines", "none"))
        #expect(try (first.json()["composition"] as? [String: Any])?["searchedSinceTest"] as? Int == 0)
        let more = try program.run("extend", "e", "--evaluations", "2k", "--quiet", "--format", "json")
        let since = try (more.json()["composition"] as? [String: Any])?["searchedSinceTest"] as? Int
        #expect(try #require(since) > 0)
        let card = try String(contentsOfFile: program.path("runs/e/card.md"), encoding: .utf8)
        #expect(card.contains("some values were known before the last"))
    }

    // MARK: Evaluators

    /// Experts of one tensor w: expert j has the number j + 1 in place j, else 0.
    private func experts(_ count: Int, in folder: String = "experts") throws {
        try FileManager.default.createDirectory(atPath: program.path(folder), withIntermediateDirectories: true)
        for expert in 0..<count {
            try write((0..<count).map { $0 == expert ? Float(expert + 1) : 0 }, to: "\(folder)/\(expert).safetensors")
        }
    }

    private func write(_ weights: [Float], name: String = "w", shape: [Int]? = nil, to path: String) throws {
        try SafetensorsFile.write(
            [
                Tensor(
                    name: name, type: .float32, shape: shape ?? [weights.count],
                    bytes: weights.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } })
            ], to: program.path(path))
    }

    /// An evaluator that logs what it hears. The value is the distance of the weights from (0.5, 1, 0, ...); on test it is 1
    /// more, and there are losses.
    private func evaluator(wants: String) throws -> String {
        try program.write(
            """
            import json, os, struct, sys
            log = open(sys.argv[1], "a")
            hello = json.loads(sys.stdin.readline())
            experts = [None] * len(hello["experts"])
            log.write(json.dumps(dict(hello=hello)) + "\\n")
            def read(path):
                data = open(path, "rb").read()
                n = struct.unpack("<Q", data[:8])[0]
                entry = json.loads(data[8:8 + n])["w"]
                begin, end = entry["data_offsets"]
                return struct.unpack("<%df" % entry["shape"][0], data[8 + n + begin:8 + n + end])
            experts = [read(path) for path in hello["experts"]]
            print('{"ready":true,"wants":"\(wants)"}', flush=True)
            last = []
            for line in sys.stdin:
                request = json.loads(line)
                stale = [path for path in last if os.path.exists(path)]
                last = request.get("path", [])
                log.write(json.dumps(dict(split=request["split"], stale=stale, count=len(last))) + "\\n")
                log.flush()
                if "coefficients" in request:
                    mixtures = [[sum(c * e[i] for c, e in zip(x, experts)) for i in range(len(experts[0]))]
                                for x in request["coefficients"]]
                else:
                    mixtures = [read(path) for path in last]
                answer = dict(id=request["id"], value=[], losses=[])
                for w in mixtures:
                    target = [0.5, 1.0] + [0.0] * (len(w) - 2)
                    value = sum(abs(round(a, 5) - b) for a, b in zip(w, target))
                    answer["value"].append(value + (request["split"] == "test"))
                    answer["losses"].append([answer["value"][-1]] * 30)
                print(json.dumps(answer), flush=True)
            """, to: "worker-\(wants).py")
        return "python3 worker-\(wants).py \(wants).log"
    }

    private func words(_ name: String, _ evaluator: String, _ more: String...) -> [String] {
        [
            "compose", "--experts", "experts", "--evaluator", evaluator, "--validation", "200", "--study", name,
            "--max-evaluations", "900", "--swarm-sizes", "5,10", "--inertias", "0.2", "--socials", "0.4", "--steps",
            "0.5", "--confirm", "3", "--workers", "1", "--baselines", "greedy-soup,random", "--format", "json",
            "--quiet",
        ] + more
    }

    private struct Heard: Decodable {
        let split: String?, stale: [String]?, count: Int?
    }

    @Test(
        "an evaluator gets files, which are gone after its answer, or coefficients, with the same results; test comes last",
        .enabled(if: runs("python3", "-c", "import json"), "there is no python3"))
    func evaluators() throws {
        try experts(4)
        let byPath = try compose(words("p", evaluator(wants: "path")))
        let byCoefficients = try compose(words("c", evaluator(wants: "coefficients")))
        #expect(byPath.code == 0 || byPath.code == 3, "\(byPath.errors)")
        let (paths, coefficients) = (try methods(byPath), try methods(byCoefficients))
        #expect(
            paths["composed"]?["coefficients"] as? [Double] == coefficients["composed"]?["coefficients"] as? [Double])
        let best = try #require(paths["composed"]?["validation"] as? Double)
        #expect(best < 0.5, "(0.5, 0.5, 0, 0) has the value 0")
        #expect(try abs(#require(paths["composed"]?["test"] as? Double) - best - 1) < 1e-9)
        for wants in ["path", "coefficients"] {
            let lines = try String(contentsOfFile: program.path("\(wants).log"), encoding: .utf8).split(separator: "\n")
            let hellos = lines.filter { $0.contains("hello") }
            #expect(hellos.count == 2, "one process to search with, one to test")
            #expect(hellos[0].contains("\"examples\": 200") && hellos[0].contains("\"merge\": \"linear\""))
            let heard = try lines.map { try JSONDecoder().decode(Heard.self, from: Data($0.utf8)) }
                .filter { $0.split != nil }
            #expect(heard.allSatisfy { $0.stale == [] && $0.count == (wants == "path" ? 1 : 0) })
            let splits = heard.compactMap(\.split)
            let firstTest = try #require(splits.firstIndex(of: "test"))
            #expect(splits[firstTest...].allSatisfy { $0 == "test" } && firstTest > 900)
            // The composed expert, the baselines and the experts, each once.
            #expect(splits.count - firstTest <= 8)
        }
        let again = try compose(words("p", "python3 worker-path.py path.log", "--resume"))
        #expect(try NSDictionary(dictionary: methods(again)).isEqual(to: paths))
        let log = try String(contentsOfFile: program.path("path.log"), encoding: .utf8)
        #expect(log.split(separator: "\n").count { $0.contains("\"test\"") } <= 8, "nothing is tested twice")
        // No expert was touched.
        #expect(try SafetensorsFile(program.path("experts/3.safetensors")).values(of: "w") == [0, 0, 0, 4])
    }

    @Test(
        "an evaluator that dies while it is tested is asked again; one that contradicts itself is not believed",
        .enabled(if: runs("python3", "-c", "import json"), "there is no python3"))
    func tests() throws {
        try experts(3)
        try program.write(
            """
            import json, os, sys
            sys.stdin.readline(); print('{"ready":true,"wants":"coefficients"}', flush=True)
            for line in sys.stdin:
                request = json.loads(line)
                if request["split"] == "test" and not os.path.exists("died"):
                    open("died", "w"); sys.exit(3)
                value = [min(1, sum(abs(c - 1 / 3) for c in x)) for x in request["coefficients"]]
                print(json.dumps(dict(id=request["id"], value=value, losses=[[1 - v] * 30 for v in value])), flush=True)
            """, to: "mortal.py")
        let first = try compose(words("m", "python3 mortal.py"))
        #expect(
            first.code == 4 && first.errors.contains("exit code 3") && first.errors.contains("resume"),
            "\(first.errors)")
        let second = try program.run("resume", "m", "--format", "json", "--quiet")
        let methods = try methods(second)
        #expect(methods.values.allSatisfy { $0["test"] is Double && $0["lead"] == nil && $0["testLoss"] == nil })
        #expect(try program.run("report", "m").output.contains("cannot be"))
    }

    @Test(
        "experts and evaluators that cannot be used are told in a sentence",
        .enabled(if: runs("python3", "-c", "import json"), "there is no python3"))
    func badInput() throws {
        func refused(_ words: [String], _ saying: String..., code: Int32 = 2) throws {
            let outcome = try compose(words)
            #expect(outcome.code == code && outcome.output.isEmpty, "\(words): \(outcome.errors)")
            for part in saying { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
            #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.hasPrefix("knee: "))
        }
        let worker = try evaluator(wants: "path")
        try refused(["compose"], "--experts, --evaluator and --validation")
        try refused(["compose", "--demo", "digit"], "Did you mean 'digits'?")
        try refused(["compose", "--demo", "digits", "--validation", "10"], "--validation is for experts of your own")
        try refused(["compose", "--demo", "digits", "--topologies", "ring"], "--topologies is for particle swarms")
        try refused(["compose", "--demo", "digits", "--family", "cmaes"], "expertSwarm")
        try refused(["compose", "--demo", "digits", "--socials", "0.2,-1"], "social weight '-1.0'", "not negative")
        try refused(words("a", worker), "there is no folder 'experts'")
        try FileManager.default.createDirectory(atPath: program.path("experts"), withIntermediateDirectories: true)
        try refused(words("a", worker), "has no experts")
        try write([1, 2], to: "experts/a.safetensors")
        try refused(words("a", worker), "only one expert", "itself")
        try write([1, 2], to: "experts/b.safetensors")
        try refused(words("a", worker), "are the same in every weight")
        try write([1, 2], name: "v", to: "experts/b.safetensors")
        try refused(words("a", worker), "b.safetensors", "no tensor 'w'")
        try write([1, 2], shape: [1, 2], to: "experts/b.safetensors")
        try refused(words("a", worker), "b.safetensors", "shape [1, 2]")
        try write([1, .nan], to: "experts/b.safetensors")
        try refused(words("a", worker), "b.safetensors", "a weight in 'w'", "no finite number")
        let whole = try Data(contentsOf: URL(fileURLWithPath: program.path("experts/a.safetensors")))
        try whole.dropLast(3).write(to: URL(fileURLWithPath: program.path("experts/b.safetensors")))
        try refused(words("a", worker), "b.safetensors is no whole safetensors file", "cut short")
        try Data(Array(repeating: 0x7F, count: 64)).write(
            to: URL(fileURLWithPath: program.path("experts/b.safetensors")))
        try refused(words("a", worker), "its header says that it has 9187201950435737471 bytes")
        try write([2, 1], to: "experts/b.safetensors")
        try refused(words("a", "no-such-program"), "there is no command 'no-such-program'")
        try refused(words("a", "python3 'open"), "left open")
        try refused(words("a", worker, "--protocol", "plain"), "--protocol is not for compositions")
        // Nothing was begun so far.
        #expect(!FileManager.default.fileExists(atPath: program.path("runs/knee.sqlite")))
        try program.write(
            """
            import json, sys
            print('{"ready":true}', flush=True)
            sys.stdin.readline()
            for line in sys.stdin:
                request = json.loads(line)
                print(json.dumps(dict(id=request["id"], value=[0.25] * len(request["path"]))), flush=True)
            """, to: "constant.py")
        try refused(words("same", "python3 constant.py"), "the evaluator gives 0.25 for every expert", code: 4)
        try FileManager.default.createDirectory(atPath: program.path("runs/own"), withIntermediateDirectories: true)
        for name in ["composed", "other"] {
            try FileManager.default.copyItem(
                atPath: program.path("experts/\(name == "other" ? "a" : "b").safetensors"),
                toPath: program.path("runs/own/\(name).safetensors"))
        }
        try refused(
            words("own", worker).map { $0 == "experts" ? "runs/own" : $0 }, "composed.safetensors is an expert")
        try program.write("import sys\nsys.stdin.readline()\nprint('hello', flush=True)\n", to: "rude.py")
        try refused(words("rude", "python3 rude.py"), "not ready", "hello", code: 4)
        try program.write(
            "import sys\nsys.stdin.readline()\nprint('{\"ready\":true,\"wants\":\"soup\"}', flush=True)\nsys.stdin.readline()\n",
            to: "wants.py")
        try refused(words("wants", "python3 wants.py"), "neither \"path\" nor \"coefficients\"", code: 4)
    }
}

import Foundation
import Testing

#if os(Linux)
    /// Hard kills: what was committed is kept, what was in flight is searched again, and the end is the same.
    @Suite("Killed outright")
    struct KillTests {
        /// A whole study, its confirmation included; it goes on if it is there.
        private static let study = [
            "learn", "sphere", "--dimension", "2", "--floor", "16", "--ceiling", "64", "--swarm-sizes", "4,8",
            "--inertias", "0.7298", "--topologies", "ring", "--max-pulls", "12", "--spend-all", "--confirm", "3",
            "--study", "s", "--ledger", "k.sqlite", "--format", "json", "--quiet", "--workers", "1", "--resume",
        ]

        /// Killed at a point, then continued: the digest, and what `verify` says.
        private static func killed(at point: Int) throws -> (code: Int32, digest: String, proof: Program.Outcome) {
            let program = try Program()
            let cut = try program.start(study, environment: Faults.environment(["FAULTS_KILL": "\(point)"])).finish()
            let digest = try program.start(study).finish().digest()
            return (cut.code, digest, try program.run("verify", "--ledger", "k.sqlite"))
        }

        /// At every `step`-th write from the first on; the last points are those at which it closes its files.
        private static func matrix(step: Int) async throws {
            let program = try Program()
            let counting = Faults.environment(["FAULTS_COUNT": program.path("points")])
            let digest = try program.start(study, environment: counting).finish().digest()
            let text = try String(contentsOfFile: program.path("points"), encoding: .utf8)
            let points = try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(points > 100, "\(points)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                var next = 1
                func launch() {
                    guard next <= points else { return }
                    let point = next
                    next += step
                    group.addTask {
                        let result = try killed(at: point)
                        #expect(result.code == SIGKILL, "point \(point)")
                        #expect(result.digest == digest, "point \(point)")
                        #expect(result.proof.code == 0, "point \(point): \(result.proof.output)")
                    }
                }
                for _ in 0..<2 { launch() }
                while try await group.next() != nil { launch() }
            }
        }

        @Test("at every twenty-third of its writes, the study ends with the same digest")
        func someWrites() async throws { try await Self.matrix(step: 23) }

        @Test("at every one of its writes, the study ends with the same digest", .enabled(if: isSoak))
        func everyWrite() async throws { try await Self.matrix(step: 1) }

        /// Kills a study again and again at random instants, each time `wait` (ms) after the ledger has begun to grow.
        private static func kills(_ times: Int, wait: ClosedRange<UInt32>, _ study: [String]) throws {
            let program = try Program()
            let start = ContinuousClock.now
            let whole = try program.start(study + ["--ledger", "whole.sqlite"]).finish()
            let uninterrupted = ContinuousClock.now - start
            let digest = try whole.digest()
            var chance = SystemRandomNumberGenerator()
            var (kept, done, used) = (0, 0, Duration.zero)
            while done < times {
                let running = try program.start(study + ["--ledger", "cut.sqlite"])
                let begun = ContinuousClock.now
                usleep(1000 * UInt32.random(in: wait, using: &chance))
                guard running.process.isRunning else { break }
                kill(running.process.processIdentifier, SIGKILL)
                _ = try running.finish()
                used += ContinuousClock.now - begun
                done += 1
                guard let pulls = try Self.pulls(program) else { continue }
                #expect(pulls >= kept, "kill \(done) lost what was committed")
                kept = pulls
            }
            let begun = ContinuousClock.now
            let end = try program.start(study + ["--ledger", "cut.sqlite"]).finish()
            used += ContinuousClock.now - begun
            #expect(try end.digest() == digest)
            #expect(try program.run("verify", "--ledger", "cut.sqlite").code == 0)
            print("\(done) kills: \(used) of running against \(uninterrupted) without")
            #expect(done >= min(times, 5), "\(done) kills before the study had ended")
        }

        private static func pulls(_ program: Program) throws -> Int? {
            let status = try program.run("status", "--ledger", "cut.sqlite", "--format", "json")
            let studies = try? JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [[String: Any]]
            return studies?.first?["pulls"] as? Int
        }

        private static let long = [
            "learn", "nist/enso", "--study", "long", "--ceiling", "18k", "--spend-all", "--format", "json", "--quiet",
            "--resume",
        ]

        @Test("at four random instants nothing committed is lost, and the purse is kept")
        func someInstants() throws {
            try Self.kills(4, wait: 100...350, Self.long + ["--max-evaluations", "400k"])
        }

        @Test("at two hundred random instants nothing committed is lost, and the purse is kept", .enabled(if: isSoak))
        func manyInstants() throws {
            try Self.kills(200, wait: 300...900, Self.long + ["--max-evaluations", "12M"])
        }
    }
#endif

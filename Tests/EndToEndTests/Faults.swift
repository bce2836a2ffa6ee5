import Foundation

#if os(Linux)
    /// The library that kills a program at one of its writes to a ledger, or tells it that the disk is full; built once.
    enum Faults {
        static let library: String = {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Faults/faults.c").path
            let path = NSTemporaryDirectory() + "knee-faults-\(UUID().uuidString).so"
            for compiler in ["cc", "clang", "gcc"] {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = [compiler, "-shared", "-fPIC", "-O1", "-o", path, source, "-ldl"]
                process.standardError = FileHandle.nullDevice
                guard (try? process.run()) != nil else { continue }
                process.waitUntilExit()
                if process.terminationStatus == 0 { return path }
            }
            preconditionFailure("no C compiler builds \(source)")
        }()

        static func environment(_ faults: [String: String]) -> [String: String] {
            faults.merging(["LD_PRELOAD": library]) { $1 }
        }
    }

    /// Long tests are run by `make soak`.
    let isSoak = ProcessInfo.processInfo.environment["KNEE_SOAK"] != nil
#endif

import Foundation
import Ledger
import Outer
import Problems

/// What is not the study's own, and may have changed between two sessions of it.
enum StudySessions {
    /// One sentence for everything that has changed since the study was last worked on. None of it is part of what was
    /// asked for, so it is told, not refused.
    static func drift(of study: StudyRecord, _ now: Session, in ledger: Ledger) throws -> [String] {
        let last = try ledger.lastSession(of: study)
        let (version, host) = (
            last?.programVersion ?? study.provenance.programVersion, last?.holder.host ?? study.provenance.host
        )
        var notes: [String] = []
        if version != now.programVersion {
            notes.append("the study was last worked on by knee \(version), this is \(now.programVersion).")
        }
        if host != now.holder.host {
            notes.append("the study was last worked on at \(host), this is \(now.holder.host).")
        }
        for (path, digest) in (last?.files ?? [:]).sorted(by: { $0.key < $1.key }) where now.files[path] != digest {
            notes.append("\(path) is not what it was when the study was last worked on; its values may be others.")
        }
        return notes.map { "note: \($0)" }
    }
}

extension Session {
    /// This process, about to work on a study.
    static func here(_ study: StudyRecord) -> Session {
        Session(
            study: study.name, begun: Date.now.ISO8601Format(), programVersion: Knee.version,
            files: digests(of: study.problem))
    }

    /// Of the words of a command that are files, such as its program and scripts, and of the experts that it mixes.
    private static func digests(of problem: ProblemManifest) -> [String: String] {
        guard case .command(let command) = problem else { return [:] }
        var result: [String: String] = [:]
        for word in command.words {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: word, isDirectory: &isFolder), !isFolder.boolValue,
                let size = try? FileManager.default.attributesOfItem(atPath: word)[.size] as? Int, size <= largest,
                let data = FileManager.default.contents(atPath: word)
            else { continue }
            var digest = Digest()
            for byte in data { digest.add(byte: byte) }
            result[word] = digest.hex
        }
        for file in command.experts?.files ?? [] { result[file] = beginning(of: file) }
        return result
    }

    /// Size and time of an expert's file, and a digest of its first megabyte: what tells one that was trained anew without
    /// reading it all.
    private static func beginning(of path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: largest), let size = try? file.seekToEnd() else { return nil }
        var digest = Digest()
        for byte in data { digest.add(byte: byte) }
        let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return "\(size) \(changed?.ISO8601Format() ?? "") \(digest.hex)"
    }

    /// Bytes; larger files are not looked into.
    private static let largest = 1 << 20
}

import Foundation

/// What a script in Reference/ wrote, from its JSON.
func reference<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference")
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name + ".json")))
}

/// Published trials of BBOB-2009 on one function, to f_opt + 1e-8.
struct PublishedTrials: Decodable {
    let algorithm: String
    let dimension: Int
    let function: Int
    /// Evaluations of each trial, or nil if it did not get there, after so many as `unsuccessful` has.
    let evaluations: [Int?]
    let unsuccessful: [Int]

    /// Expected running time: all evaluations over all successes.
    var expectedTime: Double {
        let successes = evaluations.compactMap { $0 }
        return Double(successes.reduce(0, +) + unsuccessful.reduce(0, +)) / Double(successes.count)
    }
}

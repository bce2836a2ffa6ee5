import Inner

/// How a worker of lines is addressed: what it is told before anything else, and how a batch is put to it.
protocol JSONLinesRequests: Sendable {
    /// A line that every new process is sent; it answers that it is ready, and what it wants. Nil: it is sent none.
    var greeting: [UInt8]? { get }

    /// A batch as a line for a process that wants `wants`.
    ///
    /// - Throws: `RequestFailure`, if it cannot be put.
    func request(id: Int, _ points: [[Double]], seeds: [UInt64], wants: String?) async throws(RequestFailure) -> [UInt8]

    /// Called when the request of that number is answered, or never will be.
    func end(id: Int)
}

/// Why a batch cannot be put to anybody, in words.
struct RequestFailure: Error {
    let evidence: String
}

/// Points as they are.
struct PlainRequests: JSONLinesRequests {
    var greeting: [UInt8]? { nil }

    func request(id: Int, _ points: [[Double]], seeds: [UInt64], wants: String?) -> [UInt8] {
        requestLine(id: id, points, seeds: seeds)
    }

    func end(id: Int) {}
}

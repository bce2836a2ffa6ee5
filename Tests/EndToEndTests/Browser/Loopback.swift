import Foundation

/// HTTP to a server of this machine, a connection a request.
///
/// `URLSession` refuses the headers of chromedriver on Linux: they have no blank behind the colon.
enum Loopback {
    struct Failure: Error, CustomStringConvertible { let description: String }

    struct Response {
        let status: Int
        let body: Data
    }

    static func send(
        _ method: String, _ path: String, _ body: Data, port: UInt16, within limit: Duration
    ) throws -> Response {
        let end = ContinuousClock.now + limit
        let socket = try connect(to: port, within: limit)
        defer { close(socket) }
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try write(Data(head.utf8) + body, to: socket)
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let response = response(in: received) { return response }
            let left = (end - ContinuousClock.now) / .milliseconds(1)
            var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&watched, 1, Int32(left.rounded(.up))) > 0 else {
                throw Failure(description: "no answer within \(limit)")
            }
            let count = read(socket, &buffer, buffer.count)
            guard count > 0 else { throw Failure(description: "the connection ended before the answer did") }
            received.append(contentsOf: buffer[..<count])
        }
    }

    private static func connect(to port: UInt16, within limit: Duration) throws -> Int32 {
        #if canImport(Darwin)
            let socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
            var one: Int32 = 1
            setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
        #else
            let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard socket >= 0 else { throw Failure(description: "no socket: \(String(cString: strerror(errno)))") }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var patience = timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            let reason = String(cString: strerror(errno))
            close(socket)
            throw Failure(description: "no connection to port \(port): \(reason)")
        }
        return socket
    }

    private static func write(_ data: Data, to socket: Int32) throws {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < data.count {
            let count = data.withUnsafeBytes { Foundation.send(socket, $0.baseAddress! + sent, $0.count - sent, flags) }
            guard count > 0 else { throw Failure(description: "not sent: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// The response, once all of it is there.
    private static func response(in data: Data) -> Response? {
        guard let blank = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: data[..<blank.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let length = lines.firstNonNil { line in
            line.lowercased().hasPrefix("content-length:")
                ? Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) : nil
        }
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let body = data[blank.upperBound...]
        return body.count >= length ?? 0 ? Response(status: status, body: Data(body.prefix(length ?? 0))) : nil
    }
}

extension Sequence {
    fileprivate func firstNonNil<Value>(_ transform: (Element) -> Value?) -> Value? {
        lazy.compactMap(transform).first
    }
}

import Foundation

/// A headless Chromium, driven over the WebDriver protocol. Every call ends within bounded time, and everything that was
/// started ends with the last reference, or with the process of the tests, however that ends.
///
/// Sendable, for it is used by one test at a time.
final class Browser: @unchecked Sendable {
    /// What went wrong, as a sentence.
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// An element of the open page, as scripts return and take it.
    struct Element: Codable, Sendable {
        let id: String

        /// The name is the protocol's.
        enum CodingKeys: String, CodingKey { case id = "element-6066-11e4-a52e-4f735466cecf" }

        var reference: [String: String] { [CodingKeys.id.rawValue: id] }
    }

    struct Message: Decodable { let level, message: String }

    enum Scheme: String, CaseIterable, Sendable { case light, dark }

    enum Medium: String, Sendable { case screen, print }

    enum Key: String, Sendable {
        case left = "\u{E012}"
        case right = "\u{E014}"
    }

    private let folder: String
    private let shell = Process()
    private let leash = Pipe()
    private var port: UInt16 = 0
    private var session: String?

    /// One for all tests.
    static let shared = Result { try Browser() }

    init() throws {
        let driver = try Self.driver()
        folder = NSTemporaryDirectory() + "knee-browser-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try begin(driver)
    }

    // MARK: - Beginning

    /// Ends the driver, the processes named on standard input and what the driver has started, when the input ends. It may
    /// begin with signals blocked, so it kills and waits for none.
    private static let keeper = """
        "$0" --port=0 &
        driver=$! ids=$!
        while read -r id; do ids="$ids $id"; done
        kill -9 $ids $(cat /proc/$driver/task/*/children) 2>/dev/null
        sleep 0.3
        rm -rf "$1"
        """

    private func begin(_ driver: String) throws {
        port = try start(driver)
        struct Session: Decodable {
            struct Capabilities: Decodable {
                let process: Int32
                enum CodingKeys: String, CodingKey { case process = "goog:processID" }
            }
            let sessionId: String
            let capabilities: Capabilities
        }
        let flags = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-proxy-server",
            "--disable-dev-shm-usage", "--user-data-dir=\(folder)/profile",
        ]
        let wishes: [String: Any] = [
            "goog:chromeOptions": ["args": flags], "goog:loggingPrefs": ["browser": "ALL"],
            "timeouts": ["pageLoad": 15_000, "script": 15_000],
        ]
        let begun: Session = try post("", ["capabilities": ["alwaysMatch": wishes]], within: .seconds(60))
        session = begun.sessionId
        try leash.fileHandleForWriting.write(contentsOf: Data("\(begun.capabilities.process)\n".utf8))
    }

    private static func driver() throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.map { String($0) + "/chromedriver" }
        guard let driver = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Failure(description: "there is no chromedriver in PATH; 'make browser' installs it")
        }
        return driver
    }

    /// Starts the driver on a free port, which it tells.
    private func start(_ driver: String) throws -> UInt16 {
        let log = folder + "/driver.log"
        try Data().write(to: URL(fileURLWithPath: log))
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", Self.keeper, driver, folder]
        shell.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder]) { $1 }
        shell.currentDirectoryURL = URL(fileURLWithPath: folder)
        shell.standardInput = leash
        shell.standardOutput = FileHandle(forWritingAtPath: log)
        shell.standardError = shell.standardOutput
        try shell.run()
        var said = ""
        for _ in 0..<1000 {
            said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let port = said.firstMatch(of: /started successfully on port ([0-9]+)/) { return UInt16(port.1) ?? 0 }
            usleep(20_000)
        }
        throw Failure(description: "\(driver) told no port within 20 seconds: \(said)")
    }

    // MARK: - What a user does

    func open(_ file: String) throws {
        try post("/url", ["url": URL(fileURLWithPath: file).absoluteString])
    }

    /// The viewport, in CSS pixels.
    func size(width: Int, height: Int) throws {
        let metrics: [String: Any] = ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false]
        try tell("Emulation.setDeviceMetricsOverride", metrics)
    }

    /// What the user prefers, and what the page is shown on.
    func prefer(_ scheme: Scheme, on medium: Medium = .screen) throws {
        let features = [["name": "prefers-color-scheme", "value": scheme.rawValue]]
        try tell("Emulation.setEmulatedMedia", ["media": medium.rawValue, "features": features])
    }

    /// Scrolls to an element, and lets the page notice.
    func scroll(to element: Element) throws {
        try execute(
            """
            arguments[0].scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
            return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))
            """, element.reference)
    }

    /// Moves the pointer to the centre of an element that is in view.
    func point(at element: Element) throws { try movePointer(["x": 0, "y": 0, "origin": element.reference]) }

    /// Moves the pointer to the corner of the window.
    func pointAway() throws { try movePointer(["x": 1, "y": 1, "origin": "viewport"]) }

    private func movePointer(_ place: [String: Any]) throws {
        let move = place.merging(["type": "pointerMove", "duration": 0]) { $1 }
        try act(["type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"], "actions": [move]])
    }

    /// Presses a key and lets go of it.
    func press(_ key: Key) throws {
        let strokes = ["keyDown", "keyUp"].map { ["type": $0, "value": key.rawValue] }
        try act(["type": "key", "id": "keyboard", "actions": strokes])
    }

    /// Gives an element the focus, wherever the page is scrolled to.
    func focus(_ element: Element) throws {
        try execute("arguments[0].focus({ preventScroll: true })", element.reference)
    }

    // MARK: - What there is to see

    /// The value a script returns: the body of a function, with `arguments`.
    func execute<Value: Decodable>(_ script: String, _ arguments: Any...) throws -> Value {
        try post("/execute/sync", ["script": script, "args": arguments])
    }

    func execute(_ script: String, _ arguments: Any...) throws {
        try post("/execute/sync", ["script": script, "args": arguments])
    }

    /// What the console has been told since it was last asked.
    func messages() throws -> [Message] { try post("/se/log", ["type": "browser"]) }

    /// Writes a picture of the whole page, as PNG.
    func screenshot(to file: URL) throws {
        struct Size: Decodable { let width, height: Double }
        struct Picture: Decodable { let data: Data }
        let size: Size = try execute(
            "const e = document.documentElement; return { width: e.scrollWidth, height: e.scrollHeight }")
        let clip = ["x": 0, "y": 0, "width": size.width, "height": size.height, "scale": 1]
        let picture: Picture = try ask(
            "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true, "clip": clip])
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try picture.data.write(to: file)
    }

    // MARK: - The protocol

    private struct Reply<Value: Decodable>: Decodable { let value: Value }

    private struct Refusal: Decodable { let error, message: String }

    private func act(_ source: [String: Any]) throws { try post("/actions", ["actions": [source]]) }

    /// A command of the DevTools protocol.
    private func ask<Value: Decodable>(_ command: String, _ parameters: [String: Any]) throws -> Value {
        try post("/goog/cdp/execute", ["cmd": command, "params": parameters])
    }

    private func tell(_ command: String, _ parameters: [String: Any]) throws {
        try post("/goog/cdp/execute", ["cmd": command, "params": parameters])
    }

    private func post<Value: Decodable>(
        _ path: String, _ body: [String: Any], within limit: Duration = .seconds(20)
    ) throws -> Value {
        let data = try send("POST", path, body, within: limit)
        do {
            return try JSONDecoder().decode(Reply<Value>.self, from: data).value
        } catch {
            let text = String(decoding: data.prefix(300), as: UTF8.self)
            throw Failure(description: "POST \(path): not \(Value.self) but \(text)")
        }
    }

    private func post(_ path: String, _ body: [String: Any]) throws {
        _ = try send("POST", path, body, within: .seconds(20))
    }

    private func send(_ method: String, _ path: String, _ body: [String: Any]?, within limit: Duration) throws -> Data {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        let whole = "/session" + (session.map { "/" + $0 } ?? "") + path
        let response: Loopback.Response
        do {
            response = try Loopback.send(method, whole, data, port: port, within: limit)
        } catch {
            throw Failure(description: "\(method) \(path): \(error)")
        }
        guard response.status == 200 else {
            let refusal = try? JSONDecoder().decode(Reply<Refusal>.self, from: response.body).value
            let reason = refusal.map { "\($0.error): \($0.message)" } ?? String(decoding: response.body, as: UTF8.self)
            throw Failure(description: "\(method) \(path): \(reason)")
        }
        return response.body
    }
}

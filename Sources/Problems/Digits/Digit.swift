/// A handwritten digit, as 8 x 8 pixels.
public struct Digit: Sendable, Equatable {
    /// 0 ... 9
    public let label: Int
    /// 64 values, row by row, from 0 (paper) to 1 (ink) in steps of 1/16.
    public let pixels: [Float]

    public static let classes = 10
    public static let pixelCount = 64

    /// All that were published, in their order: 1797.
    public static let all = published.split(separator: "\n").map { Digit($0.utf8) }

    private init(_ line: Substring.UTF8View) {
        let values = line.filter { $0 != UInt8(ascii: " ") }.map(Self.value)
        precondition(values.count == 1 + Self.pixelCount, "a built-in digit of \(values.count - 1) pixels")
        label = values[0]
        pixels = values.dropFirst().map { Float($0) / 16 }
    }

    private static func value(_ symbol: UInt8) -> Int {
        Int(symbol) - Int(symbol < UInt8(ascii: "a") ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}

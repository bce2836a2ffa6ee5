import CSimd

/// Images that are classified sixteen at a time.
struct DigitsImages: Sendable {
    let count: Int
    /// Pixel p of the images of block b at 64 b + p; zero in lanes without an image.
    let pixels: [SIMD16<Float>]
    /// Their labels, a block an element; -1, which no network answers, in lanes without an image.
    let labels: [SIMD16<Float>]

    /// - Parameter digits: places in `Digit.all`.
    init(_ digits: [Int]) {
        count = digits.count
        let blocks = (digits.count + 15) / 16
        var pixels = [SIMD16<Float>](repeating: .zero, count: Digit.pixelCount * blocks)
        var labels = [SIMD16<Float>](repeating: SIMD16(repeating: -1), count: blocks)
        for (number, place) in digits.enumerated() {
            let (block, lane, digit) = (number / 16, number % 16, Digit.all[place])
            labels[block][lane] = Float(digit.label)
            for (pixel, ink) in digit.pixels.enumerated() { pixels[Digit.pixelCount * block + pixel][lane] = ink }
        }
        (self.pixels, self.labels) = (pixels, labels)
    }
}

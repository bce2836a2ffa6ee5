extension Weight {
    static func numbers(_ bytes: UnsafeRawBufferPointer) -> [Double] {
        let size = MemoryLayout<Bits>.size
        return (0..<bytes.count / size).map {
            Double(number(bytes.loadUnaligned(fromByteOffset: $0 &* size, as: Bits.self)))
        }
    }

    static func stored(_ values: [Double]) -> [UInt8] {
        let size = MemoryLayout<Bits>.size
        return [UInt8](unsafeUninitializedCapacity: values.count * size) { bytes, count in
            count = values.count * size
            let bytes = UnsafeMutableRawBufferPointer(bytes)
            for (index, value) in values.enumerated() {
                bytes.storeBytes(of: bits(Sum(value)), toByteOffset: index &* size, as: Bits.self)
            }
        }
    }
}

/// A safetensors file: its header, checked, and its tensors, read as they are asked for.
public struct SafetensorsFile: Sendable {
    public let header: SafetensorsHeader
    let file: OpenFile
    private let places: [String: Int]

    public var path: String { file.path }
    public var tensors: [TensorEntry] { header.tensors }

    /// - Throws: `ExpertError`: no file, or not one that keeps to the format.
    public init(_ path: String) throws(ExpertError) {
        file = try OpenFile(path)
        let length = try file.bytes(0..<min(8, file.count))
        let headerEnd: Int
        do throws(SafetensorsFlaw) {
            headerEnd = try SafetensorsHeader.end(of: length.span, fileBytes: file.count)
        } catch {
            throw .flawed(path: path, error)
        }
        let start = try file.bytes(0..<headerEnd)
        do throws(SafetensorsFlaw) {
            header = try SafetensorsHeader(parsing: start.span, fileBytes: file.count)
        } catch {
            throw .flawed(path: path, error)
        }
        places = Dictionary(uniqueKeysWithValues: header.tensors.enumerated().map { ($1.name, $0) })
    }

    public func tensor(named name: String) -> TensorEntry? { places[name].map { header.tensors[$0] } }

    /// The elements of a tensor, row by row.
    ///
    /// - Throws: `ExpertError.noNumbers` if there is no such tensor, or none of numbers to calculate with.
    public func values(of name: String) throws(ExpertError) -> [Double] {
        guard let tensor = tensor(named: name), let weight = tensor.type.weight else {
            throw .noNumbers(path: path, tensor: name)
        }
        let bytes = try bytes(tensor)
        return bytes.withUnsafeBytes { weight.numbers($0) }
    }

    /// The bytes of a tensor.
    ///
    /// - Throws: `ExpertError.lost` if the file has become shorter.
    public func bytes(_ tensor: TensorEntry) throws(ExpertError) -> [UInt8] {
        try file.bytes(place(0..<tensor.range.count, in: tensor))
    }

    /// Where bytes of a tensor lie in the file.
    func place(_ bytes: Range<Int>, in tensor: TensorEntry) -> Range<Int> {
        let begin = header.dataStart + tensor.range.lowerBound
        return begin + bytes.lowerBound..<begin + bytes.upperBound
    }

    /// Writes tensors to a new file, or in place of an old one.
    ///
    /// - Parameter metadata: free text by free keys.
    /// - Throws: `ExpertError`: a name occurs twice, or the file cannot be written.
    public static func write(_ tensors: [Tensor], metadata: [String: String] = [:], to path: String)
        throws(ExpertError)
    {
        let header: SafetensorsHeader
        do {
            header = try SafetensorsHeader(
                metadata: metadata, layingOut: tensors.map { ($0.name, $0.type, $0.shape) })
        } catch {
            throw .flawed(path: path, error)
        }
        let output = try OutputFile(path)
        try output.write(header.encoded.span.bytes, at: 0)
        let contents = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.bytes) })
        for tensor in header.tensors {
            let bytes = contents[tensor.name, default: []]
            try output.write(bytes.span.bytes, at: header.dataStart + tensor.range.lowerBound)
        }
        try output.finish()
    }
}

/// What the elements of a tensor are, by the names that safetensors headers use.
public enum ElementType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case complex64 = "C64"
    case int64 = "I64"
    case uint64 = "U64"
    case int32 = "I32"
    case uint32 = "U32"
    case int16 = "I16"
    case uint16 = "U16"
    case int8 = "I8"
    case uint8 = "U8"
    case bool = "BOOL"
    case float8E5M2 = "F8_E5M2"
    case float8E4M3 = "F8_E4M3"
    case float8E8M0 = "F8_E8M0"
    case float8E5M2Unsigned0 = "F8_E5M2FNUZ"
    case float8E4M3Unsigned0 = "F8_E4M3FNUZ"
    case float6E2M3 = "F6_E2M3"
    case float6E3M2 = "F6_E3M2"
    case float4 = "F4"

    /// Bits an element takes.
    public var bits: Int {
        switch self {
        case .float64, .complex64, .int64, .uint64: 64
        case .float32, .int32, .uint32: 32
        case .float16, .bfloat16, .int16, .uint16: 16
        case .int8, .uint8, .bool, .float8E5M2, .float8E4M3, .float8E8M0, .float8E5M2Unsigned0, .float8E4M3Unsigned0: 8
        case .float6E2M3, .float6E3M2: 6
        case .float4: 4
        }
    }

    /// Whether tensors of it can be combined linearly; all others are only carried over.
    public var isMergeable: Bool { weight != nil }
}

// Eight lanes at a time. Swift 6.3 emits + - * / on SIMD types lane by lane and only sometimes gathers them again;
// the same operations on clang's vector types, inlined from here, become vector instructions on every CPU.
// Strict floating point, no fused multiply-add: the numbers are the same at every vector width.
#ifndef KNEE_CSIMD_H
#define KNEE_CSIMD_H

#pragma STDC FP_CONTRACT OFF

typedef double knee_f8 __attribute__((ext_vector_type(8)));
typedef unsigned long long knee_u8 __attribute__((ext_vector_type(8)));
typedef long long knee_i8 __attribute__((ext_vector_type(8)));
typedef float knee_single8 __attribute__((ext_vector_type(8)));
typedef float knee_single16 __attribute__((ext_vector_type(16)));
typedef int knee_int16 __attribute__((ext_vector_type(16)));

#define KNEE_INLINE static inline __attribute__((always_inline, const))

KNEE_INLINE knee_f8 knee_splat(double a) { return (knee_f8)a; }
KNEE_INLINE knee_f8 knee_add(knee_f8 a, knee_f8 b) { return a + b; }
KNEE_INLINE knee_f8 knee_sub(knee_f8 a, knee_f8 b) { return a - b; }
KNEE_INLINE knee_f8 knee_mul(knee_f8 a, knee_f8 b) { return a * b; }
KNEE_INLINE knee_f8 knee_div(knee_f8 a, knee_f8 b) { return a / b; }
KNEE_INLINE knee_f8 knee_sqrt(knee_f8 a) { return __builtin_elementwise_sqrt(a); }
KNEE_INLINE knee_f8 knee_floor(knee_f8 a) { return __builtin_elementwise_floor(a); }
KNEE_INLINE knee_f8 knee_abs(knee_f8 a) { return (knee_f8)((knee_u8)a & 0x7FFFFFFFFFFFFFFFull); }
/// The same numbers in double precision.
KNEE_INLINE knee_f8 knee_double(knee_single8 a) { return __builtin_convertvector(a, knee_f8); }
KNEE_INLINE knee_single16 knee_single_splat(float a) { return (knee_single16)a; }
KNEE_INLINE knee_single16 knee_single_add(knee_single16 a, knee_single16 b) { return a + b; }
KNEE_INLINE knee_single16 knee_single_mul(knee_single16 a, knee_single16 b) { return a * b; }
/// Lane by lane: a > b ? x : y.
KNEE_INLINE knee_single16 knee_single_if_greater(knee_single16 a, knee_single16 b, knee_single16 x, knee_single16 y) {
    return (knee_single16)(((knee_int16)(a > b) & (knee_int16)x) | (~(knee_int16)(a > b) & (knee_int16)y));
}
/// |a| with the sign of b.
KNEE_INLINE knee_f8 knee_copysign(knee_f8 a, knee_f8 b) {
    return (knee_f8)(((knee_u8)a & 0x7FFFFFFFFFFFFFFFull) | ((knee_u8)b & 0x8000000000000000ull));
}
/// Every lane's neighbour: a1 ... a7 b0 behind it, a7 b0 ... b6 before it.
KNEE_INLINE knee_f8 knee_next_lanes(knee_f8 a, knee_f8 b) { return __builtin_shufflevector(a, b, 1, 2, 3, 4, 5, 6, 7, 8); }
KNEE_INLINE knee_f8 knee_previous_lanes(knee_f8 a, knee_f8 b) {
    return __builtin_shufflevector(a, b, 7, 8, 9, 10, 11, 12, 13, 14);
}

// A function here calls no other: a call between C functions would pass vectors wider than the CPU's registers.
#define KNEE_CHOOSE(condition, a, b) \
    ((knee_f8)(((knee_i8)(condition) & (knee_i8)(a)) | (~(knee_i8)(condition) & (knee_i8)(b))))

/// All bits set in the lanes where a < b.
KNEE_INLINE knee_i8 knee_less(knee_f8 a, knee_f8 b) { return (knee_i8)(a < b); }
/// All bits set in the lanes where x lies outside low ... high.
KNEE_INLINE knee_i8 knee_outside(knee_f8 x, knee_f8 low, knee_f8 high) { return (knee_i8)((x < low) | (high < x)); }
KNEE_INLINE knee_i8 knee_either(knee_i8 a, knee_i8 b) { return a | b; }
KNEE_INLINE _Bool knee_any(knee_i8 condition) { return __builtin_reduce_or(condition) != 0; }
/// Lane by lane: condition ? a : b.
KNEE_INLINE knee_f8 knee_select(knee_i8 condition, knee_f8 a, knee_f8 b) { return KNEE_CHOOSE(condition, a, b); }
KNEE_INLINE knee_f8 knee_min(knee_f8 a, knee_f8 b) { return KNEE_CHOOSE(b < a, b, a); }
KNEE_INLINE knee_f8 knee_max(knee_f8 a, knee_f8 b) { return KNEE_CHOOSE(a < b, b, a); }

/// Draws first+1 ... first+8 of the SplitMix64 stream with this key.
KNEE_INLINE knee_u8 knee_splitmix(unsigned long long key, unsigned long long first) {
    const unsigned long long gamma = 0x9E3779B97F4A7C15ull;
    const knee_u8 lane = {gamma, 2 * gamma, 3 * gamma, 4 * gamma, 5 * gamma, 6 * gamma, 7 * gamma, 8 * gamma};
    knee_u8 z = (knee_u8)(key + first * gamma) + lane;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/// The upper or lower 32 bits as a whole number below 2^32: written into the mantissa of a double from 2^52.
#define KNEE_FROM_32(bits) ((knee_f8)((bits) | 0x4330000000000000ull) - 0x1p52)
KNEE_INLINE knee_f8 knee_high32(knee_u8 draw) { return KNEE_FROM_32(draw >> 32); }
KNEE_INLINE knee_f8 knee_low32(knee_u8 draw) { return KNEE_FROM_32(draw & 0xFFFFFFFFull); }

/// 52 bits as U[0, 1): written into the mantissa of a double in [1, 2).
KNEE_INLINE knee_f8 knee_uniform52(knee_u8 draw) {
    return (knee_f8)((draw >> 12) | 0x3FF0000000000000ull) - 1.0;
}

// A whole number k, |k| < 2^51, stands in two's complement in the last bits of k + 1.5 * 2^52.
/// 2^k for whole -1022 <= k <= 1023.
KNEE_INLINE knee_f8 knee_power_of_two(knee_f8 k) { return (knee_f8)(((knee_u8)(k + 0x1.8p52) + 1023) << 52); }
/// (-1)^k a for whole k.
KNEE_INLINE knee_f8 knee_negate_if_odd(knee_f8 k, knee_f8 a) {
    return (knee_f8)(((knee_u8)(k + 0x1.8p52) << 63) ^ (knee_u8)a);
}
/// e and m of a = 2^e m, 1 <= m < 2, for normal a > 0.
KNEE_INLINE knee_f8 knee_exponent(knee_f8 a) {
    return (knee_f8)(((knee_u8)a >> 52) | 0x4330000000000000ull) - (0x1p52 + 1023);
}
KNEE_INLINE knee_f8 knee_mantissa(knee_f8 a) {
    return (knee_f8)(((knee_u8)a & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
}

/// Sum of the lanes, in one fixed order.
KNEE_INLINE double knee_sum(knee_f8 a) {
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

/// Fetches a cache line that will be read and written soon; reads nothing itself.
static inline __attribute__((always_inline)) void knee_prefetch(const void *address) { __builtin_prefetch(address, 1); }

#endif

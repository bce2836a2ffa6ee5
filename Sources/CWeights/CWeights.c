#include "CWeights.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Groups of numbers, one vector each. Passed by address: by value, wide ones would be passed as the CPU's flags say.
#define GROUP __attribute__((ext_vector_type(KNEE_WEIGHT_GROUP)))
typedef float singles GROUP;
typedef double doubles GROUP;
typedef int words GROUP;
typedef unsigned short shorts GROUP;

#define INLINE static inline __attribute__((always_inline))
#define CHOOSE(condition, a, b) (((words)(condition) & (a)) | (~(words)(condition) & (b)))

INLINE void read_single(const char *stored, singles *numbers) { memcpy(numbers, stored, sizeof *numbers); }
INLINE void write_single(const singles *numbers, char *stored) { memcpy(stored, numbers, sizeof *numbers); }

INLINE void read_double(const char *stored, doubles *numbers) { memcpy(numbers, stored, sizeof *numbers); }
INLINE void write_double(const doubles *numbers, char *stored) { memcpy(stored, numbers, sizeof *numbers); }

INLINE void read_brain(const char *stored, singles *numbers) {
    shorts bits;
    memcpy(&bits, stored, sizeof bits);
    *numbers = (singles)(__builtin_convertvector(bits, words) << 16);
}

INLINE void write_brain(const singles *numbers, char *stored) {
    const words bits = (words)*numbers;
    // Rounding carries into the exponent where it has to; a quiet bit keeps what is not a number from becoming infinite.
    const words rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    const shorts brains =
        __builtin_convertvector(CHOOSE((bits & 0x7FFFFFFF) > 0x7F800000, bits >> 16 | 0x40, rounded), shorts);
    memcpy(stored, &brains, sizeof brains);
}

#if defined(__F16C__) || defined(__aarch64__)
typedef __fp16 halves GROUP;

INLINE void read_half(const char *stored, singles *numbers) {
    halves group;
    memcpy(&group, stored, sizeof group);
    *numbers = __builtin_convertvector(group, singles);
}

INLINE void write_half(const singles *numbers, char *stored) {
    const halves group = __builtin_convertvector(*numbers, halves);
    memcpy(stored, &group, sizeof group);
}
#else
INLINE void read_half(const char *stored, singles *numbers) {
    shorts half;
    memcpy(&half, stored, sizeof half);
    const words bits = __builtin_convertvector(half, words);
    const words magnitude = (bits & 0x7FFF) << 13;
    // The exponents of single precision are by 112 larger, but for that of what is not finite.
    const words finite = (words)((singles)magnitude * 0x1p112f);
    *numbers = (singles)((bits & 0x8000) << 16 | CHOOSE(magnitude >= 31 << 23, magnitude | 0x7F800000, finite));
}

INLINE void write_half(const singles *numbers, char *stored) {
    const words bits = (words)*numbers;
    const words magnitude = bits & 0x7FFFFFFF;
    const words normal = (magnitude - (112 << 23) + 0xFFF + (magnitude >> 13 & 1)) >> 13;
    // Next to 1/2, numbers in single precision are 2^-24 apart, as the subnormal ones in half precision are.
    const words subnormal = (words)((singles)magnitude + 0.5f) - 0x3F000000;
    const words finite = CHOOSE(magnitude < 113 << 23, subnormal, normal);
    // From 2^16 on.
    const words number = CHOOSE(magnitude >= 143 << 23, (words)0x7C00, finite);
    const words rounded = CHOOSE(magnitude > 0x7F800000, 0x7E00 | (magnitude >> 13 & 0x3FF), number);
    const shorts half = __builtin_convertvector((bits >> 16 & 0x8000) | rounded, shorts);
    memcpy(stored, &half, sizeof half);
}
#endif

#define ADD_AND_ROUND(type, vector, number, bytes)                                                      \
    void knee_add_##type(                                                                               \
        const void *const *weights, const double *coefficients, long experts, long count, void *sums) { \
        for (long first = 0; first < count; first += KNEE_WEIGHT_GROUP) {                               \
            vector sum, numbers;                                                                        \
            memcpy(&sum, (number *)sums + first, sizeof sum);                                           \
            for (long expert = 0; expert < experts; expert++) {                                         \
                read_##type((const char *)weights[expert] + first * (bytes), &numbers);                 \
                sum += (number)coefficients[expert] * numbers;                                          \
            }                                                                                           \
            memcpy((number *)sums + first, &sum, sizeof sum);                                           \
        }                                                                                               \
    }                                                                                                   \
    void knee_round_##type(const void *sums, long count, void *result) {                                \
        for (long first = 0; first < count; first += KNEE_WEIGHT_GROUP) {                               \
            vector sum;                                                                                 \
            memcpy(&sum, (const number *)sums + first, sizeof sum);                                     \
            write_##type(&sum, (char *)result + first * (bytes));                                       \
        }                                                                                               \
    }

ADD_AND_ROUND(single, singles, float, 4)
ADD_AND_ROUND(half, singles, float, 2)
ADD_AND_ROUND(brain, singles, float, 2)
ADD_AND_ROUND(double, doubles, double, 8)

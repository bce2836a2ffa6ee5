// One fused loop over particles: a row of a few cache lines moves, is reflected if it left the box, is evaluated and
// remembered before the next row begins. Flat arrays, eight lanes at once, strict floating point, no allocation.
//
// Tried and slower: one loop over blocks for all of it (the long chains of the objective then wait for those of the
// move), and reflection without a look whether anything left. Tried and no faster: unrolling by two and by four.
#include "Baseline.h"

#include <stdlib.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
// Vectors wider than the CPU's registers are passed only to functions that are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double f8 __attribute__((ext_vector_type(8)));
typedef unsigned long long u64;
typedef u64 u8 __attribute__((ext_vector_type(8)));
typedef long long i8 __attribute__((ext_vector_type(8)));

#define INLINE static inline __attribute__((always_inline))
#define SELECT(condition, a, b) ((f8)(((i8)(condition) & (i8)(a)) | (~(i8)(condition) & (i8)(b))))

INLINE f8 least(f8 a, f8 b) { return SELECT(b < a, b, a); }
INLINE f8 greatest(f8 a, f8 b) { return SELECT(a < b, b, a); }
INLINE int any(i8 a) { return __builtin_reduce_or(a) != 0; }
INLINE double sum_of(f8 a) { return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7])); }

// Random numbers: SplitMix64, keys as RandomStream names them.

#define GAMMA 0x9E3779B97F4A7C15ull
enum purpose { purpose_initial = 3, purpose_move = 4 };

INLINE u64 mix(u64 z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

INLINE u64 split(u64 key, u64 purpose, u64 index) {
    u64 child = mix(key ^ mix(purpose * GAMMA));
    child = mix(child + GAMMA + index);
    return mix(child ^ mix(GAMMA));
}

INLINE u64 key_of(u64 key, long particle) { return mix(key + ((u64)particle + 1) * GAMMA); }

INLINE u8 draw(u64 key, long block) {
    const u8 lane = {1 * GAMMA, 2 * GAMMA, 3 * GAMMA, 4 * GAMMA, 5 * GAMMA, 6 * GAMMA, 7 * GAMMA, 8 * GAMMA};
    u8 z = lane + (u8)(key + (u64)block * (8 * GAMMA));
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

INLINE f8 uniform52(u8 bits) { return (f8)((bits >> 12) | 0x3FF0000000000000ull) - 1.0; }
/// 32 bits as a whole number.
INLINE f8 whole32(u8 bits) { return (f8)(bits | 0x4330000000000000ull) - 0x1p52; }

// The objectives, a block at a time.

INLINE f8 one_minus_cosine(f8 z) {
    const f8 r = z - ((z + 0x1.8p52) - 0x1.8p52);
    const f8 square = r * r;
    f8 series = -2.1122954884553354e-05;
    series = series * square + 0.0004659776189185479;
    series = series * square + -0.007370361072429829;
    series = series * square + 0.08214587825670092;
    series = series * square + -0.5992645287757253;
    series = series * square + 2.550164039859777;
    series = series * square + -5.167712780049753;
    series = series * square + 3.1415926535897927;
    const f8 sine = series * r;
    return 2 * (sine * sine);
}

INLINE f8 term(enum baseline_objective objective, f8 z) {
    const f8 square = z * z;
    return objective == baseline_sphere ? square : square + 10 * one_minus_cosine(z);
}

// The swarm.

struct swarm {
    long particles, blocks;
    f8 *x, *v, *best, *guide, *lower, *upper, *width;
    double *best_values;
};

INLINE f8 somewhere(const struct swarm *s, u64 key, long block) {
    return least(s->lower[block] + uniform52(draw(key, block)) * s->width[block], s->upper[block]);
}

INLINE void scatter(struct swarm *s, long particle, u64 here, u64 there) {
    const u64 here_key = key_of(here, particle), there_key = key_of(there, particle);
    f8 *x = s->x + particle * s->blocks, *v = s->v + particle * s->blocks;
    for (long block = 0; block < s->blocks; block++) {
        x[block] = somewhere(s, here_key, block);
        v[block] = 0.5 * (somewhere(s, there_key, block) - x[block]);
    }
    memcpy(s->best + particle * s->blocks, x, (size_t)s->blocks * sizeof(f8));
}

/// v <- w v + c r1 (p - x) + c r2 (g - x), held below the box's width; x <- x + v. Lanes that left the box are set.
INLINE i8 move(const struct swarm *s, u64 key, f8 *restrict x, f8 *restrict v, const f8 *p, const f8 *g) {
    const double w = 0.7298, c = 1.49618 * 0x1p-32;  // r is a whole number over 2^32
    i8 escaped = 0;
    for (long block = 0; block < s->blocks; block++) {
        const u8 bits = draw(key, block);
        const f8 from = x[block], limit = s->width[block];
        const f8 own = (c * whole32(bits >> 32)) * (p[block] - from);
        const f8 heard = (c * whole32(bits & 0xFFFFFFFFull)) * (g[block] - from);
        const f8 wish = (w * v[block] + own) + heard;
        v[block] = greatest(least(wish, limit), 0 - limit);
        x[block] = from + v[block];
        escaped |= (i8)(x[block] < s->lower[block]) | (i8)(s->upper[block] < x[block]);
    }
    return escaped;
}

INLINE void reflect(const struct swarm *s, f8 *restrict x, f8 *restrict v) {
    for (long block = 0; block < s->blocks; block++) {
        const f8 low = s->lower[block], high = s->upper[block], to = x[block];
        const f8 inside = greatest(least(to, high), low);
        x[block] = greatest(least((inside + inside) - to, high), low);
        v[block] = SELECT(inside != to, 0 - v[block], v[block]);
    }
}

INLINE double value(const struct swarm *s, enum baseline_objective objective, const f8 *x) {
    f8 sum = 0;
    for (long block = 0; block < s->blocks; block++) sum += term(objective, x[block]);
    return sum_of(sum);
}

INLINE double search(struct swarm *s, enum baseline_objective objective, long generations, u64 key) {
    const u64 here = split(key, purpose_initial, 0), there = split(key, purpose_initial, 1);
    for (long i = 0; i < s->particles; i++) {
        scatter(s, i, here, there);
        s->best_values[i] = value(s, objective, s->x + i * s->blocks);
    }
    for (long generation = 1;; generation++) {
        // Everybody hears the best of the generation before: its row is kept while rows improve.
        long best = 0;
        for (long i = 1; i < s->particles; i++)
            if (s->best_values[i] < s->best_values[best]) best = i;
        const double record = s->best_values[best];
        if (generation == generations) return record;
        memcpy(s->guide, s->best + best * s->blocks, (size_t)s->blocks * sizeof(f8));
        const u64 moves = split(key, purpose_move, (u64)generation);
        for (long i = 0; i < s->particles; i++) {
            f8 *x = s->x + i * s->blocks, *v = s->v + i * s->blocks, *p = s->best + i * s->blocks;
            const f8 *g = record < s->best_values[i] ? s->guide : p;
            if (any(move(s, key_of(moves, i), x, v, p, g))) reflect(s, x, v);
            const double reached = value(s, objective, x);
            if (!(reached < s->best_values[i])) continue;
            s->best_values[i] = reached;
            memcpy(p, x, (size_t)s->blocks * sizeof(f8));
        }
    }
}

double baseline_search(
    enum baseline_objective objective, long particles, long dimension, long generations, double lower, double upper,
    u64 key) {
    const long blocks = (dimension + 7) / 8, rows = 3 * particles + 4;
    struct swarm s = {.particles = particles, .blocks = blocks};
    f8 *memory = aligned_alloc(64, (size_t)(rows * blocks) * sizeof(f8));
    memset(memory, 0, (size_t)(rows * blocks) * sizeof(f8));
    s.x = memory;
    s.v = s.x + particles * blocks;
    s.best = s.v + particles * blocks;
    s.guide = s.best + particles * blocks;
    s.lower = s.guide + blocks;
    s.upper = s.lower + blocks;
    s.width = s.upper + blocks;
    for (long j = 0; j < dimension; j++) {
        ((double *)s.lower)[j] = lower;
        ((double *)s.upper)[j] = upper;
        ((double *)s.width)[j] = upper - lower;
    }
    s.best_values = malloc((size_t)particles * sizeof(double));
    const double value = objective == baseline_sphere ? search(&s, baseline_sphere, generations, key)
                                                      : search(&s, baseline_rastrigin, generations, key);
    free(s.best_values);
    free(memory);
    return value;
}

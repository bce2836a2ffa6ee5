// Weighted sums of stored numbers, in vector instructions of whatever width the CPU has.
// Strict floating point, no fused multiply-add: the numbers are the same at every vector width.
#ifndef KNEE_CWEIGHTS_H
#define KNEE_CWEIGHTS_H

/// Numbers that are worked on at a time. What lies behind the last one, up to a multiple of this, is read and written too.
#define KNEE_WEIGHT_GROUP 32

/// sums_j += c_0 w_0j, then c_1 w_1j, and so on. Sums are in single precision, of doubles in double precision.
/// \param weights `experts` pointers to `count` numbers each, at any address.
void knee_add_single(const void *const *weights, const double *coefficients, long experts, long count, void *sums);
void knee_add_half(const void *const *weights, const double *coefficients, long experts, long count, void *sums);
void knee_add_brain(const void *const *weights, const double *coefficients, long experts, long count, void *sums);
void knee_add_double(const void *const *weights, const double *coefficients, long experts, long count, void *sums);

/// Sums as they are stored: the nearest number, ties to even.
void knee_round_single(const void *sums, long count, void *result);
void knee_round_half(const void *sums, long count, void *result);
void knee_round_brain(const void *sums, long count, void *result);
void knee_round_double(const void *sums, long count, void *result);

#endif

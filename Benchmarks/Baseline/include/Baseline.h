// The standard swarm as a C loop: what the search of the product is measured against.
#ifndef KNEE_BASELINE_H
#define KNEE_BASELINE_H

enum baseline_objective { baseline_sphere, baseline_rastrigin };

/// The best value of a whole search: global best, w = 0.7298, c1 = c2 = 1.49618, reflecting walls.
///
/// - Parameter key: the key of the search's stream; the same draws as the product's, so the same value bit for bit.
double baseline_search(
    enum baseline_objective objective, long particles, long dimension, long generations, double lower, double upper,
    unsigned long long key);

#endif

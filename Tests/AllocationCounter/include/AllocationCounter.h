// Counts the allocations of the calling thread, on Linux: malloc and its kin are interposed.
#ifndef KNEE_ALLOCATION_COUNTER_H
#define KNEE_ALLOCATION_COUNTER_H

#include <stdbool.h>

/// False where nothing is interposed: other systems, and under sanitizers.
bool allocation_counter_works(void);
/// Sets the calling thread's count to zero and begins to count.
void allocation_counter_begin(void);
/// Stops counting and returns the calling thread's count.
long allocation_counter_end(void);

#endif

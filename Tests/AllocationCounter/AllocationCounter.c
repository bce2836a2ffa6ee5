#include "AllocationCounter.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KNEE_SANITIZED 1
#endif
#endif

#if defined(__linux__) && defined(__GLIBC__) == 0
#include <features.h>
#endif

#if defined(__GLIBC__) && !defined(KNEE_SANITIZED)

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static __thread bool counting;
static __thread long count;

static void note(void) {
    if (counting) count += 1;
}

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    note();
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    note();
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

bool allocation_counter_works(void) { return true; }

void allocation_counter_begin(void) {
    count = 0;
    counting = true;
}

long allocation_counter_end(void) {
    counting = false;
    return count;
}

#else

bool allocation_counter_works(void) { return false; }
void allocation_counter_begin(void) {}
long allocation_counter_end(void) { return 0; }

#endif

// Loaded before a program (LD_PRELOAD): counts its writes to SQLite files, one by one, and at a chosen one kills it or
// tells it that the disk is full. Every write, truncation, synchronisation and removal is a point, so every state that
// a hard kill can leave on disk is reached, those in the middle of a transaction and of a page among them.
//
//   FAULTS_COUNT=FILE    the number of points is written there at the end
//   FAULTS_KILL=N        SIGKILL at point N, half of what is to be written there
//   FAULTS_FULL=FILE     as long as FILE exists, writing fails with ENOSPC
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_int points;

static int is_ours(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, ".sqlite") != NULL;
}

// True at the point at which the program is to die.
static int is_last(void) {
    const char *wanted = getenv("FAULTS_KILL");
    int point = atomic_fetch_add(&points, 1) + 1;
    return wanted && atoi(wanted) == point;
}

static int is_full(void) {
    const char *file = getenv("FAULTS_FULL");
    return file && access(file, F_OK) == 0;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    if (!is_ours(fd)) return real(fd, bytes, count, offset);
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    if (is_last()) {
        real(fd, bytes, count / 2, offset);
        die();
    }
    return real(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

#define POINT(type, name, parameters, arguments, ours)                 \
    type name parameters {                                             \
        static type(*real) parameters;                                 \
        if (!real) real = dlsym(RTLD_NEXT, #name);                     \
        if ((ours) && is_last()) die();                                \
        return real arguments;                                         \
    }

POINT(int, fsync, (int fd), (fd), is_ours(fd))
POINT(int, fdatasync, (int fd), (fd), is_ours(fd))
POINT(int, ftruncate64, (int fd, off64_t length), (fd, length), is_ours(fd))
POINT(int, ftruncate, (int fd, off_t length), (fd, length), is_ours(fd))
POINT(int, unlink, (const char *path), (path), strstr(path, ".sqlite") != NULL)

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("FAULTS_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%d\n", atomic_load(&points));
    fclose(file);
}

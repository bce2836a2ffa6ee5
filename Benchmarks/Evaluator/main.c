// The sum of squares as another program computes it, with as little around it as there can be: what remains of a
// measurement is the cost of asking.
//
//     evaluator plain X...    one process an evaluation
//     evaluator jsonl         one long-lived worker: a line of JSON asks for a batch, a line answers
//     evaluator bytes N       answers every line with one of N bytes, and reads none
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Bytes that grow. stdio would lock and copy for every number.

struct bytes {
    char *data;
    size_t count, room;
};

static void reserve(struct bytes *b, size_t more) {
    if (b->count + more <= b->room) return;
    b->room = 2 * (b->count + more);
    b->data = realloc(b->data, b->room);
    if (!b->data) exit(71);
}

static void append(struct bytes *b, const char *text, size_t length) {
    reserve(b, length);
    memcpy(b->data + b->count, text, length);
    b->count += length;
}

static void append_number(struct bytes *b, double x) {
    reserve(b, 32);
    b->count += (size_t)snprintf(b->data + b->count, 32, "%.17g", x);
}

static void write_all(struct bytes *b) {
    for (size_t sent = 0; sent < b->count;) {
        ssize_t n = write(1, b->data + sent, b->count - sent);
        if (n <= 0) exit(74);
        sent += (size_t)n;
    }
    b->count = 0;
}

// Numbers. A long double holds 19 digits and 10^27 exactly, where it has 64 bits: one division or product is then the
// only rounding but the last. More digits or larger powers are left to strtod.

enum { most_digits = 19, largest_power = 27 };

static const long double powers[largest_power + 1] = {
    1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,  1e10L, 1e11L, 1e12L, 1e13L,
    1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L};

static const char *digits(const char *p, uint64_t *value, int *count) {
    for (; (unsigned char)(*p - '0') < 10; p++) {
        *value = 10 * *value + (uint64_t)(*p - '0');
        *count += *count > 0 || *value != 0;
    }
    return p;
}

// The number at `start`, whose text ends before a byte that belongs to no number; `end` is left at `start` if there is
// none.
static double number(const char *start, const char **end) {
    const char *p = start + (*start == '-');
    uint64_t mantissa = 0;
    int count = 0, power = 0;
    const char *first = p;
    p = digits(p, &mantissa, &count);
    int is_number = p > first;
    if (*p == '.') {
        const char *fraction = p + 1;
        p = digits(fraction, &mantissa, &count);
        power = (int)(fraction - p);
        is_number |= p > fraction;
    }
    if (is_number && (*p | 0x20) == 'e') {
        char *after;
        power += (int)strtol(p + 1, &after, 10);
        p = after;
    }
    if (!is_number || count > most_digits || power > largest_power || power < -largest_power)
        return strtod(start, (char **)end);
    *end = p;
    long double x = power < 0 ? mantissa / powers[-power] : mantissa * powers[power];
    return (double)(*start == '-' ? -x : x);
}

// plain

static int plain(int count, char **words) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
        const char *end;
        double x = number(words[i], &end);
        if (end == words[i] || *end) return 65;
        sum += x * x;
    }
    struct bytes out = {0};
    append_number(&out, sum);
    append(&out, "\n", 1);
    write_all(&out);
    return 0;
}

// jsonl

static int skip(const char **p, const char *text) {
    size_t length = strlen(text);
    if (strncmp(*p, text, length)) return 0;
    *p += length;
    return 1;
}

// [0.5,1.0] as the sum of its squares; 0 if it is no such thing.
static int point(const char **p, double *sum) {
    *sum = 0;
    if (!skip(p, "[")) return 0;
    do {
        const char *end;
        double x = number(*p, &end);
        if (end == *p) return 0;
        *p = end;
        *sum += x * x;
    } while (skip(p, ","));
    return skip(p, "]");
}

// [[0.5,1.0],[0.25,2.0]] as a list of values.
static int batch(const char **p, struct bytes *out) {
    if (!skip(p, "[")) return 0;
    int i = 0;
    do {
        double sum;
        if (!point(p, &sum)) return 0;
        if (i++) append(out, ",", 1);
        append_number(out, sum);
    } while (skip(p, ","));
    return skip(p, "]");
}

// Answers {"id":7,"x":[[0.5,1.0]],"seed":[123]}, in that order and without blanks: what is measured is Knee's own
// requests, not the variety of JSON.
static void answer(const char *line, struct bytes *out) {
    const char *p = line;
    char *after;
    if (!skip(&p, "{\"id\":")) exit(65);
    const char *id = p;
    strtol(id, &after, 10);
    p = after;
    append(out, "{\"id\":", 6);
    append(out, id, (size_t)(p - id));
    append(out, ",\"value\":[", 10);
    if (!skip(&p, ",\"x\":") || !batch(&p, out)) exit(65);
    append(out, "]}\n", 3);
}

// Answers the lines that are complete and keeps the rest.
static void answer_lines(struct bytes *in, size_t *searched, struct bytes *out) {
    char *line = in->data, *end;
    char *from = in->data + *searched;
    while ((end = memchr(from, '\n', (size_t)(in->data + in->count - from)))) {
        *end = 0;
        answer(line, out);
        from = line = end + 1;
    }
    in->count -= (size_t)(line - in->data);
    memmove(in->data, line, in->count);
    *searched = in->count;
}

static int jsonl(void) {
    struct bytes in = {0}, out = {0};
    size_t searched = 0;
    for (;;) {
        reserve(&in, 1 << 16);
        ssize_t n = read(0, in.data + in.count, in.room - in.count);
        if (n <= 0) return n < 0 ? 74 : 0;
        in.count += (size_t)n;
        answer_lines(&in, &searched, &out);
        write_all(&out);
    }
}

// bytes

// One line at a time is on its way, so what ends with its end is one.
static int bytes(size_t length) {
    struct bytes in = {0}, out = {0};
    reserve(&in, 1 << 16);
    for (;;) {
        ssize_t n = read(0, in.data, in.room);
        if (n <= 0) return n < 0 ? 74 : 0;
        if (in.data[n - 1] != '\n') continue;
        reserve(&out, length);
        memset(out.data, '0', length);
        out.data[length - 1] = '\n';
        out.count = length;
        write_all(&out);
    }
}

int main(int count, char **words) {
    if (count >= 2 && !strcmp(words[1], "plain")) return plain(count - 2, words + 2);
    if (count == 2 && !strcmp(words[1], "jsonl")) return jsonl();
    if (count == 3 && !strcmp(words[1], "bytes") && atoi(words[2]) > 0) return bytes((size_t)atoi(words[2]));
    fputs("usage: evaluator plain X... | evaluator jsonl | evaluator bytes N\n", stderr);
    return 64;
}

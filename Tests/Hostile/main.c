// Evaluators that misbehave, one way a word, for the tests of what Knee does about them.
//
//     hostile plain MODE X...    one process an evaluation
//     hostile jsonl MODE         a long-lived worker
//
// Both try that a study survives
//   - what never ends: hang, stubborn, late;
//   - what stays behind when its parent is gone, and holds the pipes: grandchild;
//   - what takes more than its share of a buffer or of memory: flood, floodError, allocate;
//   - answers that are none: nan, empty, two, comma, hex, trailing, text, closes, stderr;
//   - answers to something else: twice, unknown, old;
//   - ends that are none: exit3, signal;
//   - all of it at once, chosen by the point, so that a study is repeatable: mixed.
// `good` is what they are compared with. The tables at the end say what each does.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { mebibyte = 1 << 20, most_points = 4096 };

// A batch of points; in plain it has one.
struct request {
    long id;
    int count;
    double sums[most_points];
    // What `mixed` chooses by: the points as they were written, whoever is asked and however often.
    const char *text;
};

struct mode {
    const char *name;
    void (*answer)(const struct request *);
    // Of 1000 requests to `mixed`, so many.
    int share;
    const char *what;
};

static const struct mode plain_modes[], jsonl_modes[];

// What both protocols share.

static void sleep_forever(void) {
    for (;;) pause();
}

static void hang(const struct request *r) {
    (void)r;
    sleep_forever();
}

static void stubborn(const struct request *r) {
    signal(SIGTERM, SIG_IGN);
    hang(r);
}

static void leave_grandchild(void) {
    if (fork() == 0) {
        sleep(3600);
        _exit(0);
    }
}

// 1 GiB in lines of 63 digits, or in one line.
static void flood_stream(FILE *stream, int has_lines) {
    static char block[mebibyte];
    memset(block, '7', sizeof block);
    for (int i = 63; has_lines && i < mebibyte; i += 64) block[i] = '\n';
    for (int i = 0; i < 1024; i++) fwrite(block, 1, sizeof block, stream);
    fflush(stream);
}

static void take_memory(void) {
    for (int i = 0; i < 128; i++) {
        volatile char *block = malloc(64 * (size_t)mebibyte);
        if (!block) {
            fputs("out of memory\n", stderr);
            exit(71);
        }
        for (size_t page = 0; page < 64 * (size_t)mebibyte; page += 4096) block[page] = 1;
        usleep(5000);
    }
}

static void exit3(const struct request *r) {
    (void)r;
    fputs("bad input\n", stderr);
    exit(3);
}

static void crash_after(const char *text) {
    // A core file for every crash would fill the disk.
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    fputs(text, stdout);
    fflush(stdout);
    raise(SIGSEGV);
}

static void only_stderr(const struct request *r) {
    (void)r;
    fputs("only here\n", stderr);
    exit(0);
}

// FNV-1a, its bits mixed.
static uint64_t hash(const char *text) {
    uint64_t h = 0xCBF29CE484222325;
    for (; *text; text++) h = (h ^ (unsigned char)*text) * 0x100000001B3;
    h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93;
    return h ^ (h >> 32);
}

static void mix(const struct mode *modes, const struct request *r) {
    int ticket = (int)(hash(r->text) % 1000);
    while (ticket >= modes->share) ticket -= (modes++)->share;
    modes->answer(r);
}

// plain

static void plain_good(const struct request *r) { printf("%.17g\n", r->sums[0]); }

static void plain_grandchild(const struct request *r) {
    leave_grandchild();
    plain_good(r);
}

static void plain_flood(const struct request *r) {
    (void)r;
    flood_stream(stdout, 1);
}

static void plain_flood_error(const struct request *r) {
    flood_stream(stderr, 1);
    plain_good(r);
}

static void plain_nan(const struct request *r) { (void)r, puts("nan"); }
static void plain_empty(const struct request *r) { (void)r; }
static void plain_two(const struct request *r) { (void)r, puts("1 2"); }
static void plain_comma(const struct request *r) { (void)r, puts("1,5"); }
static void plain_hex(const struct request *r) { (void)r, puts("0x1p3"); }
static void plain_trailing(const struct request *r) { (void)r, puts("3.5 seconds"); }

static void plain_closes(const struct request *r) {
    (void)r;
    fclose(stdout);
    close(1);
    usleep(200000);
}

static void plain_exit3(const struct request *r) {
    puts("1");
    exit3(r);
}

static void plain_signal(const struct request *r) { (void)r, crash_after("0.12"); }

static void plain_allocate(const struct request *r) {
    take_memory();
    plain_good(r);
}

static void plain_mixed(const struct request *r) { mix(plain_modes, r); }

// jsonl

static void reply_as(long id, const struct request *r) {
    printf("{\"id\":%ld,\"value\":[", id);
    for (int i = 0; i < r->count; i++) printf("%s%.17g", i ? "," : "", r->sums[i]);
    puts("]}");
    fflush(stdout);
}

static void say(const char *line) {
    puts(line);
    fflush(stdout);
}

static void jsonl_good(const struct request *r) { reply_as(r->id, r); }

static void jsonl_grandchild(const struct request *r) {
    static int is_forked;
    if (!is_forked++) leave_grandchild();
    jsonl_good(r);
}

static void jsonl_flood(const struct request *r) {
    (void)r;
    flood_stream(stdout, 0);
}

static void jsonl_nan(const struct request *r) {
    printf("{\"id\":%ld,\"value\":[", r->id);
    for (int i = 0; i < r->count; i++) printf("%s%s", i ? "," : "", i % 2 ? "\"nan\"" : "null");
    say("]}");
}

static void jsonl_empty(const struct request *r) {
    say("");
    hang(r);
}

static void jsonl_two(const struct request *r) {
    printf("{\"id\":%ld,\"value\":[", r->id);
    for (int i = 0; i < r->count; i++) printf("%.17g,", r->sums[i]);
    say("1]}");
}

static void jsonl_comma(const struct request *r) {
    printf("{\"id\":%ld,", r->id);
    say("\"value\":[1,5");
}

static void jsonl_text(const struct request *r) { (void)r, say("the value is 0.5"); }

static void jsonl_closes(const struct request *r) {
    fclose(stdout);
    close(1);
    hang(r);
}

static void jsonl_signal(const struct request *r) { (void)r, crash_after("{\"id\":7,\"val"); }

static void jsonl_twice(const struct request *r) {
    jsonl_good(r);
    jsonl_good(r);
}

static void jsonl_late(const struct request *r) {
    static struct request owed;
    if (owed.count) jsonl_good(&owed);
    owed = *r;
}

static void jsonl_unknown(const struct request *r) { reply_as(r->id + 1000, r); }

static void jsonl_old(const struct request *r) {
    static long asked;
    reply_as(r->id - asked++ % 2, r);
}

static void jsonl_allocate(const struct request *r) {
    take_memory();
    jsonl_good(r);
}

static void jsonl_mixed(const struct request *r) { mix(jsonl_modes, r); }

// The modes. The shares of a table sum to 1000.

static const struct mode plain_modes[] = {
    {"good", plain_good, 607, "prints the sum of squares"},
    {"hang", hang, 5, "prints nothing and never ends"},
    {"stubborn", stubborn, 3, "the same, and ignores TERM"},
    {"grandchild", plain_grandchild, 35, "prints the value; a child holds the pipes for an hour"},
    {"flood", plain_flood, 0, "1 GiB of digits in lines on standard output"},
    {"floodError", plain_flood_error, 0, "1 GiB on standard error, then the value"},
    {"nan", plain_nan, 35, "prints nan"},
    {"empty", plain_empty, 35, "prints nothing and ends well"},
    {"two", plain_two, 35, "prints two numbers on a line"},
    {"comma", plain_comma, 35, "prints a decimal comma"},
    {"hex", plain_hex, 35, "prints a hexadecimal number"},
    {"trailing", plain_trailing, 35, "prints a number and a unit"},
    {"closes", plain_closes, 35, "closes standard output and ends well a little later"},
    {"exit3", plain_exit3, 35, "prints 1, complains on standard error, exits with 3"},
    {"signal", plain_signal, 35, "prints half a number, then a segmentation fault"},
    {"allocate", plain_allocate, 0, "touches 8 GiB in steps, then prints the value"},
    {"stderr", only_stderr, 35, "speaks only on standard error and ends well"},
    {"mixed", plain_mixed, 0, "good for six points in ten, for the rest one of these by a hash of the point"},
    {0},
};

static const struct mode jsonl_modes[] = {
    {"good", jsonl_good, 850, "answers with the sums of squares"},
    {"hang", hang, 5, "reads and never answers"},
    {"stubborn", stubborn, 5, "the same, and ignores TERM"},
    {"grandchild", jsonl_grandchild, 20, "answers well; a child holds the pipes for an hour"},
    {"flood", jsonl_flood, 0, "answers with 1 GiB without the end of a line"},
    {"nan", jsonl_nan, 20, "all values are null or \"nan\""},
    {"empty", jsonl_empty, 0, "answers with an empty line, and then with nothing"},
    {"two", jsonl_two, 10, "one value too many"},
    {"comma", jsonl_comma, 10, "a decimal comma and no end: no JSON"},
    {"text", jsonl_text, 10, "a line that is no JSON"},
    {"closes", jsonl_closes, 10, "closes standard output and keeps running"},
    {"exit3", exit3, 10, "complains on standard error and exits with 3"},
    {"signal", jsonl_signal, 10, "half a line, then a segmentation fault"},
    {"twice", jsonl_twice, 10, "answers every request twice"},
    {"late", jsonl_late, 0, "answers a request when the next one comes: never, if asked one at a time"},
    {"unknown", jsonl_unknown, 10, "answers with an id that was not asked: 1000 more"},
    {"old", jsonl_old, 10, "answers every second request with the id before"},
    {"allocate", jsonl_allocate, 0, "touches 8 GiB in steps, then answers"},
    {"stderr", only_stderr, 10, "speaks only on standard error and ends well"},
    {"mixed", jsonl_mixed, 0, "good mostly, else one of these by a hash of the points"},
    {0},
};

// Reading requests.

static double square(double x) { return x * x; }

static struct request plain_request(int count, char **words) {
    static char text[mebibyte];
    struct request r = {.count = 1, .text = text};
    size_t used = 0;
    for (int i = 0; i < count; i++) {
        r.sums[0] += square(strtod(words[i], NULL));
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ", words[i]);
        if (used >= sizeof text) exit(65);
    }
    return r;
}

// {"id":7,"x":[[0.5,1.0],[0.25,2.0]],"seed":[123,124]}
static struct request jsonl_request(const char *line) {
    const char *id = strstr(line, "\"id\":"), *p = strstr(line, "\"x\":[[");
    if (!id || !p) exit(65);
    struct request r = {.id = strtol(id + 5, NULL, 10), .text = p};
    for (p += 5; *p != ']' && r.count < most_points; r.count++, p += *p == ',') {
        for (p++; *p != ']'; p += *p == ',') {
            char *end;
            r.sums[r.count] += square(strtod(p, &end));
            if (end == p) exit(65);
            p = end;
        }
        p++;
    }
    return r;
}

static void serve(const struct mode *mode) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        static struct request r;
        r = jsonl_request(line);
        mode->answer(&r);
    }
}

static const struct mode *find(const struct mode *modes, const char *name) {
    while (modes->name && strcmp(modes->name, name)) modes++;
    return modes->name ? modes : NULL;
}

static void list(const char *protocol, const struct mode *modes) {
    for (; modes->name; modes++) fprintf(stderr, "hostile %s %-10s  %s\n", protocol, modes->name, modes->what);
}

int main(int count, char **words) {
    int is_plain = count >= 3 && !strcmp(words[1], "plain"), is_jsonl = count == 3 && !strcmp(words[1], "jsonl");
    const struct mode *mode = is_plain ? find(plain_modes, words[2]) : is_jsonl ? find(jsonl_modes, words[2]) : NULL;
    if (!mode) {
        list("plain", plain_modes);
        list("jsonl", jsonl_modes);
        return 64;
    }
    if (is_jsonl) {
        serve(mode);
    } else {
        struct request r = plain_request(count - 3, words + 3);
        mode->answer(&r);
    }
    return 0;
}

/* race_sig.h: what racers ask of `sig`, and the processes that do it. */
#ifndef PROVE_RACE_SIG_H
#define PROVE_RACE_SIG_H

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/prove/race_model.h"

enum {
    BLOCK = 4096,
    BLOCKS = 128,  /* 512 KiB */
    OWN_EVERY = 5, /* of five blocks one is a content's own, four are in all */
    CONTENTS = 8,
    VERSIONS = 8,
    WORDS_MAX = 16,
};

enum deed { CREATE, UPDATE, DELETE, EXPORT, SHOW, REPLICATE, SWEEP, AUDIT };

enum property { TAG, END_OF_LIFE, REGIONS, EXCLUDE };

struct racer {
    enum deed deed;
    int version, content;
    int property; /* -1: none */
    uint16_t value;
    int64_t start_at, kill_at, stop_at, go_at; /* 0: never */
    int64_t start, end;
    pid_t pid; /* 0: not begun, -1: ended */
    int status;
    bool killed, stopped;
};

/* xorshift64*: a state of 0 would stay 0. */
static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d) >> 16;
}

/* --- disks --- */

static void fill_block(char *bytes, int content, int block)
{
    uint64_t state =
        block % OWN_EVERY ? 1000 + (uint64_t)block : 2000 + (uint64_t)(content * BLOCKS + block);

    for (size_t i = 0; i < BLOCK; i += sizeof state) {
        const uint64_t word = next(&state);

        memcpy(bytes + i, &word, sizeof word);
    }
}

static bool write_disk(int content)
{
    char name[32], bytes[BLOCK];
    FILE *file;
    bool wrote = true;

    snprintf(name, sizeof name, "disk-%d.raw", content);
    file = fopen(name, "w");
    for (int i = 0; file && i < BLOCKS; i++) {
        fill_block(bytes, content, i);
        wrote = wrote && fwrite(bytes, BLOCK, 1, file) == 1;
    }
    return file && fclose(file) == 0 && wrote;
}

/* Which content the file has, byte for byte; CONTENT_UNKNOWN when it is none. */
static int content_of(const char *name)
{
    char bytes[BLOCK], wanted[BLOCK];
    FILE *file = fopen(name, "r");
    int content = CONTENT_UNKNOWN;

    if (!file)
        return CONTENT_UNKNOWN;
    for (int c = 0; c < CONTENTS && content == CONTENT_UNKNOWN; c++) {
        bool equal = fseek(file, 0, SEEK_SET) == 0;

        for (int i = 0; equal && i < BLOCKS; i++) {
            fill_block(wanted, c, i);
            equal = fread(bytes, BLOCK, 1, file) == 1 && !memcmp(bytes, wanted, BLOCK);
        }
        if (equal && fgetc(file) == EOF)
            content = c;
    }
    fclose(file);
    return content;
}

/* --- the words of a command --- */

struct words {
    char text[WORDS_MAX][64];
    char *items[WORDS_MAX + 1];
    size_t count;
};

__attribute__((format(printf, 2, 3))) static void add(struct words *words, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(words->text[words->count], sizeof words->text[0], format, list);
    va_end(list);
    words->items[words->count] = words->text[words->count];
    words->items[++words->count] = NULL;
}

/* A day for each value: 2040 and on. */
static time_t day_of(uint16_t value)
{
    return (time_t)2208988800 + (time_t)value * 86400;
}

static void add_property(struct words *words, int property, uint16_t value)
{
    char day[16];
    struct tm tm;
    const time_t time = day_of(value);

    switch (property) {
    case TAG:
        add(words, "--tags");
        add(words, "n=%u", value);
        break;
    case END_OF_LIFE:
        strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&time, &tm));
        add(words, "--end-of-life-date");
        add(words, "%s", day);
        break;
    case REGIONS:
        add(words, "--target-regions");
        add(words, "local");
        if (value == 1)
            add(words, "westus2");
        break;
    case EXCLUDE:
        add(words, "--exclude-from-latest");
        add(words, value == 1 ? "true" : "false");
        break;
    }
}

/* The same by its path, or region by region. */
static void add_edit(struct words *words, int property, uint16_t value)
{
    char day[16];
    struct tm tm;
    const time_t time = day_of(value);

    if (property == REGIONS) {
        add(words, value == 1 ? "--add-regions" : "--remove-regions");
        add(words, "westus2");
        return;
    }
    add(words, "--set");
    switch (property) {
    case TAG:
        add(words, "tags.n=%u", value);
        break;
    case END_OF_LIFE:
        strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&time, &tm));
        add(words, "publishingProfile.endOfLifeDate=%s", day);
        break;
    case EXCLUDE:
        add(words, "publishingProfile.excludeFromLatest=%s", value == 1 ? "true" : "false");
        break;
    }
}

static void add_version(struct words *words, const char *verb, int version)
{
    add(words, "sig");
    add(words, "image-version");
    add(words, "%s", verb);
    add(words, "prod/ubuntu/1.%d.0", version);
}

static void words_of(const struct racer *racer, size_t number, struct words *words)
{
    switch (racer->deed) {
    case CREATE:
        add_version(words, "create", racer->version);
        add(words, "--os-disk");
        add(words, "disk-%d.raw", racer->content);
        add(words, "--allow-replicated-location-deletion");
        add(words, "true");
        add_property(words, racer->property, racer->value);
        break;
    case UPDATE:
        add_version(words, "update", racer->version);
        (number % 2 ? add_edit : add_property)(words, racer->property, racer->value);
        break;
    case DELETE:
        add_version(words, "delete", racer->version);
        break;
    case EXPORT:
        add_version(words, "export", racer->version);
        add(words, "out.%zu", number);
        add(words, "--force");
        break;
    case SHOW:
        add_version(words, "show", racer->version);
        break;
    case REPLICATE:
        add(words, "sig");
        add(words, "replicate");
        add(words, "prod");
        break;
    case SWEEP:
        add(words, "sig");
        add(words, "sweep");
        add(words, "--force"); /* also when no version is left */
        break;
    case AUDIT:
        add(words, "sig");
        add(words, "audit");
        break;
    }
}

/* --- processes --- */

static bool redirect(const char *name, int number)
{
    const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    return fd >= 0 && dup2(fd, number) == number && close(fd) == 0;
}

/* Its standard output goes to shown.NUMBER, its errors to said.NUMBER. It ends when we do. */
static pid_t launch(const char *program, struct words *words, size_t number, bool races)
{
    const char *preload = getenv("RACE_PRELOAD");
    const pid_t us = getpid();
    const pid_t pid = fork();
    char shown[32], said[32];
    sigset_t none;

    if (pid)
        return pid;
    sigemptyset(&none);
    snprintf(shown, sizeof shown, "shown.%zu", number);
    snprintf(said, sizeof said, "said.%zu", number);
    if (sigprocmask(SIG_SETMASK, &none, NULL) || prctl(PR_SET_PDEATHSIG, SIGKILL) ||
        getppid() != us || !redirect(shown, 1) || !redirect(said, 2) ||
        (races && preload && setenv("LD_PRELOAD", preload, 1)))
        _exit(126);
    execv(program, words->items);
    _exit(127);
}

/* Run the plain program to its end, alone: its exit status, -1 when it has none. */
static int run(struct words *words)
{
    char program[4096];
    pid_t pid;
    int status;

    snprintf(program, sizeof program, "%s/sig", getenv("BUILD"));
    pid = launch(program, words, 0, false);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

static void print_words(const struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        fprintf(stderr, " %s", words->items[i]);
}

static void print_file(const char *name)
{
    char line[400];
    FILE *file = fopen(name, "r");

    while (file && fgets(line, sizeof line, file))
        fprintf(stderr, "        %s", line);
    if (file)
        fclose(file);
}

/* A run that must end with status 0. */
static bool must(struct words *words)
{
    const int status = run(words);

    if (status == 0)
        return true;
    fprintf(stderr, "status %d:", status);
    print_words(words);
    fprintf(stderr, "\n");
    print_file("said.0");
    return false;
}

static bool has_text(const char *name, const char *text)
{
    char line[400];
    FILE *file = fopen(name, "r");
    bool has = false;

    while (file && !has && fgets(line, sizeof line, file))
        has = strstr(line, text) != NULL;
    if (file)
        fclose(file);
    return has;
}

#endif

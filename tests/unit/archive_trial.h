/* archive_trial.h: opening what is in a buffer as if a user had named it. */
#ifndef UNIT_ARCHIVE_TRIAL_H
#define UNIT_ARCHIVE_TRIAL_H

#include <stdio.h>
#include <string.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "intake/open.h"
#include "os/file.h"
#include "os/staged.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tar_toy.h"

#define MIB ((size_t)1 << 20)

enum { DISK = 100000, FOOTER = 512 };

static inline uint8_t *noise(size_t length)
{
    uint8_t *bytes = mem_new(length, 1);
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < length; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        bytes[i] = (uint8_t)(seed >> 32);
    }
    return bytes;
}

struct trial {
    struct scratch scratch;
    char path[300];
    struct source_request request;
    struct err err;
};

static inline struct trial trial_new(void)
{
    struct trial trial = {.scratch = scratch_new()};

    snprintf(trial.path, sizeof trial.path, "%s/file", trial.scratch.path);
    trial.request = (struct source_request){.limit = 64 * MIB, .temporary = "/tmp"};
    return trial;
}

static inline void trial_done(struct trial *trial)
{
    scratch_done(&trial->scratch);
}

static inline void save(struct trial *trial, const void *bytes, size_t length)
{
    struct err err = {0};

    ck_assert_int_eq(staged_write_file(trial->scratch.fd, "file", bytes, length, &err), 0);
    trial->request.path = trial->path;
    trial->err = (struct err){0};
}

static inline void zstd_of(const void *bytes, size_t length, struct buf *ret)
{
    const size_t bound = ZSTD_compressBound(length);

    buf_clear(ret);
    buf_reserve(ret, bound);
    ret->length = ZSTD_compress(ret->bytes, bound, bytes, length, 1);
    ck_assert(!ZSTD_isError(ret->length));
}

static inline void save_zstd(struct trial *trial, const void *bytes, size_t length)
{
    struct buf packed = {0};

    zstd_of(bytes, length, &packed);
    save(trial, packed.bytes, packed.length);
    buf_done(&packed);
}

/* All of the source, pulled in pieces or read. */
static inline int read_all(struct source *source, size_t piece, struct buf *ret, struct err *err)
{
    uint8_t *bytes = mem_new(piece, 1);
    size_t got = piece;
    int rc = 0;

    if (!source_is_stream(source)) {
        struct source_cursor *cursor = source_cursor_new(source);

        buf_reserve(ret, source_size(source));
        ret->length = source_size(source);
        rc = source_read(cursor, ret->bytes, ret->length, 0, err);
        source_cursor_free(cursor);
    }
    while (rc == 0 && source_is_stream(source) && got == piece) {
        rc = source_pull(source, bytes, piece, &got, err);
        if (rc == 0)
            buf_add(ret, bytes, got);
    }
    free(bytes);
    return rc;
}

/* 0 and all bytes, or what opening or reading says. */
static inline int take(struct trial *trial, size_t piece, struct buf *ret)
{
    struct source *source = NULL;
    int rc = source_open(&trial->request, &source, &trial->err);

    buf_clear(ret);
    if (rc == 0)
        rc = read_all(source, piece, ret, &trial->err);
    if (rc == 0) {
        ck_assert_uint_eq(source_size(source), ret->length);
        ck_assert_int_eq(source_check_unchanged(source, &trial->err), 0);
    }
    source_close(source);
    return rc;
}

static inline void check_taken(struct trial *trial, const void *bytes, size_t length)
{
    struct buf got = {0};

    ck_assert_msg(take(trial, 65536, &got) == 0, "%s", trial->err.text);
    ck_assert_uint_eq(got.length, length);
    ck_assert_mem_eq(got.bytes, bytes, length);
    buf_done(&got);
}

static inline void check_refused(struct trial *trial, int code, const char *part)
{
    struct buf got = {0};

    ck_assert_int_eq(take(trial, 65536, &got), code);
    ck_assert_msg(strstr(trial->err.text, part) != NULL, "%s", trial->err.text);
    buf_done(&got);
}

#endif
